"""All counts of the report as keys, and every sum between them, so that one decision hides what must be hidden.

Pure: names counts and says which are shown; the report asks here for each number it wants to print.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from demeu.scoring.simulate.aggregate import DIMENSIONS, NEEDS, Aggregates, Pair, Tally
from demeu.scoring.simulate.hiding import Key, Sum, hidden, small

CATEGORIES = range(1, 7)
SIDES = ("base", "against")
DEAR = (("all",), ("moved",), ("gets", "base"), ("gets", "against"))
APART = ("left", "changed")


@dataclass(frozen=True)
class Cells:
    """Tallies by key and the keys that are not shown."""

    tallies: Mapping[Key, Tally]
    hidden: frozenset[Key]

    def households(self, *key: object) -> int | None:
        """A count, None when it is hidden."""
        return None if key in self.hidden else self.tallies[key].households

    def members(self, *key: object) -> int | None:
        """Members of the households of a count, None when it is hidden."""
        return None if key in self.hidden else self.tallies[key].members

    def share(self, part: tuple[object, ...], whole: tuple[object, ...]) -> float | None:
        """One count of another; None when either is hidden or nobody is counted."""
        top, bottom = self.households(*part), self.households(*whole)
        return None if top is None or not bottom else top / bottom


def cells(found: Aggregates, receiving: Iterable[int]) -> Cells:
    """Every count of the report with what is hidden; `receiving`: categories that get help."""
    book = written(found, receiving)
    return Cells(book.tallies, hidden(book.counts(), book.sums, book.unpublished, book.dear()))


def written(found: Aggregates, receiving: Iterable[int]) -> "Book":
    """All counts and the sums between them, nothing hidden yet."""
    gets = set(receiving)
    book = Book()
    book.moves(found.moves, gets)
    for dimension, groups in found.groups.items():
        for group, pairs in groups.items():
            book.group(dimension, group, pairs, gets)
        book.over_groups(dimension, list(groups))
    book.needs(found.need, gets)
    book.provisional(found.provisional)
    return book


def _of(pairs: Mapping[Pair, Tally], side: str, category: int) -> Tally:
    at = SIDES.index(side)
    return sum((tally for pair, tally in pairs.items() if pair[at] == category), Tally())


class Book:
    """Keys with their tallies, sums between them, and differences that are never shown."""

    def __init__(self) -> None:
        self.tallies: dict[Key, Tally] = {}
        self.sums: list[Sum] = []
        self.unpublished: set[Key] = set()

    def counts(self) -> dict[Key, int]:
        """Households of each key."""
        return {key: tally.households for key, tally in self.tallies.items()}

    def dear(self) -> dict[Key, int]:
        """Counts that the page itself shows: receipts, then groups, then the figures at its head."""
        keys = [key for key in self.tallies if isinstance(key, tuple) and key[0] not in APART]
        receipts: dict[Key, int] = {key: 1 for key in keys if "gets" in key}
        groups: dict[Key, int] = {key: 2 for key in keys if len(key) == 2 and key[0] in DIMENSIONS}
        return receipts | groups | dict.fromkeys(DEAR, 3)

    def total(self, key: Key, parts: Iterable[Key]) -> None:
        """The key counts the parts together; its tally is kept if it stands already."""
        known = tuple(parts)
        self.tallies.setdefault(key, sum((self.tallies[part] for part in known), Tally()))
        self.sums.append(Sum(key, known))

    def moves(self, pairs: Mapping[Pair, Tally], gets: set[int]) -> None:
        """The matrix, its margins and all households."""
        for base in CATEGORIES:
            for against in CATEGORIES:
                self.tallies["move", base, against] = pairs.get((base, against), Tally())
        for category in CATEGORIES:
            self.total(("base", category), [("move", category, other) for other in CATEGORIES])
            self.total(("against", category), [("move", other, category) for other in CATEGORIES])
        for side in SIDES:
            self.total(("all",), [(side, category) for category in CATEGORIES])
            self.total(("gets", side), [(side, category) for category in CATEGORIES if category in gets])
            self.complement(("all",), ("gets", side))
        self.difference(("gets", "base"), ("gets", "against"))
        self.total(("moved",), [("move", one, two) for one in CATEGORIES for two in CATEGORIES if one != two])
        self.complement(("all",), ("moved",))

    def group(self, dimension: str, group: str, pairs: Mapping[Pair, Tally], gets: set[int]) -> None:
        """Categories and receipt of one group under both rule sets."""
        whole = (dimension, group)
        for side in SIDES:
            for category in CATEGORIES:
                self.tallies[dimension, group, side, category] = _of(pairs, side, category)
            self.total(whole, [(*whole, side, category) for category in CATEGORIES])
            self.total(
                (*whole, "gets", side), [(*whole, side, category) for category in CATEGORIES if category in gets]
            )
            self.complement(whole, (*whole, "gets", side))
        for category in CATEGORIES:
            self.difference((*whole, "base", category), (*whole, "against", category))
        self.difference((*whole, "gets", "base"), (*whole, "gets", "against"))

    def over_groups(self, dimension: str, groups: list[str]) -> None:
        """All groups of a dimension together are everybody."""
        self.total(("all",), [(dimension, group) for group in groups])
        for side in SIDES:
            for category in CATEGORIES:
                self.total((side, category), [(dimension, group, side, category) for group in groups])
            self.total(("gets", side), [(dimension, group, "gets", side) for group in groups])

    def needs(self, need: Mapping[str, Mapping[Pair, Tally]], gets: set[int]) -> None:
        """Who is below the line, and who of them gets help."""
        for name in NEEDS:
            pairs = need.get(name, {})
            for side in SIDES:
                reached = sum((_of(pairs, side, category) for category in gets), Tally())
                whole = sum(pairs.values(), Tally())
                self.tallies["need", name, "gets", side] = reached
                self.tallies["need", name, "not", side] = Tally(
                    whole.households - reached.households, whole.members - reached.members
                )
                self.total(("need", name), [("need", name, "gets", side), ("need", name, "not", side)])
            self.difference(("need", name, "gets", "base"), ("need", name, "gets", "against"))
        self.total(("all",), [("need", name) for name in NEEDS])
        for side in SIDES:
            self.total(("gets", side), [("need", name, "gets", side) for name in NEEDS])

    def provisional(self, counts: tuple[int, int]) -> None:
        """Households with unanswered facts that matter."""
        for side, count in zip(SIDES, counts, strict=True):
            self.tallies["provisional", side] = Tally(count)
            self.complement(("all",), ("provisional", side))
        self.difference(("provisional", "base"), ("provisional", "against"))

    def complement(self, whole: Key, part: Key) -> None:
        """Those who are left must not follow either where they are few."""
        self._apart(("left", whole, part), whole, part)

    def difference(self, one: Key, two: Key) -> None:
        """What changes between two counts must not follow where it is little, in either direction."""
        self._apart(("changed", one, two), two, one)

    def _apart(self, name: Key, larger: Key, smaller: Key) -> None:
        rest = self.tallies[larger].households - self.tallies[smaller].households
        if small(rest):
            self.tallies[name] = Tally(rest)
            self.unpublished.add(name)
            self.sums.append(Sum(larger, (smaller, name)))
