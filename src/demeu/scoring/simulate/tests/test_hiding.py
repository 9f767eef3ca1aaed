"""Hidden counts stay hidden: no total, difference or linked table gives a small one away."""

from collections.abc import Collection, Iterator, Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demeu.scoring.simulate.hiding import RANGE_MIN, SMALL, Key, Sum, TooFew, exposures, hidden, small

Grid = list[list[int]]
MOST = 30


def table(grid: Grid) -> tuple[dict[Key, int], list[Sum]]:
    """A table with its margins: cells (row, column), totals of rows, columns and all."""
    rows, columns = range(len(grid)), range(len(grid[0]))
    counts: dict[Key, int] = {(r, c): grid[r][c] for r in rows for c in columns}
    counts |= {("row", r): sum(grid[r]) for r in rows}
    counts |= {("column", c): sum(grid[r][c] for r in rows) for c in columns}
    counts["all"] = sum(map(sum, grid))
    sums = [Sum(("row", r), tuple((r, c) for c in columns)) for r in rows]
    sums += [Sum(("column", c), tuple((r, c) for r in rows)) for c in columns]
    sums += [Sum("all", tuple(("row", r) for r in rows)), Sum("all", tuple(("column", c) for c in columns))]
    return counts, sums


def another_value(
    counts: Mapping[Key, int],
    sums: Sequence[Sum],
    out: frozenset[Key],
    key: Key,
    differences: Collection[Key] = (),
) -> bool:
    """An attacker of another make: looks for a table that fits all that is shown and has another value at `key`.

    Projects in turn on the sums and on «hidden counts are at least 1» (differences may be anything), with the count at
    `key` moved.
    """
    names = [one for one in counts if one in out]
    system = np.array([[(one == each.total) - each.parts.count(one) for one in names] for each in sums], dtype=float)
    known = [
        sum(counts[p] for p in one.parts if p not in out) - counts[one.total] * (one.total not in out) for one in sums
    ]
    at = names.index(key)
    least = np.array([-np.inf if one in differences else 1.0 for one in names])
    for moved in (1.0, -1.0, 0.4, -0.4):
        value = counts[key] + moved
        if value < 1:
            continue
        target = np.append(known, value)
        pinned = np.vstack([system, np.eye(len(names))[at]])
        inverse = np.linalg.pinv(pinned)
        guess = np.array([counts[one] for one in names], dtype=float)
        for _ in range(3_000):
            guess = np.maximum(guess, least)
            guess -= inverse @ (pinned @ guess - target)
            if (guess > least - 1e-6).all():
                break
        if (guess > least - 1e-3).all() and np.abs(pinned @ guess - target).max() < 1e-6:
            return True
    return False


def fillings(guess: dict[Key, int], sums: Sequence[Sum], waiting: frozenset[Key]) -> Iterator[dict[Key, int]]:
    """Every way to fill the hidden counts with 1 … MOST that fits all that is shown."""
    for one in sums:
        open_keys = [key for key in one.keys if key in waiting]
        if not open_keys and guess[one.total] != sum(guess[part] for part in one.parts):
            return
        if len(open_keys) == 1:
            (key,) = open_keys
            known = sum(guess[part] for part in one.parts if part != key)
            value = known if key == one.total else guess[one.total] - known
            if value >= 1:
                yield from fillings({**guess, key: value}, sums, waiting - {key})
            return
    if not waiting:
        yield guess
        return
    key = min(waiting, key=str)
    for value in range(1, MOST + 1):
        yield from fillings({**guess, key: value}, sums, waiting - {key})


def test_a_small_count_takes_company_in_its_row_and_its_column() -> None:
    counts, sums = table([[3, 500, 700], [400, 600, 800], [900, 100, 200]])
    out = hidden(counts, sums)
    assert (0, 0) in out
    assert sum((0, c) in out for c in range(3)) >= 2 or ("row", 0) in out
    assert sum((r, 0) in out for r in range(3)) >= 2 or ("column", 0) in out


def test_the_differencing_attack_is_noticed() -> None:
    """Row total minus the shown cells of the row."""
    counts, sums = table([[3, 500], [400, 600]])
    assert exposures(counts, sums, {(0, 0)}) == [(0, 0)]


def test_two_small_counts_are_not_company_enough() -> None:
    """2 is left for two counts that are at least 1 each: both are 1."""
    counts, sums = table([[1, 1, 500], [700, 800, 900], [600, 400, 300]])
    assert set(exposures(counts, sums, {(0, 0), (0, 1), (1, 0), (1, 1)})) == {(0, 0), (0, 1)}
    out = hidden(counts, sums)
    assert exposures(counts, sums, out) == []


def test_a_bridge_between_two_circles_is_noticed() -> None:
    """Every row and column has two hidden counts, and one of them still follows."""
    grid = [[20] * 6 for _ in range(5)]
    out = {(0, 0), (0, 1), (1, 0), (1, 1), (2, 3), (2, 4), (3, 3), (3, 4), (4, 5)}
    bridge = (0, 3)
    grid[0][3] = 4
    counts, sums = table(grid)
    circles = (out - {(4, 5)}) | {bridge}
    assert sum((r, 3) in circles for r in range(5)) >= 2
    assert sum((0, c) in circles for c in range(6)) >= 2
    assert exposures(counts, sums, circles) == [bridge]
    assert exposures(counts, sums, hidden(counts, sums)) == []


def test_nobody_is_shown_and_eleven_is_shown() -> None:
    counts, sums = table([[0, SMALL, 30], [40, 50, 60]])
    assert hidden(counts, sums) == frozenset()


def test_a_table_linked_by_its_totals_does_not_give_a_count_away() -> None:
    """Two tables of the same people: what one hides, the other must not show."""
    counts: dict[Key, int] = {"all": 1000, "a": 4, "b": 996, "a1": 4, "a2": 0, "b1": 496, "b2": 500, "1": 500, "2": 500}
    sums = [Sum("all", ("a", "b")), Sum("all", ("1", "2")), Sum("a", ("a1", "a2")), Sum("b", ("b1", "b2"))]
    sums += [Sum("1", ("a1", "b1")), Sum("2", ("a2", "b2"))]
    out = hidden(counts, sums)
    assert exposures(counts, sums, out) == []
    assert {"a", "a1"} <= out


def test_a_small_difference_between_two_editions_is_not_given_away() -> None:
    """A region had 40, now 43: three households moved, and nobody may work that out."""
    counts: dict[Key, int] = {"before": 40, "after": 43, "moved": 3, "rest before": 60, "rest after": 57, "all": 100}
    sums = [
        Sum("after", ("before", "moved")),
        Sum("all", ("before", "rest before")),
        Sum("all", ("after", "rest after")),
    ]
    assert "moved" in exposures(counts, sums, {"moved"}, {"moved"})
    out = hidden(counts, sums, {"moved"})
    assert exposures(counts, sums, out, {"moved"}) == []
    assert out > {"moved"}


@pytest.mark.parametrize(
    "grid",
    [
        [[1, 12, 15], [14, 20, 13], [16, 12, 11]],
        [[1, 14, 30], [12, 13, 12], [20, 15, 16]],
        [[2, 22], [23, 24]],
        [[5, 0, 24], [0, 12, 13], [21, 14, 0]],
    ],
)
def test_an_attacker_who_tries_every_table_learns_no_small_count(grid: Grid) -> None:
    counts, sums = table(grid)
    out = hidden(counts, sums)
    possible: dict[Key, set[int]] = {}
    for guess in fillings(counts, sums, out):
        for key in out:
            possible.setdefault(key, set()).add(guess[key])
    for key in out:
        if small(counts[key]):
            assert max(possible[key]) - min(possible[key]) >= RANGE_MIN, (key, possible[key])


@settings(max_examples=40, deadline=None)
@given(
    st.integers(2, 6).flatmap(
        lambda width: st.lists(
            st.lists(st.sampled_from([0, 1, 2, 9, 10, 11, 40, 900]), min_size=width, max_size=width),
            min_size=2,
            max_size=6,
        )
    )
)
def test_no_small_count_follows_in_any_table(grid: Grid) -> None:
    counts, sums = table(grid)
    try:
        out = hidden(counts, sums)
    except TooFew:
        assert sum(count >= SMALL for count in counts.values()) < 40  # nothing can be told of so few
        return
    assert exposures(counts, sums, out) == []
    assert all(key in out for key, count in counts.items() if small(count))
    for key in out:
        if small(counts[key]):
            assert another_value(counts, sums, out, key), key
