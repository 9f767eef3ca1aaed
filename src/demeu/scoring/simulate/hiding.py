"""Which counts must be hidden so that no small one is read or worked out. Pure: knows counts and sums, no tables.

A reader is taken to know every shown count, every sum between counts, and that a hidden count is at least 1 (nobody is
hidden: 0 is shown). Small counts must then neither follow exactly nor lie within a range narrower than ten.
"""

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

SMALL = 11
RANGE_MIN = 10
PASSES_MAX = 60
ZERO = 1e-9
NOTHING: Mapping[Hashable, int] = {}
Key = Hashable
Floats = npt.NDArray[np.float64]
Indices = npt.NDArray[np.int64]


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
    counts: Mapping[Key, int], sums: Sequence[Sum], unpublished: Collection[Key] = (), dear: Mapping[Key, int] = NOTHING
) -> frozenset[Key]:
    """Keys that must not be shown; `unpublished` are never shown, yet must not follow either where they are small.

    `dear` are hidden last, the higher the later, because readers need them; raises `TooFew` when nothing helps.
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
                cover = _cover(key, counts, by_key, found, dear)
                if cover is not None:
                    found.add(cover)
                    added = True
                    helped |= set(map(id, by_key[cover]))
        if not added:
            raise TooFew(f"{exposed[0]} follows although everything near it is hidden")
    company = [key for key in found if key not in unpublished and not small(counts[key])]
    company.sort(key=lambda one: (-dear.get(one, 0), -len(by_key[one]), -counts[one], str(one)))
    return _shown_again(counts, sums, found, set(unpublished), company)


def _shown_again(
    counts: Mapping[Key, int], sums: Sequence[Sum], found: set[Key], unpublished: set[Key], company: Sequence[Key]
) -> frozenset[Key]:
    """Without what of the company turned out to be hidden for nothing."""
    for key in company:
        if _safe(counts, sums, found - {key}, unpublished):
            found = found - {key}
    return frozenset(found)


def _cover(
    key: Key, counts: Mapping[Key, int], by_key: Mapping[Key, list[Sum]], found: set[Key], dear: Mapping[Key, int]
) -> Key | None:
    """The cheapest shown count to hide beside this one.

    First where a hidden count is alone in a sum, nearest first; then in the sums of the key itself; then further away.
    """
    for lonely in (True, False):
        for shown in _near(key, by_key, found, lonely=lonely):
            priced = [other for other in shown if counts[other] != 0]
            if priced:
                return min(priced, key=lambda other: (dear.get(other, 0), *_price(other, counts, by_key, found)))
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
    seen = _seen(counts, sums, found, unpublished)
    narrow, exact = seen.narrow(), seen.exact()
    return [key for key in seen.names if small(counts[key]) and (key in narrow or key in exact)]


def _safe(counts: Mapping[Key, int], sums: Sequence[Sum], found: Collection[Key], unpublished: Collection[Key]) -> bool:
    """Whether there are no exposures; cheaper, because it stops at the first kind."""
    seen = _seen(counts, sums, found, unpublished)
    guarded = {key for key in seen.names if small(counts[key])}
    return guarded.isdisjoint(seen.narrow()) and guarded.isdisjoint(seen.exact())


@dataclass(frozen=True)
class _Seen:
    """What a reader sees: in each sum (`row`) some hidden counts (`column`) with their `sign`, and the rest `known`."""

    names: tuple[Key, ...]
    row: Indices
    column: Indices
    sign: Floats
    known: Floats
    least: Floats

    def narrow(self) -> set[Key]:
        """Hidden counts whose bounds lie closer than `RANGE_MIN`, working through the sums until nothing narrows."""
        low, high = self.least.copy(), np.full(len(self.names), np.inf)
        adds = self.sign > 0
        for _ in range(PASSES_MAX):
            smallest = np.where(adds, low[self.column], -high[self.column])
            largest = np.where(adds, high[self.column], -low[self.column])
            top = -(self.known[self.row] + self._others(smallest))
            bottom = -(self.known[self.row] + self._others(largest))
            lower, upper = low.copy(), high.copy()
            np.maximum.at(lower, self.column, np.where(adds, bottom, -top))
            np.minimum.at(upper, self.column, np.where(adds, top, -bottom))
            if np.array_equal(lower, low) and np.array_equal(upper, high):
                break
            low, high = lower, upper
        return {self.names[column] for column in np.flatnonzero(high - low < RANGE_MIN)}

    def _others(self, terms: Floats) -> Floats:
        """For each term the sum of the other terms of its row; endless if one of them is."""
        endless = np.isinf(terms)
        finite = np.where(endless, 0, terms)
        rows = len(self.known)
        rest = np.bincount(self.row, finite, rows)[self.row] - finite
        open_ended = np.bincount(self.row, endless, rows)[self.row] - endless
        way = np.where(terms[endless][:1] < 0, -np.inf, np.inf) if endless.any() else np.inf
        return np.where(open_ended > 0, way, rest)

    def exact(self) -> set[Key]:
        """Hidden counts with one value in every solution of the sums: alone in a row of the reduced system."""
        system = np.zeros((len(self.known), len(self.names)))
        np.add.at(system, (self.row, self.column), self.sign)
        return {self.names[column] for column in _alone(system)}


def _seen(
    counts: Mapping[Key, int], sums: Sequence[Sum], found: Collection[Key], unpublished: Collection[Key]
) -> _Seen:
    names = tuple(key for key in counts if key in found)
    place = {key: column for column, key in enumerate(names)}
    row: list[int] = []
    column: list[int] = []
    sign: list[int] = []
    known: list[int] = []
    for one in sums:
        terms = [(place[key], 1 if at == 0 else -1) for at, key in enumerate(one.keys) if key in place]
        if terms:
            row += [len(known)] * len(terms)
            column += [at for at, _ in terms]
            sign += [way for _, way in terms]
            shown = sum(counts[part] for part in one.parts if part not in place)
            known.append((0 if one.total in place else counts[one.total]) - shown)
    never = set(unpublished)
    least = np.array([-np.inf if key in never else 1.0 for key in names])
    indices = (np.array(row, dtype=np.int64), np.array(column, dtype=np.int64))
    return _Seen(names, *indices, np.array(sign, dtype=float), np.array(known, dtype=float), least)


def _alone(system: Floats) -> list[int]:
    """Columns of unknowns that Gauss-Jordan elimination leaves alone in their row."""
    rows, columns = system.shape
    top = 0
    for column in range(columns):
        if top == rows:
            break
        pivot = top + int(np.argmax(np.abs(system[top:, column])))
        if abs(system[pivot, column]) < ZERO:
            continue
        system[[top, pivot]] = system[[pivot, top]]
        system[top] /= system[top, column]
        others = np.flatnonzero(np.abs(system[:, column]) > ZERO)
        others = others[others != top]
        system[others] -= np.outer(system[others, column], system[top])
        top += 1
    filled = np.abs(system[:top]) > ZERO
    return [int(np.flatnonzero(row)[0]) for row in filled if row.sum() == 1]
