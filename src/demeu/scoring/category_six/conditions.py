"""The four conditions of category 6, which every reading of the rule shares; in the language of the criteria.

A reading says only how they are joined. The rule never guesses: it fires only when certain.
"""

from demeu.scoring.criteria.language import (
    Count,
    Criterion,
    Facts,
    Limits,
    Rule,
    Total,
    Value,
    exceeds,
    just_above,
    yes_or_no,
)


def is_in_business(person: Facts, _limits: Limits) -> Value:
    """A member who is a sole proprietor or a founder."""
    return person.sole_proprietor | person.founder


def enough(limits: Limits, members: Value) -> Value:
    """A household income in tiyn just above the multiple of the minimum."""
    return just_above(limits.minimums_exceeded * limits.minimum_tiyn * members)


def answers_homes(limits: Limits) -> tuple[Value, ...]:
    """Homes on both sides of the limit."""
    return (limits.nothing, limits.homes)


def answers_cars(limits: Limits) -> tuple[Value, ...]:
    """Cars on both sides of the limit."""
    return (limits.nothing, limits.cars)


def conditions(household: Facts, limits: Limits) -> tuple[Value, Value, Value, Value]:
    """Homes, cars, a business, and income a head above so many minimums."""
    homes = household.housing_units >= limits.homes
    cars = household.passenger_cars >= limits.cars
    business = household.members_in_business >= limits.businesses
    return homes, cars, business, exceeds(household.income_tiyn, limits.minimums_exceeded, household, limits)


def reading(outcome: Rule) -> Criterion:
    """The rule with its conditions joined by `outcome`."""
    return Criterion(
        code="category_six",
        group="verdict",
        measures={
            "income_tiyn": Total(of="income_monthly_tiyn", enough=enough),
            "members_in_business": Count(of=is_in_business, facts={"sole_proprietor": yes_or_no, "founder": yes_or_no}),
        },
        facts={"housing_units": answers_homes, "passenger_cars": answers_cars},
        outcome=outcome,
        shown={},
    )
