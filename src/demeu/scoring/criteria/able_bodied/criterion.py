"""Members able to work."""

from demeu.scoring.criteria.language import Count, Criterion, Facts, Limits, Outcomes, Value, When, yes_or_no


def is_able_bodied(person: Facts, _limits: Limits) -> Value:
    """A member able to work."""
    return person.able_bodied


def outcome(household: Facts, limits: Limits, outcomes: Outcomes, when: When) -> Value:
    """None from the absence of anyone able to work. Order 267, group Пз."""
    return when(household.able_bodied_members >= limits.some, outcomes.present, outcomes.none)


CRITERION = Criterion(
    code="able_bodied",
    group="employment",
    measures={"able_bodied_members": Count(of=is_able_bodied, facts={"able_bodied": yes_or_no})},
    outcome=outcome,
    shown={"able_bodied_members": "persons"},
)
