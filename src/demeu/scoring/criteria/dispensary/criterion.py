"""Dispensary records."""

from demeu.scoring.criteria.language import Count, Criterion, Facts, Limits, Outcomes, Value, When, yes_or_no


def is_registered(person: Facts, _limits: Limits) -> Value:
    """A member with a dispensary record."""
    return person.dispensary


def outcome(household: Facts, limits: Limits, outcomes: Outcomes, when: When) -> Value:
    """Present from the first member. Order 267, group Пзд."""
    return when(household.dispensary_members >= limits.some, outcomes.present, outcomes.none)


CRITERION = Criterion(
    code="dispensary",
    group="health",
    measures={"dispensary_members": Count(of=is_registered, facts={"dispensary": yes_or_no})},
    outcome=outcome,
    shown={"dispensary_members": "persons"},
)
