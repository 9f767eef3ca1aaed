"""Facts of one household: full years of age, and every fault for which a row is rejected.

Only the faults listed in the contract reject; contradictions are scored as given. Never fills in a missing answer.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import isnan
from typing import Literal

from demeu.contracts.scoring import HouseholdFacts, PersonFacts, Rejected, SettlementClass

AGE_YEARS_MAX = 125
DISABILITY_GROUPS = range(4)
SETTLEMENT_CLASSES = frozenset(map(str, SettlementClass))

HOUSEHOLD_AMOUNTS = (
    "housing_units",
    "housing_area_m2",
    "commercial_property_units",
    "land_plots",
    "smallholding_value_tiyn",
    "passenger_cars",
    "commercial_vehicles",
    "machinery_kinds",
)
PERSON_AMOUNTS = ("income_monthly_tiyn", "overdue_days", "overdue_tiyn")


def age_years(birth: date, on: date) -> int:
    """Full years on a day; a birthday on 29 February counts on 1 March in common years (our reading)."""
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day))


def older_than_allowed(birth: date, on: date) -> bool:
    """Whether birth lies more than 125 years before the day; exactly 125 years is still allowed."""
    if on.year - birth.year < AGE_YEARS_MAX:
        return False
    age = age_years(birth, on)
    return age > AGE_YEARS_MAX or (age == AGE_YEARS_MAX and age_years(birth, _day_before(on)) == AGE_YEARS_MAX)


def _day_before(on: date) -> date:
    return date.fromordinal(on.toordinal() - 1)


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a row is rejected, and where in the request it stands, as «persons[1].birth_date»."""

    place: str
    row: Rejected

    def __str__(self) -> str:
        return f"{self.place}: {self.row.reason}"


def strangers(household: HouseholdFacts, persons: Sequence[PersonFacts]) -> tuple[Fault, ...]:
    """Persons of another household than this one; each is rejected alone."""
    return tuple(
        _person_fault(index, person, "household_id", "no_household")
        for index, person in enumerate(persons)
        if person.household_id != household.household_id
    )


def faults(household: HouseholdFacts, persons: Sequence[PersonFacts], on: date) -> tuple[Fault, ...]:
    """Every fault of a household and its own members; any one of them rejects the whole household."""
    found = list(_household_faults(household))
    members = [(index, one) for index, one in enumerate(persons) if one.household_id == household.household_id]
    if not members:
        found.append(_household_fault(household, "household_id", "no_persons"))
    times = Counter([person.person_id for person in persons])
    for index, person in members:
        if times[person.person_id] > 1:
            found.append(_person_fault(index, person, "person_id", "duplicate"))
        found.extend(_person_faults(index, person, on))
    return tuple(found)


def _household_faults(household: HouseholdFacts) -> Iterator[Fault]:
    for field in HOUSEHOLD_AMOUNTS:
        amount = getattr(household, field)
        if amount is not None and not amount >= 0:
            yield _household_fault(household, field, _amount_fault(amount))
    place = household.settlement_class
    if place is not None and place not in SETTLEMENT_CLASSES:
        yield _household_fault(household, "settlement_class", "unknown_class")


def _person_faults(index: int, person: PersonFacts, on: date) -> Iterator[Fault]:
    for field in PERSON_AMOUNTS:
        amount = getattr(person, field)
        if amount is not None and not amount >= 0:
            yield _person_fault(index, person, field, _amount_fault(amount))
    if person.birth_date > on:
        yield _person_fault(index, person, "birth_date", "after_assessment_date")
    elif older_than_allowed(person.birth_date, on):
        yield _person_fault(index, person, "birth_date", "over_125_years")
    if person.disability_group is not None and person.disability_group not in DISABILITY_GROUPS:
        yield _person_fault(index, person, "disability_group", "outside_0_3")


def _amount_fault(amount: int | float) -> Literal["not_a_number", "below_zero"]:
    """Of an amount that is not zero or more."""
    return "not_a_number" if isnan(amount) else "below_zero"


def _household_fault(household: HouseholdFacts, field: str, reason: str) -> Fault:
    id = household.household_id
    row = Rejected(table="households", id=id, household_id=id, field=field, reason=reason)
    return Fault(f"household.{field}", row)


def _person_fault(index: int, person: PersonFacts, field: str, reason: str) -> Fault:
    home = person.household_id
    row = Rejected(table="persons", id=person.person_id, household_id=home, field=field, reason=reason)
    return Fault(f"persons[{index}].{field}", row)
