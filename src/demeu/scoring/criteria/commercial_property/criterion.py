"""Commercial property of the household."""

from demeu.scoring.criteria.language import Criterion, Facts, Limits, Outcomes, Value, When


def answers(limits: Limits) -> tuple[Value, ...]:
    """One answer for every outcome."""
    return (limits.nothing, limits.some)


def outcome(household: Facts, limits: Limits, outcomes: Outcomes, when: When) -> Value:
    """Present from the first one. Order 267, group Пж."""
    return when(household.commercial_property_units >= limits.some, outcomes.present, outcomes.none)


CRITERION = Criterion(
    code="commercial_property",
    group="housing_and_infrastructure",
    facts={"commercial_property_units": answers},
    outcome=outcome,
    shown={"commercial_property_units": "units"},
)
