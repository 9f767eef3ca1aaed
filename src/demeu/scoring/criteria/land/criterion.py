"""Land plots of the household."""

from demeu.scoring.criteria.language import Criterion, Facts, Limits, Outcomes, Value, When


def answers(limits: Limits) -> tuple[Value, ...]:
    """One answer for every outcome."""
    return (limits.nothing, limits.some)


def outcome(household: Facts, limits: Limits, outcomes: Outcomes, when: When) -> Value:
    """Present from the first one. Order 267, group Псх."""
    return when(household.land_plots >= limits.some, outcomes.present, outcomes.none)


CRITERION = Criterion(
    code="land",
    group="agriculture",
    facts={"land_plots": answers},
    outcome=outcome,
    shown={"land_plots": "units"},
)
