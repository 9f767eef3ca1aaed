"""What is rejected and what is not; ages to the day."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from demeu.contracts.scoring import AssessRequest, HouseholdFacts, PersonFacts
from demeu.kernel.errors import Refusal
from demeu.scoring.assess import assess
from demeu.scoring.facts import age_years
from demeu.scoring.tests.families import family

ON = date(2026, 11, 22)


def refused(request: AssessRequest) -> list[str]:
    with pytest.raises(Refusal) as found:
        assess(request, on=ON)
    assert found.value.code == "score.rejected"
    faults = found.value.facts["faults"]
    assert isinstance(faults, list)
    return faults


@pytest.mark.parametrize(
    ("born", "on", "years"),
    [
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 28), 19),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2008, 11, 22), ON, 18),
        (date(2008, 11, 23), ON, 17),
        (ON, ON, 0),
    ],
)
def test_age_is_in_full_years(born: date, on: date, years: int) -> None:
    assert age_years(born, on) == years


@pytest.mark.parametrize(
    ("household", "member", "fault"),
    [
        ({"housing_units": -1}, {}, "household.housing_units: below_zero"),
        ({"housing_area_m2": -0.5}, {}, "household.housing_area_m2: below_zero"),
        ({"housing_area_m2": float("nan")}, {}, "household.housing_area_m2: not_a_number"),
        ({"commercial_property_units": -1}, {}, "household.commercial_property_units: below_zero"),
        ({"land_plots": -1}, {}, "household.land_plots: below_zero"),
        ({"smallholding_value_tiyn": -1}, {}, "household.smallholding_value_tiyn: below_zero"),
        ({"passenger_cars": -1}, {}, "household.passenger_cars: below_zero"),
        ({"commercial_vehicles": -1}, {}, "household.commercial_vehicles: below_zero"),
        ({"machinery_kinds": -1}, {}, "household.machinery_kinds: below_zero"),
        ({"settlement_class": "moon"}, {}, "household.settlement_class: unknown_class"),
        ({}, {"income_monthly_tiyn": -1}, "persons[0].income_monthly_tiyn: below_zero"),
        ({}, {"overdue_days": -1}, "persons[0].overdue_days: below_zero"),
        ({}, {"overdue_tiyn": -1}, "persons[0].overdue_tiyn: below_zero"),
        ({}, {"birth_date": "2026-11-23"}, "persons[0].birth_date: after_assessment_date"),
        ({}, {"birth_date": "1901-11-21"}, "persons[0].birth_date: over_125_years"),
        ({}, {"disability_group": 4}, "persons[0].disability_group: outside_0_3"),
        ({}, {"disability_group": -1}, "persons[0].disability_group: outside_0_3"),
    ],
)
def test_each_fault_rejects_the_household(household: dict[str, Any], member: dict[str, Any], fault: str) -> None:
    assert refused(family(household, [member])) == [fault]


def test_every_fault_is_listed_at_once() -> None:
    request = family({"housing_units": -1, "land_plots": -2}, [{"overdue_days": -1}, {"disability_group": 9}])
    assert refused(request) == [
        "household.housing_units: below_zero",
        "household.land_plots: below_zero",
        "persons[0].overdue_days: below_zero",
        "persons[1].disability_group: outside_0_3",
    ]


def test_a_duplicate_person_is_named_in_both_places() -> None:
    request = family({}, [{"person_id": "same"}, {}, {"person_id": "same"}])
    assert refused(request) == ["persons[0].person_id: duplicate", "persons[2].person_id: duplicate"]


def test_a_household_without_persons_is_rejected() -> None:
    assert refused(family({}, [])) == ["household.household_id: no_persons"]


def test_a_person_of_another_household_is_rejected_alone() -> None:
    request = family({}, [{"working": True}, {"household_id": "other", "working": True}])
    found = assess(request, on=ON)
    assert [(row.table, row.id, row.field, row.reason) for row in found.rejected] == [
        ("persons", "member-1", "household_id", "no_household")
    ]
    assert {one.code: one.points for one in found.indicators}["working"] == 150


def test_only_strangers_leave_a_household_without_persons() -> None:
    request = family({}, [{"household_id": "other"}])
    assert refused(request) == ["household.household_id: no_persons", "persons[0].household_id: no_household"]


@pytest.mark.parametrize("birth_date", ["2026-11-22", "1901-11-22", "1904-02-29"])
def test_born_today_or_exactly_125_years_ago_is_accepted(birth_date: str) -> None:
    assert assess(family({}, [{}, {"birth_date": birth_date}]), on=ON).complete


def test_contradictions_are_scored_as_given() -> None:
    request = family({"housing_units": 0, "housing_area_m2": 80.0, "kato": "nowhere"}, [{}])
    assert assess(request, on=ON).complete


@pytest.mark.parametrize(
    "wrong",
    [
        {"working": "yes"},
        {"working": 1},
        {"overdue_days": 1.5},
        {"overdue_days": True},
        {"birth_date": None},
        {"birth_date": 0},
        {"birth_date": "22.11.2000"},
        {"birth_date": "2000-11-22T00:00:00"},
        {"income_monthly_tiyn": 2**63},
        {"name": "somebody"},
    ],
)
def test_a_fact_of_another_type_is_not_guessed(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        family({}, [wrong])


def test_a_fact_that_was_not_sent_is_a_fact_that_was_not_answered() -> None:
    bare = AssessRequest(
        household=HouseholdFacts(household_id="h"),
        persons=(PersonFacts.model_validate({"person_id": "p", "household_id": "h", "birth_date": "1990-01-01"}),),
    )
    found = assess(bare, on=ON)
    assert not found.complete
    assert found.total == 0
    assert (found.category_low, found.category_high) == (1, 5)
