"""Numbers and names: examples of the published algorithm and properties."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.vault.people import rules

ARTIFICIAL = ("900101100014", "900101200010", "900101100500")


@pytest.mark.parametrize("iin", ARTIFICIAL)
def test_artificial_numbers_with_a_right_check_digit_are_valid(iin: str) -> None:
    assert rules.is_iin(iin)


@pytest.mark.parametrize("last", range(10))
def test_a_serial_whose_both_passes_give_ten_is_never_valid(last: int) -> None:
    assert not rules.is_iin(f"90010110055{last}")


@given(st.sampled_from(ARTIFICIAL), st.integers(0, 11), st.integers(1, 9))
def test_one_changed_digit_is_noticed(iin: str, place: int, shift: int) -> None:
    changed = str((int(iin[place]) + shift) % 10)
    other = iin[:place] + changed + iin[place + 1 :]
    if rules.is_iin(other):
        assert rules.check_digit(other[:11]) == int(other[11])
        assert place < 11


@pytest.mark.parametrize(
    "text", ["", "123", "90010110001", "9001011000144", "٩٠٠١٠١١٠٠٠١٤", "90010110001a", "901301100014"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    assert not rules.is_iin(text)


def test_the_seventh_digit_names_the_century() -> None:
    assert rules.birth_date_of("900101100014") == date(1890, 1, 1)
    assert rules.birth_date_of("900101300000") == date(1990, 1, 1)
    assert rules.birth_date_of("100229500000") is None


@pytest.mark.parametrize("text", ["+7 771 000 99 98", "8 771 000 99 98", "77710009998"])
def test_a_phone_has_one_form(text: str) -> None:
    assert rules.phone_e164(text) == "+77710009998"


@pytest.mark.parametrize("text", ["", "abc", "+7 000 000 00 00", "12"])
def test_an_impossible_phone_is_none(text: str) -> None:
    assert rules.phone_e164(text) is None


def test_masks_hide_all_but_the_end() -> None:
    assert rules.masked_iin("900101100014") == "•••• •••• 0014"
    assert rules.masked_phone("+77710009998") == "+7 771 ••• •• 98"
    assert rules.masked_iin("") == rules.masked_phone("") == ""


def test_names_are_tidied_but_mixed_spelling_is_left() -> None:
    assert rules.tidy_name("  ИВАНОВА ") == "Иванова"
    assert rules.tidy_name("МакГрегор") == "МакГрегор"
