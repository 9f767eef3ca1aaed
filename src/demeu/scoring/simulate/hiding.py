"""Which counts must be hidden so that no small one is read or worked out. Pure: knows counts and sums, no tables.

A reader is taken to know every shown count, every sum between counts, and that a hidden count is at least 1 (nobody is
hidden: 0 is shown). Small counts must then neither follow exactly nor lie within a range narrower than ten.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

SMALL = 11
RANGE_MIN = 10
PASSES_MAX = 60
Key = Hashable


class TooFew(Exception):
    """There are so few households that a count follows whatever is hidden."""


@dataclass(frozen=True)
class Sum:
    """`total` = the sum of `parts`; every one of them a key of a count."""

    total: Key
    parts: tuple[Key, ...]

    @property
    def keys(self) -> tuple[Key, ...]:
        """All keys, the total first."""
        return (self.total, *self.parts)


def small(count: int) -> bool:
    """Whether a count is of few households; a difference counts in both directions."""
    return 0 < abs(count) < SMALL


def hidden(
    counts: Mapping[Key, int], sums: Sequence[Sum], unpublished: Collection[Key] = (), dear: Collection[Key] = ()
) -> frozenset[Key]:
    """Keys that must not be shown; `unpublished` are never shown, yet must not follow either where they are small.

    `dear` are hidden last, because readers need them most; raises `TooFew` when nothing helps.
    """
    found = {key for key, count in counts.items() if small(count)} | set(unpublished)
    by_key: dict[Key, list[Sum]] = {key: [] for key in counts}
    for one in sums:
        for key in one.keys:
            by_key[key].append(one)
    while exposed := exposures(counts, sums, found, unpublished):
        helped: set[int] = set()
        added = False
        for key in exposed:
            if helped.isdisjoint(map(id, by_key[key])):
                cover = _cover(key, counts, by_key, found, set(dear))
                if cover is not None:
                    found.add(cover)
                    added = True
                    helped |= set(map(id, by_key[cover]))
        if not added:
            raise TooFew(f"{exposed[0]} follows although everything near it is hidden")
    company = [key for key in found if key not in unpublished and not small(counts[key])]
    company.sort(key=lambda one: (one not in dear, -len(by_key[one]), -counts[one], str(one)))
    return _shown_again(counts, sums, found, set(unpublished), company)


def _shown_again(
    counts: Mapping[Key, int], sums: Sequence[Sum], found: set[Key], unpublished: set[Key], company: Sequence[Key]
) -> frozenset[Key]:
    """Without what of the company turned out to be hidden for nothing."""
    for key in company:
        if not exposures(counts, sums, found - {key}, unpublished):
            found = found - {key}
    return frozenset(found)


def _cover(
    key: Key, counts: Mapping[Key, int], by_key: Mapping[Key, list[Sum]], found: set[Key], dear: set[Key]
) -> Key | None:
    """The cheapest shown count to hide beside this one.

    First where a hidden count is alone in a sum, nearest first; then in the sums of the key itself; then further away.
    """
    for lonely in (True, False):
        for shown in _near(key, by_key, found, lonely=lonely):
            priced = [other for other in shown if counts[other] != 0]
            if priced:
                return min(priced, key=lambda other: (other in dear, *_price(other, counts, by_key, found)))
    return None


def _near(key: Key, by_key: Mapping[Key, list[Sum]], found: set[Key], *, lonely: bool) -> Iterator[set[Key]]:
    """Shown counts that stand in a sum with the key, then with hidden ones that do, and so on."""
    seen, rim = {key}, [key]
    while rim:
        near = [each for one in rim for each in by_key[one]]
        open_sums = [each for each in near if not lonely or sum(other in found for other in each.keys) == 1]
        yield {other for each in open_sums for other in each.keys if other not in found}
        rim = sorted({other for each in near for other in each.keys if other in found} - seen, key=str)
        seen |= set(rim)


def _price(
    key: Key, counts: Mapping[Key, int], by_key: Mapping[Key, list[Sum]], found: set[Key]
) -> tuple[int, int, int, str]:
    """Cheap: leaves no sum with one hidden count, stands in few sums, is small."""
    alone = sum(all(other not in found for other in each.keys) for each in by_key[key])
    return (alone, len(by_key[key]), abs(counts[key]), str(key))


def exposures(
    counts: Mapping[Key, int], sums: Sequence[Sum], found: Collection[Key], unpublished: Collection[Key] = ()
) -> list[Key]:
    """Small counts that follow, exactly or nearly, from what is shown while `found` is hidden; in a fixed order."""
    guarded = [key for key in counts if key in found and small(counts[key])]
    low, high = _ranges(counts, sums, set(found), set(unpublished))
    narrow = {key for key in guarded if high[key] - low[key] < RANGE_MIN}
    exact = _determined(counts, sums, set(found))
    return [key for key in guarded if key in narrow or key in exact]


def _ranges(
    counts: Mapping[Key, int], sums: Sequence[Sum], found: set[Key], unpublished: set[Key]
) -> tuple[dict[Key, float], dict[Key, float]]:
    """Bounds of each hidden count by working through the sums until nothing narrows."""
    low = {key: -inf if key in unpublished else 1.0 for key in found}
    high = dict.fromkeys(found, inf)
    signed = [_signed(one, counts, found) for one in sums]
    for _ in range(PASSES_MAX):
        narrowed = [_narrow(terms, known, low, high) for terms, known in signed if terms]
        if not any(narrowed):
            break
    return low, high


def _signed(one: Sum, counts: Mapping[Key, int], found: set[Key]) -> tuple[list[tuple[Key, int]], int]:
    """Hidden terms of total − parts = 0 with their signs, and the sum of the shown ones."""
    terms = [(key, 1 if place == 0 else -1) for place, key in enumerate(one.keys)]
    known = sum(sign * counts[key] for key, sign in terms if key not in found)
    return [(key, sign) for key, sign in terms if key in found], known


def _narrow(terms: list[tuple[Key, int]], known: int, low: dict[Key, float], high: dict[Key, float]) -> bool:
    """Whether the bounds of any term of one sum became narrower."""
    changed = False
    ends = {key: (sign * low[key], sign * high[key]) for key, sign in terms}
    for key, sign in terms:
        rest_low = known + sum(min(end) for other, end in ends.items() if other != key)
        rest_high = known + sum(max(end) for other, end in ends.items() if other != key)
        one, two = -sign * rest_high, -sign * rest_low
        bottom, top = max(low[key], min(one, two)), min(high[key], max(one, two))
        if bottom > low[key] or top < high[key]:
            low[key], high[key], changed = bottom, top, True
            ends[key] = (sign * bottom, sign * top)
    return changed


def _determined(counts: Mapping[Key, int], sums: Sequence[Sum], found: set[Key]) -> set[Key]:
    """Hidden counts with one value only in every solution of the sums: alone in a row of the reduced system."""
    names = [key for key in counts if key in found]
    place = {key: column for column, key in enumerate(names)}
    rows = []
    for one in sums:
        terms = [(key, 1.0 if at == 0 else -1.0) for at, key in enumerate(one.keys) if key in found]
        if terms:
            row = np.zeros(len(names))
            for key, sign in terms:
                row[place[key]] += sign
            rows.append(row)
    return {names[column] for column in _alone(np.array(rows).reshape(len(rows), len(names)))}


def _alone(system: "np.ndarray[tuple[int, int], np.dtype[np.float64]]") -> list[int]:
    """Columns of unknowns that Gauss-Jordan elimination leaves alone in their row."""
    rows, columns = system.shape
    top = 0
    for column in range(columns):
        if top == rows:
            break
        pivot = top + int(np.argmax(np.abs(system[top:, column])))
        if abs(system[pivot, column]) < 1e-9:
            continue
        system[[top, pivot]] = system[[pivot, top]]
        system[top] /= system[top, column]
        others = np.flatnonzero(np.abs(system[:, column]) > 1e-9)
        others = others[others != top]
        system[others] -= np.outer(system[others, column], system[top])
        top += 1
    filled = np.abs(system[:top]) > 1e-9
    return [int(np.flatnonzero(row)[0]) for row in filled if row.sum() == 1]
