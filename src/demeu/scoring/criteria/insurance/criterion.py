"""Members in the mandatory medical insurance."""

from demeu.scoring.criteria.language import Count, Criterion, Facts, Limits, Outcomes, Value, When, yes_or_no


def is_insured(person: Facts, _limits: Limits) -> Value:
    """A member with insurance."""
    return person.insured


def outcome(household: Facts, limits: Limits, outcomes: Outcomes, when: When) -> Value:
    """Met by the first insured member. Order 267, group Пзд."""
    return when(household.insured_members >= limits.some, outcomes.present, outcomes.none)


CRITERION = Criterion(
    code="insurance",
    group="health",
    measures={"insured_members": Count(of=is_insured, facts={"insured": yes_or_no})},
    outcome=outcome,
    shown={"insured_members": "persons"},
)
