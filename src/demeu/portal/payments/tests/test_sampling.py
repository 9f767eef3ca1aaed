"""Wilson's interval and the drawing of the sample, by known values and by properties."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.kernel.ids import new_id
from demeu.portal.payments.sampling import SAMPLE_MAX, SAMPLE_MIN, drawn, estimate, sample_size, wilson


@pytest.mark.parametrize(
    ("yes", "answered", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662), (95, 100, 0.8882, 0.9785)],
)
def test_wilsons_interval_is_that_of_the_books(yes: int, answered: int, low: float, high: float) -> None:
    found = wilson(yes, answered)
    assert found == (pytest.approx(low, abs=1e-4), pytest.approx(high, abs=1e-4))


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_interval_holds_the_share_and_is_the_mirror_of_the_noes(yes: int, no: int) -> None:
    low, high = wilson(yes, yes + no)
    assert 0 <= low <= high <= 1
    if yes + no:
        assert low - 1e-12 <= yes / (yes + no) <= high + 1e-12
        assert wilson(no, yes + no) == (pytest.approx(1 - high), pytest.approx(1 - low))


@given(st.integers(1, 100), st.integers(0, 100), st.integers(2, 9))
def test_more_answers_of_the_same_share_say_more(yes: int, no: int, times: int) -> None:
    narrow, wide = estimate(0, [True] * yes * times + [False] * no * times), estimate(0, [True] * yes + [False] * no)
    assert narrow.margin_bp <= wide.margin_bp


@pytest.mark.parametrize("share", [0.5, 0.8, 0.95])
def test_about_95_of_100_intervals_hold_the_true_share(share: float) -> None:
    """Computed from all outcomes of a hundred answers, not drawn."""
    size, held = 100, 0.0
    for yes in range(size + 1):
        low, high = wilson(yes, size)
        if low <= share <= high:
            held += comb(size, yes) * share**yes * (1 - share) ** (size - yes)
    assert 0.93 <= held <= 0.975


@given(st.integers(0, 100_000))
def test_the_sample_is_everybody_while_they_are_few_and_never_too_many(population: int) -> None:
    size = sample_size(population)
    assert size == population if population <= SAMPLE_MIN else SAMPLE_MIN <= size <= min(population, SAMPLE_MAX)


def test_the_lot_draws_only_what_is_missing_and_not_always_the_same() -> None:
    items = [new_id() for _ in range(1_000)]
    assert len(drawn(items, 0)) == 100 and len(drawn(items[90:], 90)) == 10 and drawn(items[100:], 100) == []
    assert len({tuple(drawn(items, 0)) for _ in range(5)}) > 1


def test_who_did_not_answer_is_not_guessed() -> None:
    found = estimate(10, [True, True, False])
    assert (found.asked, found.answered, found.yes, found.share_bp) == (10, 3, 2, 6667)
    nothing = estimate(10, [])
    assert (nothing.low_bp, nothing.high_bp) == (0, 10_000)
