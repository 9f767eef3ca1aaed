"""Agricultural machinery, counted in kinds."""

from demeu.scoring.criteria.language import Criterion, Facts, Limits, Outcomes, Value, When


def answers(limits: Limits) -> tuple[Value, ...]:
    """One answer for every outcome."""
    return (limits.nothing, limits.one, limits.several)


def outcome(household: Facts, limits: Limits, outcomes: Outcomes, when: When) -> Value:
    """None, one kind, several kinds. Order 267, group Пи."""
    some = when(household.machinery_kinds >= limits.one, outcomes.one, outcomes.none)
    return when(household.machinery_kinds >= limits.several, outcomes.several, some)


CRITERION = Criterion(
    code="machinery",
    group="movable_property",
    facts={"machinery_kinds": answers},
    outcome=outcome,
    shown={"machinery_kinds": "units"},
)
