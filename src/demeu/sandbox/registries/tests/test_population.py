"""Families are new for each seed, the same for the same seed, and true to their kind."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.sandbox.registries.household import contradicted, from_json, to_json
from demeu.sandbox.registries.numbers import check_digit, is_valid
from demeu.sandbox.registries.population import RECIPES, new_household

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("kind", sorted(RECIPES))
@given(seed=st.integers(0, 10_000))
def test_every_member_has_a_valid_artificial_iin_that_agrees_with_birth_and_sex(kind, seed):
    for person in new_household(kind, seed=seed, today=TODAY).members:
        birth = date.fromisoformat(person.birth_date)
        assert is_valid(person.iin)
        assert person.iin[:6] == f"{birth:%y%m%d}"
        assert person.iin[6] == str((3 if birth.year < 2000 else 5) + (0 if person.male else 1))
        assert person.iin[7] == "9"
        assert 0 <= (TODAY - birth).days < 90 * 366


@pytest.mark.parametrize("kind", sorted(RECIPES))
def test_the_same_seed_gives_the_same_family_and_another_seed_another(kind):
    first = new_household(kind, seed=1, today=TODAY)
    assert new_household(kind, seed=1, today=TODAY) == first
    assert new_household(kind, seed=2, today=TODAY) != first


@pytest.mark.parametrize("kind", sorted(RECIPES))
def test_a_household_survives_being_stored(kind):
    household = new_household(kind, seed=5, today=TODAY)
    assert from_json(to_json(household)) == household


@given(seed=st.integers(0, 10_000))
def test_the_mother_has_a_disabled_child_with_a_programme_overdue_debt_rent_and_little_income(seed):
    family = new_household("mother_disabled_child", seed=seed, today=TODAY)
    assert len({one.given_name for one in family.members[1:]}) == len(family.members) - 1
    disabled = [child for child in family.members if child.disability_childhood]
    assert len(disabled) == 1 and disabled[0].programme and disabled[0].programme.items
    assert family.applicant.credits[0].overdue_days > 90
    assert family.tenure == "rented" and family.housing_units == 0
    per_head = sum(amount for one in family.members for _, amount in one.incomes) // len(family.members)
    assert 50_851_00 // 4 <= per_head < 50_851_00
    assert family.kato[:2] in {"35", "79"}


def test_a_contradiction_changes_birth_and_housing_but_not_the_iin():
    family = new_household("debts", seed=3, today=TODAY)
    muddled = contradicted(family)
    assert muddled.applicant.iin == family.applicant.iin
    assert muddled.applicant.birth_date != family.applicant.birth_date
    assert (muddled.housing_units, muddled.housing_area_m2) == (0, 54.0)


def test_check_digit_agrees_with_the_published_artificial_numbers():
    assert is_valid("900101100014") and is_valid("900101200010") and is_valid("900101100500")
    assert check_digit("90010110055") is None
