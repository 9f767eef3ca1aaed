"""Passenger cars of the household."""

from demeu.scoring.criteria.language import Criterion, Facts, Limits, Outcomes, Value, When


def answers(limits: Limits) -> tuple[Value, ...]:
    """One answer for every outcome."""
    return (limits.nothing, limits.one, limits.two, limits.many)


def outcome(household: Facts, limits: Limits, outcomes: Outcomes, when: When) -> Value:
    """By the number of cars, the last step open. Order 267, group Пи."""
    few = when(household.passenger_cars >= limits.one, outcomes.one, outcomes.none)
    more = when(household.passenger_cars >= limits.many, outcomes.many, outcomes.two)
    return when(household.passenger_cars >= limits.two, more, few)


CRITERION = Criterion(
    code="passenger_cars",
    group="movable_property",
    facts={"passenger_cars": answers},
    outcome=outcome,
    shown={"passenger_cars": "units"},
)
