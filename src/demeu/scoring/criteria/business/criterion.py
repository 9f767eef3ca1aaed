"""Sole proprietors and founders of companies among the members."""

from demeu.scoring.criteria.language import Count, Criterion, Facts, Limits, Outcomes, Value, When, yes_or_no


def is_sole_proprietor(person: Facts, _limits: Limits) -> Value:
    """A member registered as a sole proprietor."""
    return person.sole_proprietor


def is_founder(person: Facts, _limits: Limits) -> Value:
    """A member who founded a company."""
    return person.founder


def outcome(household: Facts, limits: Limits, outcomes: Outcomes, when: When) -> Value:
    """Each alone, or both in one household, of one member or of two. Order 267, group Пз."""
    founders = household.founders >= limits.some
    with_proprietor = when(founders, outcomes.both, outcomes.sole_proprietor)
    without_proprietor = when(founders, outcomes.founder, outcomes.none)
    return when(household.sole_proprietors >= limits.some, with_proprietor, without_proprietor)


CRITERION = Criterion(
    code="business",
    group="employment",
    measures={
        "sole_proprietors": Count(of=is_sole_proprietor, facts={"sole_proprietor": yes_or_no}),
        "founders": Count(of=is_founder, facts={"founder": yes_or_no}),
    },
    outcome=outcome,
    shown={"sole_proprietors": "proprietors", "founders": "founders"},
)
