"""Money is exact and shown as people here write it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.kernel.errors import Refusal
from demeu.kernel.money import AMOUNT_TIYN_MAX, decimal_tenge, format_tenge, parse_tenge

amounts = st.integers(-AMOUNT_TIYN_MAX, AMOUNT_TIYN_MAX)


@given(amounts, st.sampled_from(["kk", "ru", "en"]))
def test_what_is_shown_reads_back_as_the_same_sum(amount_tiyn: int, lang: str) -> None:
    assert parse_tenge(format_tenge(amount_tiyn, lang)) == amount_tiyn


@given(amounts)
def test_the_machine_form_reads_back_as_the_same_sum(amount_tiyn: int) -> None:
    assert parse_tenge(decimal_tenge(amount_tiyn)) == amount_tiyn


def test_thousands_stand_apart_by_spaces_that_do_not_break() -> None:
    assert format_tenge(428_694_050_000) == "4\u00a0286\u00a0940\u00a0500\u00a0₸"
    assert format_tenge(-750_050) == "\u22127\u00a0500,50\u00a0₸"


@pytest.mark.parametrize("text", ["", "abc", "1.001", "1,2,3", "١٢", "1e3", "--5", "NaN", "9" * 30])
def test_an_unreadable_sum_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        parse_tenge(text)
    assert refused.value.code == "money.unreadable"


def test_a_sum_beyond_all_reason_is_refused() -> None:
    with pytest.raises(Refusal) as refused:
        parse_tenge("99999999999999")
    assert refused.value.code == "money.too_large"
