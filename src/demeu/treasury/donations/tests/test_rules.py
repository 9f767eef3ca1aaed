"""Promises about the life of a gift."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.kernel.errors import Refusal
from demeu.treasury.donations.rules import (
    GiftState,
    Word,
    check_need_open,
    check_paid_sum,
    check_startable,
    check_target,
    next_state,
    redeclared_tiyn,
)

NOW = datetime(2026, 11, 22, tzinfo=UTC)
LATER = NOW + timedelta(minutes=90)
states, words = st.sampled_from(list(GiftState)), st.sampled_from(list(Word))


@given(states, st.lists(words, max_size=12), st.booleans())
def test_once_received_no_word_of_a_gateway_takes_it_back(state: GiftState, told: list[Word], late: bool) -> None:
    received = False
    for word in told:
        state = next_state(state, word, now=NOW if late else LATER, expires_at=LATER if late else NOW)
        received = received or state is GiftState.RECEIVED
        assert not received or state is GiftState.RECEIVED


@given(states, words)
def test_hearing_the_same_word_twice_is_hearing_it_once(state: GiftState, word: Word) -> None:
    once = next_state(state, word, now=NOW, expires_at=LATER)
    assert next_state(once, word, now=NOW, expires_at=LATER) is once


@pytest.mark.parametrize("state", [GiftState.EXPIRED, GiftState.DECLINED, GiftState.UNKNOWN, GiftState.PENDING])
def test_money_that_came_counts_however_late(state: GiftState) -> None:
    assert next_state(state, Word.PAID, now=LATER, expires_at=NOW) is GiftState.RECEIVED


@pytest.mark.parametrize(
    ("word", "state"),
    [(Word.WAITING, GiftState.EXPIRED), (Word.UNREACHABLE, GiftState.UNKNOWN), (Word.FAILED, GiftState.DECLINED)],
)
def test_an_ended_session_is_decided_by_what_the_gateway_says(word: Word, state: GiftState) -> None:
    assert next_state(GiftState.PENDING, word, now=LATER, expires_at=NOW) is state


def test_an_open_session_waits() -> None:
    for word in (Word.WAITING, Word.UNREACHABLE):
        assert next_state(GiftState.PENDING, word, now=NOW, expires_at=LATER) is GiftState.PENDING


def test_refunded_and_charged_back_stay() -> None:
    for state in (GiftState.REFUNDED, GiftState.CHARGED_BACK):
        assert next_state(state, Word.PAID, now=NOW, expires_at=LATER) is state


def test_only_the_very_sum_in_tenge_counts() -> None:
    assert check_paid_sum(asked_tiyn=100, paid_tiyn=100, currency="KZT")
    assert not check_paid_sum(asked_tiyn=100, paid_tiyn=99, currency="KZT")
    assert not check_paid_sum(asked_tiyn=100, paid_tiyn=101, currency="KZT")
    assert not check_paid_sum(asked_tiyn=100, paid_tiyn=100, currency="USD")


@pytest.mark.parametrize(
    ("kind", "has_id", "code"),
    [
        ("case", False, None),
        ("case", True, "x"),
        ("fund", True, None),
        ("group", False, None),
        ("group", True, "x"),
        ("region", False, "75"),
        ("region", False, "75000000x"),
        ("planet", False, None),
    ],
)
def test_a_target_that_names_the_wrong_thing_is_refused(kind: str, has_id: bool, code: str | None) -> None:
    with pytest.raises(Refusal, match=r"gift\.target_unreadable"):
        check_target(kind, has_id=has_id, code=code)


def test_right_targets_pass() -> None:
    check_target("case", has_id=True, code=None)
    check_target("region", has_id=False, code="750000000")
    check_target("fund", has_id=False, code=None)


def test_a_closed_need_takes_no_gift_and_a_decided_gift_no_page() -> None:
    with pytest.raises(Refusal, match=r"need\.closed"):
        check_need_open(open_=False, case="c")
    with pytest.raises(Refusal, match=r"gift\.already_decided"):
        check_startable(GiftState.RECEIVED, same=True, gift="g")
    with pytest.raises(Refusal, match=r"gift\.differs"):
        check_startable(GiftState.PENDING, same=False, gift="g")


@given(st.integers(1, 10**9), st.integers(0, 10**9))
def test_declaring_again_never_takes_back_what_is_funded(asked: int, funded: int) -> None:
    assert redeclared_tiyn(asked_tiyn=asked, funded_tiyn=funded) >= max(asked, funded)
