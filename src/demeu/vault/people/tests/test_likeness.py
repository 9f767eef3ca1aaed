"""Likeness: the same human being in other spelling is found, strangers and twins are not joined."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.contracts.vault import LIKELY_SAME_REASONS
from demeu.vault.people.likeness import Traits, blocking_words, likeness

MOTHER = Traits("Сейітова", "Әсел", "Маратқызы", "1988-04-09")


@pytest.mark.parametrize(
    "other",
    [
        Traits("Сейтова", "Асель", "Маратовна", "1988-04-09"),
        Traits("Seitova", "Assel", "", "1988-04-09"),
        Traits("Әсел", "Сейітова", "Маратқызы", "1988-04-09"),
        Traits("Сейітова", "Әсел", "Маратқызы", "1988-09-04"),
        Traits("Сейтова", "Асель", "", "1988-04-08"),
        Traits("Сейітова", "Әсел", "Маратқызы"),
    ],
)
def test_another_spelling_or_a_slip_of_the_pen_is_likely_and_shares_a_blocking_word(other: Traits) -> None:
    assert likeness(MOTHER, other).likely
    assert set(blocking_words(MOTHER)) & set(blocking_words(other))


@pytest.mark.parametrize(
    "other",
    [
        Traits("Иванова", "Мария", "Петровна", "1988-04-09"),
        Traits("Сейітова", "Айнұр", "Маратқызы", "1990-01-02"),
        Traits("Сейітов", "Ерлан", "Маратұлы", "1988-04-09"),
        Traits("Ахметова", "Әсел", "", "1988-07-21"),
    ],
)
def test_a_stranger_a_sister_and_a_twin_are_not_likely(other: Traits) -> None:
    assert not likeness(MOTHER, other).likely


def test_two_numbers_speak_against_two_alike_names() -> None:
    one, other = replace(MOTHER, iin="880409400011"), replace(MOTHER, iin="880409400022")
    found = likeness(one, other)
    assert not found.likely
    assert "iin.differs" in found.reasons
    assert likeness(one, one).points == 100


def test_reasons_are_codes_and_name_nobody() -> None:
    reasons = likeness(MOTHER, Traits("Seitova", "Assel", "", "1988-04-09")).reasons
    assert reasons == ("birth.same", "surname.other_spelling", "given_name.other_spelling")


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20), st.text(max_size=12))
def test_points_stay_within_bounds_and_do_not_depend_on_the_order(a: str, b: str, c: str, day: str) -> None:
    one = Traits(a, b, c, day)
    assert 0 <= likeness(one, MOTHER).points <= 100
    assert likeness(one, MOTHER).points == likeness(MOTHER, one).points


def test_without_any_name_there_is_no_blocking_word() -> None:
    assert blocking_words(Traits("", "", "", "1988-04-09")) == ()


@given(*(st.sampled_from(["", "Сейітова", "Сейтова", "Seitova", "Әсел", "Асель"]) for _ in range(3)), st.dates())
def test_every_reason_is_one_that_the_contract_names(a: str, b: str, c: str, born: date) -> None:
    reasons = likeness(Traits(a, b, c, born.isoformat(), "880409400011"), replace(MOTHER, iin="880409400011")).reasons
    assert set(reasons) <= set(LIKELY_SAME_REASONS)
