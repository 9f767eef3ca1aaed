"""Sums of gifts, targets and what news does to our copy, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.contracts.treasury import AMOUNT_TIYN_MAX
from demeu.kernel.errors import Refusal
from demeu.kernel.money import format_tenge
from demeu.portal.giving.rules import (
    AMOUNT_TIYN_MIN,
    IntentState,
    amount_of,
    check_currency,
    check_same_gift,
    heard,
    offered_amounts,
    wanted_of,
)


@given(st.integers(AMOUNT_TIYN_MIN, AMOUNT_TIYN_MAX), st.sampled_from(["kk", "ru", "en"]))
def test_a_sum_is_read_back_as_it_is_shown(amount_tiyn: int, lang: str) -> None:
    assert amount_of(format_tenge(amount_tiyn, lang)) == amount_tiyn


@given(st.text(max_size=60))
def test_any_text_is_a_sum_within_the_limits_or_a_refusal(text: str) -> None:
    try:
        amount = amount_of(text)
    except Refusal as refusal:
        assert refusal.code in {"money.unreadable", "money.too_large", "gift.too_small", "gift.too_large"}
    else:
        assert AMOUNT_TIYN_MIN <= amount <= AMOUNT_TIYN_MAX


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("0", "gift.too_small"),
        ("-1", "gift.too_small"),
        ("99.99", "gift.too_small"),
        ("1000000000000", "gift.too_large"),
        ("9" * 16, "money.too_large"),
        ("0.001", "money.unreadable"),
        ("1,500.00", "money.unreadable"),
        ("сто", "money.unreadable"),
        ("🎁", "money.unreadable"),
        ("1e5", "money.unreadable"),
        ("٧٥٠٠", "money.unreadable"),
        ("7500$", "money.unreadable"),
        ("", "money.unreadable"),
        ("75\x0000", "money.unreadable"),
    ],
)
def test_a_bad_sum_is_refused_with_its_reason(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        amount_of(text)
    assert refused.value.code == code


@pytest.mark.parametrize("text", ["7500", "7 500", "7 500 ₸", "7500,00", "7 500 тг", "7500.0"])
def test_people_write_one_sum_in_many_ways(text: str) -> None:
    assert amount_of(text) == 750_000


@given(
    st.none() | st.integers(0, 10**11),
    st.dictionaries(st.sampled_from(["coal", "rent", "meals"]), st.integers(0, 10**8), max_size=3),
)
def test_offered_sums_are_few_rising_and_never_above_what_is_left(left: int | None, prices: dict[str, int]) -> None:
    rows = offered_amounts(left, prices)
    amounts = [amount for amount, _ in rows]
    assert len(rows) <= 4 and amounts == sorted(set(amounts))
    assert all(amount >= AMOUNT_TIYN_MIN and (left is None or amount <= left) for amount in amounts)
    assert left is None or left < AMOUNT_TIYN_MIN or (left, "whole") in rows


def test_one_thing_of_the_list_is_offered_under_its_name() -> None:
    assert offered_amounts(5_880_000, {"rehabilitation_course": 750_000, "rent": 9_000_000}) == [
        (250_000, "part"),
        (750_000, "item:rehabilitation_course"),
        (1_500_000, "part"),
        (5_880_000, "whole"),
    ]


def test_a_target_is_named_by_exactly_one_word() -> None:
    assert wanted_of({"region": "35", "csrf": "x"}).text == "350000000"
    assert wanted_of({"case": " 26-10482 ", "group": ""}).query == "case=26-10482"
    for nonsense in (
        {},
        {"case": "1", "fund": "1"},
        {"group": "rich"},
        {"region": "abc"},
        {"item": "7"},
        {"fund": "2"},
    ):
        with pytest.raises(Refusal) as refused:
            wanted_of(nonsense)
        assert refused.value.code == "gift.no_target"


@given(st.dictionaries(st.sampled_from(["case", "item", "group", "region", "fund"]), st.text(max_size=20), max_size=2))
def test_any_address_is_a_target_or_one_refusal(given_words: dict[str, str]) -> None:
    try:
        wanted = wanted_of(given_words)
    except Refusal as refusal:
        assert refusal.code == "gift.no_target"
    else:
        assert wanted_of({wanted.kind: wanted.text}) == wanted


def test_only_tenge_are_taken() -> None:
    check_currency("KZT")
    check_currency("")
    with pytest.raises(Refusal) as refused:
        check_currency("USD")
    assert refused.value.code == "gift.currency"


def test_a_changed_gift_under_the_same_id_is_refused_with_the_known_sum() -> None:
    check_same_gift(known=[1, "a"], asked=(1, "a"), known_tiyn=1)
    with pytest.raises(Refusal) as refused:
        check_same_gift(known=[750_000], asked=[760_000], known_tiyn=750_000)
    assert (refused.value.code, refused.value.facts) == ("gift.changed", {"known_tiyn": 750_000})


@given(st.lists(st.sampled_from([*IntentState, "pending", "nonsense"]), max_size=6))
def test_received_once_only_going_back_undoes_it(news: list[str]) -> None:
    state = IntentState.STARTED
    for word in news:
        state = heard(state, word)
    gone = (IntentState.REFUNDED, IntentState.CHARGED_BACK)
    assert (state in gone) == any(word in gone for word in news)
    if state not in gone:
        assert (state == IntentState.RECEIVED) == (IntentState.RECEIVED in news)
