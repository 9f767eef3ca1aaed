"""The rule that stands above the levels and gives category 6; written in the language of the criteria.

It has two published readings; the rule set names the one it takes. It never guesses: it fires only when certain.
"""

from demeu.scoring.criteria.business import is_founder, is_sole_proprietor
from demeu.scoring.criteria.language import (
    Count,
    Criterion,
    Facts,
    Limits,
    Outcomes,
    Total,
    Value,
    When,
    exceeds,
    just_above,
    yes_or_no,
)


def is_in_business(person: Facts, limits: Limits) -> Value:
    """A member who is a sole proprietor or a founder."""
    return is_sole_proprietor(person, limits) | is_founder(person, limits)


def enough(limits: Limits, members: Value) -> Value:
    """A household income in tiyn just above the multiple of the minimum."""
    return just_above(limits.minimums_exceeded * limits.minimum_tiyn * members)


def answers_homes(limits: Limits) -> tuple[Value, ...]:
    """Homes on both sides of the limit."""
    return (limits.nothing, limits.homes)


def answers_cars(limits: Limits) -> tuple[Value, ...]:
    """Cars on both sides of the limit."""
    return (limits.nothing, limits.cars)


def _conditions(household: Facts, limits: Limits) -> tuple[Value, Value, Value, Value]:
    homes = household.housing_units >= limits.homes
    cars = household.passenger_cars >= limits.cars
    business = household.members_in_business >= limits.businesses
    return homes, cars, business, exceeds(household.income_tiyn, limits.minimums_exceeded, household, limits)


def all_of(household: Facts, limits: Limits, outcomes: Outcomes, when: When) -> Value:
    """All four together: the ministry's own text."""
    homes, cars, business, income = _conditions(household, limits)
    return when(homes & cars & business & income, outcomes.fired, outcomes.not_fired)


def any_of(household: Facts, limits: Limits, outcomes: Outcomes, when: When) -> Value:
    """Any of the four: as the press reported it."""
    homes, cars, business, income = _conditions(household, limits)
    return when(homes | cars | business | income, outcomes.fired, outcomes.not_fired)


READINGS: dict[str, Criterion] = {
    reading.__name__: Criterion(
        code="category_six",
        group="verdict",
        measures={
            "income_tiyn": Total(of="income_monthly_tiyn", enough=enough),
            "members_in_business": Count(of=is_in_business, facts={"sole_proprietor": yes_or_no, "founder": yes_or_no}),
        },
        facts={"housing_units": answers_homes, "passenger_cars": answers_cars},
        outcome=reading,
        shown={},
    )
    for reading in (all_of, any_of)
}
