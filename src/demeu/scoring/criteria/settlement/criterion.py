"""Status of the settlement the household is registered in."""

from demeu.scoring.criteria.language import Criterion, Facts, Limits, Outcomes, Value, When


def answers(limits: Limits) -> tuple[Value, ...]:
    """Every class there is."""
    return (
        limits.republic_city,
        limits.region_city,
        limits.district,
        limits.rural_okrug,
        limits.rural_settlement,
        limits.unregistered,
    )


def outcome(household: Facts, limits: Limits, outcomes: Outcomes, when: When) -> Value:
    """One outcome a class. Order 267, group Пж."""
    place = household.settlement_class
    band = outcomes.unregistered
    band = when(place == limits.rural_settlement, outcomes.rural_settlement, band)
    band = when(place == limits.rural_okrug, outcomes.rural_okrug, band)
    band = when(place == limits.district, outcomes.district, band)
    band = when(place == limits.region_city, outcomes.region_city, band)
    return when(place == limits.republic_city, outcomes.republic_city, band)


CRITERION = Criterion(
    code="settlement",
    group="housing_and_infrastructure",
    facts={"settlement_class": answers},
    outcome=outcome,
    shown={"settlement_class": "settlement"},
)
