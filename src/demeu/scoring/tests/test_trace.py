"""The explanation: readable values, reasons and sources in three languages, nothing personal."""

from datetime import date
from typing import Any

import pytest

from demeu.contracts.scoring import Assessment, Indicator
from demeu.scoring.assess import assess
from demeu.scoring.tests.families import examples, family

ON = date(2026, 11, 22)
LANGS = ("kk", "ru", "en")


def assessed(household: dict[str, Any], members: list[dict[str, Any]], lang: str) -> Assessment:
    return assess(family(household, members).model_copy(update={"lang": lang}), on=ON)


def indicator(code: str, household: dict[str, Any], members: list[dict[str, Any]], lang: str = "en") -> Indicator:
    return {one.code: one for one in assessed(household, members, lang).indicators}[code]


def test_every_example_is_explained_in_every_language() -> None:
    for example in examples():
        for lang in LANGS:
            found = assess(example.request().model_copy(update={"lang": lang}), on=example.day)
            assert all(one.reason and one.source and one.title for one in found.indicators)
            assert all("{" not in one.reason for one in found.indicators)


def test_the_reason_follows_the_language() -> None:
    reasons = {indicator("land", {"land_plots": 1}, [{}], lang).reason for lang in LANGS}
    assert reasons == {"Жер учаскесі бар.", "Есть земельный участок.", "There is a land plot."}


def test_income_is_shown_a_head() -> None:
    shown = indicator("income_per_capita", {}, [{"income_monthly_tiyn": 30_000_050}, {}], "ru").value
    assert shown == "150\u00a0000,25\u00a0₸ на человека в месяц"


@pytest.mark.parametrize(("lang", "area"), [("ru", "жильё: 1; 48,5 м²"), ("en", "homes: 1; 48.5 m²")])
def test_housing_shows_homes_and_area(lang: str, area: str) -> None:
    assert indicator("housing", {"housing_area_m2": 48.5}, [{}], lang).value == area


def test_an_area_that_was_not_answered_is_left_out() -> None:
    assert indicator("housing", {"housing_units": 2, "housing_area_m2": None}, [{}]).value == "homes: 2"


def test_an_unknown_indicator_shows_no_value_and_names_what_to_answer() -> None:
    found = indicator("housing", {"housing_units": None}, [{}])
    assert found.value is None
    assert "number of homes" in found.reason
    assert "−200" in found.reason
    assert "2000" in found.reason


def test_a_known_indicator_with_a_gap_shows_both_ends() -> None:
    assert indicator("working", {}, [{"working": True}, {"working": True}, {"working": None}]).value == "2–3 pers."


def test_our_own_readings_are_marked_as_not_confirmed() -> None:
    found = assessed({}, [{}], "en")
    ours = {one.code for one in found.indicators if not one.confirmed}
    assert ours == {"income_per_capita", "overdue", "machinery", "preschool", "school", "housing"}
    assert not found.category_six.confirmed


def test_each_reading_of_category_six_names_its_own_source() -> None:
    sources = [
        assess(family({}, [{}], rules=rules), on=ON).category_six.source for rules in ("kz-2026-and", "kz-2026-or")
    ]
    assert sources[0] != sources[1]
    assert "BAQ.KZ" in sources[1]


def test_the_answer_carries_the_rule_set_and_its_hash() -> None:
    found = assessed({}, [{}], "ru")
    assert found.rule_set == "kz-2026-and"
    assert len(found.rule_set_hash) == 64
    assert found.on == ON


def test_the_answer_repeats_no_reference_of_the_family() -> None:
    text = assessed({"household_id": "family"}, [{"person_id": "canary-7"}], "ru").model_dump_json()
    assert "canary-7" not in text
