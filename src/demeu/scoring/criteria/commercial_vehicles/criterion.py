"""Buses, lorries and other commercial vehicles of the household."""

from demeu.scoring.criteria.language import Criterion, Facts, Limits, Outcomes, Value, When


def answers(limits: Limits) -> tuple[Value, ...]:
    """One answer for every outcome."""
    return (limits.nothing, limits.some)


def outcome(household: Facts, limits: Limits, outcomes: Outcomes, when: When) -> Value:
    """Present from the first one. Order 267, group Пи."""
    return when(household.commercial_vehicles >= limits.some, outcomes.present, outcomes.none)


CRITERION = Criterion(
    code="commercial_vehicles",
    group="movable_property",
    facts={"commercial_vehicles": answers},
    outcome=outcome,
    shown={"commercial_vehicles": "units"},
)
