"""The rules over movements, by examples and by properties."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.treasury.monitoring.rules import Kind, Movement, alarms, longest_window, release_on

RELEASE = release_on(date(2026, 11, 22))
NOON = datetime(2026, 11, 1, 7, tzinfo=UTC)
RULES = {rule.name: rule for rule in RELEASE.rules}
MILLION = 100_000_000


def moved(*steps: tuple[float, int], party: str = "donor:1", direction: str = "in") -> list[Movement]:
    """(hours after noon, tiyn) of one party."""
    return [
        Movement(f"{party}-{number}", NOON + timedelta(hours=hours), amount, party, direction)
        for number, (hours, amount) in enumerate(steps)
    ]


def met(movements: list[Movement]) -> set[str]:
    return {alarm.rule for alarm in alarms(movements, RELEASE)}


@pytest.mark.parametrize(
    ("movements", "rules"),
    [
        (moved((0, MILLION - 1)), set()),
        (moved((0, MILLION)), {"threshold_in"}),
        (moved((0, 3 * MILLION), direction="out"), {"threshold_out"}),
        (moved((0, 40_000_000), (1, 30_000_000), (2, 30_000_000)), {"split_in"}),
        (moved((0, 40_000_000), (1, 30_000_000), (2, 29_999_999)), set()),
        (moved((0, 40_000_000), (1, 30_000_000), (200, 30_000_000)), set()),
        (moved(*[(number / 10, 10_000 + number) for number in range(20)]), {"velocity_in"}),
        (moved(*[(number * 2, 10_000 + number) for number in range(20)]), set()),
        (moved(*[(24 * number, 5_000) for number in range(5)]), {"same_sum_in"}),
        (moved(*[(number / 2, 5_000) for number in range(5)]), set()),
        (moved(*[(24 * number, 5_000 + number) for number in range(5)]), set()),
    ],
)
def test_each_rule_is_met_by_what_it_names_and_not_by_a_little_less(movements: list[Movement], rules: set[str]) -> None:
    assert met(movements) == rules


def test_two_parties_are_not_added_up() -> None:
    halves = [moved((number, 40_000_000), party=f"donor:{number}")[0] for number in range(3)]
    assert met(halves) == set()


def test_the_threshold_of_the_law_is_marked_as_not_confirmed() -> None:
    assert RELEASE.confirmed is False and longest_window(RELEASE) == timedelta(hours=240)


steps = st.lists(st.tuples(st.integers(0, 400), st.integers(1, 4 * MILLION)), max_size=25)


@given(steps, st.randoms())
def test_the_order_in_which_movements_are_told_changes_nothing(found: list[tuple[int, int]], chance: object) -> None:
    movements = moved(*found)
    mixed = list(movements)
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert alarms(mixed, RELEASE) == alarms(movements, RELEASE) == alarms([*movements, *mixed], RELEASE)


@given(steps, steps)
def test_more_movements_never_silence_a_rule(some: list[tuple[int, int]], more: list[tuple[int, int]]) -> None:
    assert met(moved(*some)) <= met(moved(*some, *more))


@given(steps, st.integers(0, 10_000))
def test_only_time_between_movements_counts_save_for_days(found: list[tuple[int, int]], days: int) -> None:
    later = [(hours + 24 * days, amount) for hours, amount in found]
    assert met(moved(*found)) == met(moved(*later))


@given(steps)
def test_an_alarm_names_movements_of_its_party_that_really_meet_it(found: list[tuple[int, int]]) -> None:
    movements = {one.id: one for one in moved(*found)}
    for alarm in alarms(movements.values(), RELEASE):
        rule, named = RULES[alarm.rule], [movements[one] for one in alarm.movements]
        assert alarm.facts["total_tiyn"] == sum(one.amount_tiyn for one in named)
        assert alarm.upto == max(one.at for one in named) and len(named) >= rule.parts_min
        if rule.kind is Kind.THRESHOLD:
            assert all(one.amount_tiyn >= rule.at_least_tiyn for one in named)
        else:
            assert max(one.at for one in named) - min(one.at for one in named) <= rule.window
        if rule.kind is Kind.STRUCTURING:
            assert alarm.facts["total_tiyn"] >= rule.at_least_tiyn
        if rule.kind is Kind.SAME_SUM:
            assert len({one.amount_tiyn for one in named}) == 1
