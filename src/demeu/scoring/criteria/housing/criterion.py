"""Housing: the number of homes; with a single home, its area a head."""

from demeu.scoring.criteria.language import ENDLESS, Criterion, Facts, Limits, Outcomes, Value, When


def answers_units(limits: Limits) -> tuple[Value, ...]:
    """One answer for every outcome."""
    return (limits.nothing, limits.one, limits.two, limits.four, limits.seven, limits.many)


def answers_area(limits: Limits) -> tuple[Value, ...]:
    """No area, and one that is enough for a household of any size."""
    return (limits.nothing, ENDLESS)


def outcome(household: Facts, limits: Limits, outcomes: Outcomes, when: When) -> Value:
    """By the number of homes without gaps; area in m² counts with one home only. Order 267, group Пж."""
    units = household.housing_units
    cramped = household.housing_area_m2 < limits.area_m2_per_member * household.members
    one_home = when(cramped, outcomes.cramped, outcomes.roomy)
    band = when(units >= limits.one, one_home, outcomes.homeless)
    band = when(units >= limits.two, outcomes.two_or_three, band)
    band = when(units >= limits.four, outcomes.four_to_six, band)
    band = when(units >= limits.seven, outcomes.seven_to_eleven, band)
    return when(units >= limits.many, outcomes.many, band)


CRITERION = Criterion(
    code="housing",
    group="housing_and_infrastructure",
    facts={"housing_units": answers_units, "housing_area_m2": answers_area},
    outcome=outcome,
    shown={"housing_units": "homes", "housing_area_m2": "m2"},
)
