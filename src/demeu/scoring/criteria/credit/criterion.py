"""Credit obligations of any member."""

from demeu.scoring.criteria.language import Count, Criterion, Facts, Limits, Outcomes, Value, When, yes_or_no


def has_credit(person: Facts, _limits: Limits) -> Value:
    """A member with a credit."""
    return person.has_credit


def outcome(household: Facts, limits: Limits, outcomes: Outcomes, when: When) -> Value:
    """Present from the first member with a credit. Order 267, group Пдк."""
    return when(household.borrowers >= limits.some, outcomes.present, outcomes.none)


CRITERION = Criterion(
    code="credit",
    group="income_and_loans",
    measures={"borrowers": Count(of=has_credit, facts={"has_credit": yes_or_no})},
    outcome=outcome,
    shown={"borrowers": "persons"},
)
