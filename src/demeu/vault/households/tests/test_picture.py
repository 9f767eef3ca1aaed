"""What facts say together, the rows for scoring, and the needs that follow."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.contracts.words import Registry
from demeu.vault.households import needs, scoring_facts
from demeu.vault.households.picture import Frozen, Picture, contradictions, paint

ON = date(2026, 11, 22)
MOTHER, SON, DAUGHTER = uuid4(), uuid4(), uuid4()
BIRTHS = {MOTHER: date(1990, 1, 1), SON: date(2014, 5, 5), DAUGHTER: date(2022, 5, 5)}


def _fact(code: str, value: str, member: UUID | None = None, source: Registry = Registry.CKS) -> Frozen:
    return Frozen(code, value, source, member)


FAMILY = [
    _fact("relation", "applicant", MOTHER),
    _fact("relation", "child", SON),
    _fact("relation", "child", DAUGHTER),
    _fact("kato", "751110000"),
    _fact("hardship", "true"),
    _fact("settlement_class", "rural_okrug"),
    _fact("tenure", "rented"),
    _fact("disability_childhood", "true", SON),
    _fact("school_enrolled", "false", SON, Registry.NOBD),
    _fact("preschool_enrolled", "false", DAUGHTER, Registry.NOBD),
    _fact("ipr_item", "wheelchair_active:1:person", SON, Registry.IPR),
    _fact("ipr_item", "hearing_aid:2:state", SON, Registry.IPR),
    _fact("ipr_valid_until", "2027-01-01", SON, Registry.IPR),
    _fact("overdue_tiyn", "120000", MOTHER, Registry.GKB),
    _fact("home_arrears_tiyn", "20000", MOTHER, Registry.GKB),
    _fact("social_status", "single_parent", MOTHER),
]


def _needs(facts: list[Frozen], category: int | None = None) -> dict[str, tuple[int, int | None, str]]:
    found = needs.needs_of(paint(facts, BIRTHS), ON, category)
    return {need.code: (need.count, need.amount_tiyn, need.detail) for need in found.needs}


def test_members_are_labelled_eldest_first_and_never_named() -> None:
    assert [member.label for member in paint(FAMILY, BIRTHS).members] == ["applicant", "child 1", "child 2"]


def test_needs_follow_from_facts() -> None:
    assert _needs(FAMILY) == {
        "wheelchair_child": (1, None, ""),
        "hearing_aid": (2, None, "state"),
        "home_schooling": (1, None, ""),
        "kindergarten_gap": (1, None, ""),
        "winter_clothes_child": (2, None, ""),
        "rent_arrears": (1, 20_000, ""),
        "overdue_debt": (1, 100_000, ""),
        "food_parcel": (3, None, ""),
        "fuel_coal": (1, None, ""),
    }


def test_a_programme_past_its_term_asks_for_nothing() -> None:
    ended = [fact for fact in FAMILY if fact.code != "ipr_valid_until"]
    ended.append(_fact("ipr_valid_until", "2026-11-21", SON, Registry.IPR))
    assert "wheelchair_child" not in _needs(ended)


def test_groups_attributes_and_places_are_named() -> None:
    found = needs.needs_of(paint(FAMILY, BIRTHS), ON, None)
    assert found.groups == ("children_youth", "poor_homeless")
    assert set(found.subgroups) == {"children_low_income", "children_disability", "families_below_poverty"}
    assert found.attributes == ("child_home_schooled", "renting", "single_parent")
    assert (found.region_kato, found.district_kato) == ("750000000", "751100000")
    assert found.children_ages == (4, 12)


def test_a_better_off_family_without_hardship_is_not_called_poor() -> None:
    calm = [fact for fact in FAMILY if fact.code != "hardship"]
    assert "food_parcel" not in _needs(calm, category=4)
    assert "food_parcel" in _needs(calm, category=2)


@pytest.mark.parametrize("code", ["has_credit", "overdue_days"])
def test_the_mandatory_credit_register_is_believed_and_the_other_fills_gaps(code: str) -> None:
    value = {"has_credit": "true", "overdue_days": "91"}[code]
    both = [_fact(code, value, MOTHER, Registry.GKB), _fact(code, "0", MOTHER, Registry.PKB)]
    assert paint(both, BIRTHS).members[0].values[code] == value
    assert paint(both[1:], BIRTHS).members[0].values[code] == "0"
    assert contradictions(both) == set()


def test_different_answers_and_impossible_pairs_are_contradictions() -> None:
    facts = [
        _fact("birth_date", "1990-01-01", MOTHER, Registry.GBD_FL),
        _fact("birth_date", "1991-01-01", MOTHER),
        _fact("housing_units", "0"),
        _fact("housing_area_m2", "54.0"),
        _fact("working", "false", MOTHER),
        _fact("income_salary_monthly_tiyn", "1", MOTHER, Registry.MINFIN),
    ]
    assert contradictions(facts) == {
        (MOTHER, "birth_date"), (None, "housing_units"), (None, "housing_area_m2"),
        (MOTHER, "working"), (MOTHER, "income_salary_monthly_tiyn"),
    }  # fmt: skip
    assert paint(facts, BIRTHS).members[0].birth_date == date(1990, 1, 1)


def test_what_is_not_known_is_null_and_what_cannot_apply_is_false() -> None:
    picture = paint([], BIRTHS)
    mother, son = (scoring_facts.person_row(uuid4(), member, ON) for member in picture.members[:2])
    assert (mother.working, mother.overdue_days, mother.school_enrolled) == (None, None, False)
    assert (son.working, son.overdue_days, son.school_enrolled) == (False, 0, None)
    assert scoring_facts.household_row(uuid4(), picture).housing_units is None


@given(st.dates(date(1900, 3, 1), ON), st.dates(ON, date(2090, 1, 1)))
def test_an_age_never_runs_ahead_of_the_calendar(born: date, day: date) -> None:
    member = paint([], {MOTHER: born}).members[0]
    assert member.age_on(day) in (day.year - born.year, day.year - born.year - 1)


def test_a_birthday_on_29_february_counts_on_1_march() -> None:
    member = paint([], {MOTHER: date(2008, 2, 29)}).members[0]
    assert not member.is_adult(date(2026, 2, 28))
    assert member.is_adult(date(2026, 3, 1))


def test_income_per_member_needs_every_income() -> None:
    known = [_fact("income_monthly_tiyn", "100", member, Registry.MINFIN) for member in BIRTHS]
    assert needs.income_per_member(paint(known, BIRTHS)) == 100
    assert needs.income_per_member(paint(known[1:], BIRTHS)) is None
    assert needs.income_per_member(Picture({}, [])) is None
