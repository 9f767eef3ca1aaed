"""Chronic disease under observation."""

from demeu.scoring.criteria.language import Count, Criterion, Facts, Limits, Outcomes, Value, When, yes_or_no


def is_observed(person: Facts, _limits: Limits) -> Value:
    """A member with a chronic disease."""
    return person.chronic


def outcome(household: Facts, limits: Limits, outcomes: Outcomes, when: When) -> Value:
    """Present from the first member. Order 267, group Пзд."""
    return when(household.chronic_members >= limits.some, outcomes.present, outcomes.none)


CRITERION = Criterion(
    code="chronic",
    group="health",
    measures={"chronic_members": Count(of=is_observed, facts={"chronic": yes_or_no})},
    outcome=outcome,
    shown={"chronic_members": "persons"},
)
