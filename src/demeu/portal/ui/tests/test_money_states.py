"""The bar and the ring show every tenge once."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from demeu.portal.ui.money_states import MoneyStates

SUMS = st.integers(min_value=0, max_value=10**13)


@given(SUMS, SUMS, SUMS, SUMS, st.one_of(st.none(), SUMS))
def test_the_four_states_and_the_rest_fill_the_whole(
    delivered: int, paid: int, held: int, received: int, goal: int | None
) -> None:
    money = MoneyStates(delivered, paid, held, received, goal)
    assert sum(segment.amount_tiyn for segment in money.all_segments) == money.collected_tiyn
    assert money.collected_tiyn + money.rest_tiyn == max(goal or 0, money.collected_tiyn)


@given(SUMS, SUMS, SUMS, SUMS, SUMS)
def test_segments_stand_side_by_side_and_never_leave_the_bar(
    delivered: int, paid: int, held: int, received: int, goal: int
) -> None:
    segments = MoneyStates(delivered, paid, held, received, goal).all_segments
    for left, right in itertools.pairwise(segments):
        assert abs(left.end - right.start) < 0.01
    assert segments[0].start >= -0.01 and segments[-1].end <= 100.01


def test_an_overfull_case_is_full_and_not_more() -> None:
    money = MoneyStates(received_tiyn=300, goal_tiyn=200)
    assert money.collected_end == 100
    assert money.rest_tiyn == 0


def test_the_text_names_all_four_states_and_what_is_missing() -> None:
    text = MoneyStates(100, 200, 300, 400, 2000).text
    assert all(f"{tenge}\u00a0₸" in text for tenge in (1, 2, 3, 4, 10))


def test_an_empty_state_takes_no_room_but_is_still_listed() -> None:
    money = MoneyStates(paid_tiyn=100, goal_tiyn=100)
    assert [segment.key for segment in money.segments] == ["paid"]
    assert [segment.key for segment in money.all_segments] == ["delivered", "paid", "held", "received"]
