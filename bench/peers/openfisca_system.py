"""The rules kz-2026-and as an OpenFisca tax-and-benefit system. Part of `openfisca_rules`.

OpenFisca knows no unanswered fact, so households must be complete; its numbers are 32 bits wide and money is a float.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

import numpy as np
from openfisca_core.entities import build_entity
from openfisca_core.indexed_enums import Enum
from openfisca_core.periods import DateUnit
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable
from openfisca_parameters import parameters

PERSON = build_entity("person", "persons", "A member of a household", is_person=True)
HOUSEHOLD = build_entity("household", "households", "A family", roles=[{"key": "member", "label": "Member"}])
MONEY, FLAGS, COUNTS = "money", "flags", "counts"
PERSON_FACTS = {
    float: ("income_monthly", "overdue_sum"),
    bool: (
        "able_bodied_fact", "working_fact", "sole_proprietor", "founder", "student", "disability_childhood",
        "clinic_attached", "insured", "chronic_fact", "dispensary_fact", "preschool_enrolled", "school_enrolled",
        "has_credit",
    ),
    int: ("disability_group", "overdue_days"),
    date: ("birth_date",),
}  # fmt: skip
HOUSEHOLD_FACTS = {
    float: ("housing_area_m2", "smallholding_value"),
    int: (
        "housing_units", "commercial_property_units", "land_plots", "passenger_cars_fact", "commercial_vehicles_fact",
        "machinery_kinds",
    ),
}  # fmt: skip
Formula = Callable[..., Any]


class Settlement(Enum):
    """Status of the settlement."""

    republic_city = "city of the republic"
    region_city = "city of a region"
    district = "district"
    rural_okrug = "rural okrug"
    rural_settlement = "rural settlement"
    unregistered = "unregistered"


def variable(name: str, entity: Any, kind: type, formula: Formula | None = None, **more: Any) -> type[Variable]:
    """A variable of one day; an input when it has no formula."""
    body = {"entity": entity, "value_type": kind, "definition_period": DateUnit.DAY, "label": name} | more
    if kind is date:
        body["definition_period"] = DateUnit.ETERNITY
    if formula is not None:
        body["formula"] = formula
    return type(name, (Variable,), body)


def age(person: Any, period: Any) -> Any:
    """Full years; a birthday on 29 February counts on 1 March."""
    born = person("birth_date", period)
    months = born.astype("datetime64[M]")
    month, day = months.astype(int) % 12 + 1, (born - months).astype(int) + 1
    years = period.start.year - (born.astype("datetime64[Y]").astype(int) + 1970)
    return years - (month * 100 + day > period.start.month * 100 + period.start.day)


def adult(person: Any, period: Any, parameters: Any) -> Any:
    """Old enough to owe."""
    return person("age", period) >= parameters(period).limits.adult


def overdue_member(person: Any, period: Any, parameters: Any) -> Any:
    """An adult with long and large debts."""
    limits = parameters(period).limits
    late = (person("overdue_days", period) > limits.overdue_days) & (person("overdue_sum", period) > limits.overdue)
    return person("adult", period) & late


def child(person: Any, period: Any, parameters: Any) -> Any:
    """A minor or a young student."""
    young = person("age", period) < parameters(period).limits.student
    return ~person("adult", period) | (young & person("student", period))


def out_of_preschool(person: Any, period: Any) -> Any:
    """A small child who is not enrolled."""
    years = person("age", period)
    return (years >= 3) & (years <= 5) & ~person("preschool_enrolled", period)


def out_of_school(person: Any, period: Any) -> Any:
    """A pupil who is not enrolled."""
    years = person("age", period)
    return (years >= 6) & (years <= 17) & ~person("school_enrolled", period)


def grave(person: Any, period: Any) -> Any:
    """An adult of the first or second group."""
    group = person("disability_group", period)
    return person("adult", period) & (group >= 1) & (group <= 2)


def light(person: Any, period: Any) -> Any:
    """An adult of the third group."""
    return person("adult", period) & (person("disability_group", period) == 3)


def size(household: Any, period: Any) -> Any:
    """Members."""
    return household.nb_persons()


def income_a_head(household: Any, period: Any) -> Any:
    """Tenge a member and month."""
    return household.sum(household.members("income_monthly", period)) / household("size", period)


def income_per_capita(household: Any, period: Any, parameters: Any) -> Any:
    """In minimums a head."""
    a_head, given = household("income_a_head", period), parameters(period)
    return np.where(a_head == 0, 0, given.scales.income_in_minimums.calc(a_head / given.minimum))


def overdue(household: Any, period: Any, parameters: Any) -> Any:
    """Some adults or every adult."""
    late = household.sum(household.members("overdue_member", period))
    adults, points = household.sum(household.members("adult", period)), parameters(period).points
    return np.where(late == 0, 0, np.where(late >= adults, points.overdue_every, points.overdue_some))


def business(household: Any, period: Any, parameters: Any) -> Any:
    """Proprietor, founder or both."""
    points = parameters(period).points
    proprietor = household.any(household.members("sole_proprietor", period))
    return proprietor * points.sole_proprietor + household.any(household.members("founder", period)) * points.founder


def disability_adult(household: Any, period: Any, parameters: Any) -> Any:
    """The gravest group decides."""
    points = parameters(period).points
    light_points = household.any(household.members("light", period)) * points.disability_light
    return np.where(household.any(household.members("grave", period)), points.disability_grave, light_points)


def housing(household: Any, period: Any, parameters: Any) -> Any:
    """Homes; with one home its area a head."""
    given, units = parameters(period), household("housing_units", period)
    needed = given.limits.area_a_head * household("size", period)
    cramped = (units == 1) & (household("housing_area_m2", period) < needed)
    return np.where(cramped, given.points.housing_cramped, given.scales.housing.calc(units))


def settlement(household: Any, period: Any, parameters: Any) -> Any:
    """By class."""
    points, place = parameters(period).points, household("settlement_class", period)
    return np.select([place == one for one in Settlement], [getattr(points, one.name) for one in Settlement])


def smallholding(household: Any, period: Any, parameters: Any) -> Any:
    """By value; none is worth nothing."""
    value = household("smallholding_value", period)
    return np.where(value > 0, parameters(period).scales.smallholding.calc(value), 0)


def able_bodied(household: Any, period: Any, parameters: Any) -> Any:
    """Nobody able to work."""
    return ~household.any(household.members("able_bodied_fact", period)) * parameters(period).points.able_bodied


def insurance(household: Any, period: Any, parameters: Any) -> Any:
    """Nobody insured."""
    return ~household.any(household.members("insured", period)) * parameters(period).points.insurance


def clinic(household: Any, period: Any, parameters: Any) -> Any:
    """Somebody attached to no clinic."""
    return household.any(~household.members("clinic_attached", period)) * parameters(period).points.clinic


def when_any(fact: str, points: str) -> Formula:
    """Points when it holds of any member."""

    def formula(household: Any, period: Any, parameters: Any) -> Any:
        return household.any(household.members(fact, period)) * getattr(parameters(period).points, points)

    return formula


def when_owned(fact: str, points: str) -> Formula:
    """Points from the first one."""

    def formula(household: Any, period: Any, parameters: Any) -> Any:
        return (household(fact, period) >= 1) * getattr(parameters(period).points, points)

    return formula


def on_scale(fact: str, scale: str) -> Formula:
    """Steps of a fact of the household."""

    def formula(household: Any, period: Any, parameters: Any) -> Any:
        return getattr(parameters(period).scales, scale).calc(household(fact, period))

    return formula


def counted(fact: str, scale: str) -> Formula:
    """Steps of the number of members of whom it holds."""

    def formula(household: Any, period: Any, parameters: Any) -> Any:
        return getattr(parameters(period).scales, scale).calc(household.sum(household.members(fact, period)))

    return formula


POINTS: dict[str, Formula] = {
    "income_per_capita": income_per_capita,
    "credit": when_any("has_credit", "credit"),
    "overdue": overdue,
    "passenger_cars": on_scale("passenger_cars_fact", "passenger_cars"),
    "commercial_vehicles": when_owned("commercial_vehicles_fact", "commercial_vehicles"),
    "machinery": on_scale("machinery_kinds", "machinery"),
    "able_bodied": able_bodied,
    "working": counted("working_fact", "working"),
    "business": business,
    "children": counted("child", "minors"),
    "disability_adult": disability_adult,
    "disability_child": when_any("disability_childhood", "disability_child"),
    "clinic": clinic,
    "insurance": insurance,
    "chronic": when_any("chronic_fact", "chronic"),
    "dispensary": when_any("dispensary_fact", "dispensary"),
    "preschool": when_any("out_of_preschool", "preschool"),
    "school": when_any("out_of_school", "school"),
    "housing": housing,
    "commercial_property": when_owned("commercial_property_units", "commercial_property"),
    "settlement": settlement,
    "smallholding": smallholding,
    "land": when_owned("land_plots", "land"),
}


def total(household: Any, period: Any) -> Any:
    """Sum of the 23."""
    return sum(household(code, period) for code in POINTS)


def category_six(household: Any, period: Any, parameters: Any) -> Any:
    """Homes, a car, a business and an income at once."""
    given = parameters(period)
    business = household.any(household.members("sole_proprietor", period) | household.members("founder", period))
    rich = household("income_a_head", period) > given.limits.six_minimums * given.minimum
    return (household("housing_units", period) >= 2) & (household("passenger_cars_fact", period) >= 1) & business & rich


def category(household: Any, period: Any, parameters: Any) -> Any:
    """1 to 6."""
    of_level = parameters(period).scales.category.calc(household("total", period))
    return np.where(household("category_six", period), 6, of_level)


def system() -> TaxBenefitSystem:
    """The whole: parameters, inputs, formulas."""
    found = TaxBenefitSystem([PERSON, HOUSEHOLD])
    found.parameters = parameters()
    made = [variable(fact, PERSON, kind) for kind, facts in PERSON_FACTS.items() for fact in facts]
    made += [variable(fact, HOUSEHOLD, kind) for kind, facts in HOUSEHOLD_FACTS.items() for fact in facts]
    choice = {"possible_values": Settlement, "default_value": Settlement.region_city}
    made.append(variable("settlement_class", HOUSEHOLD, Enum, **choice))
    made.append(variable("age", PERSON, int, age))
    made += [
        variable(one.__name__, PERSON, bool, one)
        for one in (adult, overdue_member, child, out_of_preschool, out_of_school, grave, light)
    ]
    made += [variable("size", HOUSEHOLD, int, size), variable("income_a_head", HOUSEHOLD, float, income_a_head)]
    made += [variable(code, HOUSEHOLD, int, formula) for code, formula in POINTS.items()]
    made += [variable("total", HOUSEHOLD, int, total), variable("category_six", HOUSEHOLD, bool, category_six)]
    found.add_variables(*made, variable("category", HOUSEHOLD, int, category))
    return found
