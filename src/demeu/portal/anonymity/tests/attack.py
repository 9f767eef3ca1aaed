"""An attacker with the whole register of a synthetic country, names and needs included, and all releases of all cases.

It looks for cases that only one person fits, by all releases of the case together and by what other cases have taken
away, and for cells where everybody in need lives in the same kind of need.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from demeu.portal.anonymity.rules import AGES_IN, COUNTRY, HOUSEHOLDS_IN, Cell


@dataclass(frozen=True)
class Person:
    """A line of the register; `need` is empty for most."""

    name: str
    place: str
    age_band: str
    household_type: str
    need: str


@dataclass(frozen=True)
class Shown:
    """One release: of which case, what was shown, and for what kind of need."""

    case: int
    cell: Cell
    group: str


@dataclass(frozen=True)
class Found:
    """What the attacker has: case → the name of the one who fits, and case → the need that everybody there lives in."""

    named: dict[int, str]
    betrayed: dict[int, str]


class Attacker:
    """Knows the register; reads releases."""

    def __init__(self, register: Sequence[Person]) -> None:
        self._register = register
        self._by: dict[str, dict[str, set[int]]] = {
            name: defaultdict(set) for name in ("place", "age", "household", "need")
        }
        for row, person in enumerate(register):
            self._by["place"][person.place].add(row)
            self._by["place"][person.place[:2].ljust(9, "0")].add(row)
            self._by["age"][person.age_band].add(row)
            self._by["household"][person.household_type].add(row)
            self._by["need"][person.need].add(row)

    def attack(self, releases: Iterable[Shown]) -> Found:
        """Everything that these releases together give away."""
        fits: dict[int, set[int]] = {}
        alike: dict[int, set[int]] = {}
        for shown in releases:
            rows = self._rows(shown.cell)
            alike[shown.case] = alike.get(shown.case, rows) & rows
            fits[shown.case] = alike[shown.case] & self._by["need"][shown.group]
        named = self._alone(fits)
        return Found({case: self._register[row].name for case, row in named.items()}, self._same_need(alike))

    def _rows(self, cell: Cell) -> set[int]:
        rows = set(range(len(self._register))) if cell.place == COUNTRY else set(self._by["place"][cell.place])
        if cell.age_band:
            rows &= self._any("age", AGES_IN.get(cell.age_band, (cell.age_band,)))
        if cell.household_type:
            rows &= self._any("household", HOUSEHOLDS_IN.get(cell.household_type, (cell.household_type,)))
        return rows

    def _any(self, column: str, words: Iterable[str]) -> set[int]:
        return set().union(*(self._by[column][word] for word in words))

    @staticmethod
    def _alone(fits: dict[int, set[int]]) -> dict[int, int]:
        """Cases that one person fits; who is found there fits no other case, and so on until nobody is left."""
        named: dict[int, int] = {}
        while True:
            taken = set(named.values())
            new = {
                case: next(iter(rows - taken))
                for case, rows in fits.items()
                if case not in named and len(rows - taken) == 1
            }
            if not new:
                return named
            named |= new

    def _same_need(self, alike: dict[int, set[int]]) -> dict[int, str]:
        found = {}
        for case, rows in alike.items():
            needs = {self._register[row].need for row in rows} - {""}
            if len(needs) == 1:
                found[case] = next(iter(needs))
        return found
