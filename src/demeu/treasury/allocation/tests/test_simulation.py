"""Promises of the comparison of two rules."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.treasury.allocation.rules import PPM, RULES
from demeu.treasury.allocation.simulation import World, gini_ppm, simulate

WORLD = World(seed=7, days=30, needs_a_day=6, gifts_a_day=40)


def test_the_same_seed_gives_the_same_outcome_and_another_seed_another() -> None:
    rule = RULES["2026-2"]
    assert simulate(WORLD, rule) == simulate(WORLD, rule) != simulate(replace(WORLD, seed=8), rule)


def test_two_rules_get_the_same_needs_and_nearly_the_same_money_and_share_it_differently() -> None:
    first, second = (simulate(WORLD, RULES[version]) for version in ("2026-1", "2026-2"))
    assert first.needs == second.needs == 180 == second.filled + second.unfilled
    assert abs(first.funded_ppm - second.funded_ppm) < PPM // 50
    assert (first.gini_ppm, first.wait_median_days) != (second.gini_ppm, second.wait_median_days)


def test_emergencies_wait_less_than_others_under_every_rule() -> None:
    for rule in RULES.values():
        outcome = simulate(replace(WORLD, gifts_a_day=60), rule)
        assert outcome.emergency_wait_median_days <= outcome.wait_median_days


@pytest.mark.parametrize(
    ("shares", "expected"), [([], 0), ([0, 0], 0), ([5, 5, 5], 0), ([0, 0, 0, 4], 750_000), ([1, 3], 250_000)]
)
def test_gini_is_that_of_the_textbook(shares: list[int], expected: int) -> None:
    assert gini_ppm(shares) == expected


@given(st.lists(st.integers(0, PPM), min_size=1, max_size=50))
def test_gini_stays_between_equal_and_all_to_one(shares: list[int]) -> None:
    assert 0 <= gini_ppm(shares) < PPM
    assert gini_ppm(shares) == gini_ppm([share * 3 for share in shares])
