"""The smallholding by its value in tiyn."""

from demeu.scoring.criteria.language import Criterion, Facts, Limits, Outcomes, Value, When


def answers(limits: Limits) -> tuple[Value, ...]:
    """One answer for every outcome."""
    return (limits.nothing_tiyn, limits.smallest_tiyn, limits.small_tiyn, limits.middle_tiyn, limits.large_tiyn)


def outcome(household: Facts, limits: Limits, outcomes: Outcomes, when: When) -> Value:
    """None, then bands with the lower bound inclusive. Order 267, group Псх."""
    value_tiyn = household.smallholding_value_tiyn
    band = when(value_tiyn >= limits.smallest_tiyn, outcomes.smallest, outcomes.none)
    band = when(value_tiyn >= limits.small_tiyn, outcomes.small, band)
    band = when(value_tiyn >= limits.middle_tiyn, outcomes.middle, band)
    return when(value_tiyn >= limits.large_tiyn, outcomes.large, band)


CRITERION = Criterion(
    code="smallholding",
    group="agriculture",
    facts={"smallholding_value_tiyn": answers},
    outcome=outcome,
    shown={"smallholding_value_tiyn": "tiyn"},
)
