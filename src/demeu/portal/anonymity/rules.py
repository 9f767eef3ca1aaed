"""How many people fit what is published of a case, and how far it must be widened. Pure.

k: people of the reference population who fit every release of the case and live in its kind of need; l: kinds of need
in that cell. It must never let a cell pass below k = 11 or l = 3: it widens place, age and household, or refuses.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from demeu.kernel.errors import forbidden

PEOPLE_LEAST = 11
NEEDS_LEAST = 3
# A kind of need counts towards l only when so many people live in it: one alone would hide nobody.
KIND_PEOPLE_LEAST = 5
COUNTRY = "000000000"
WIDER_AGES = {"0-5": "0-17", "6-11": "0-17", "12-17": "0-17", "18-59": "18+", "60+": "18+"}
AGES_IN = {"0-17": ("0-5", "6-11", "12-17"), "18+": ("18-59", "60+")}
WITH_CHILDREN = "with_children"
HOUSEHOLDS_IN = {WITH_CHILDREN: ("two_parent", "single_parent", "large_family", "grandparents", "other")}
# Public attributes that say by themselves what the household is: they are shown only where the household is.
HOUSEHOLD_OF = {
    "large_family": "large_family",
    "single_parent": "single_parent",
    "lone_pensioner": "single",
    "grandparents_raising": "grandparents",
}
OF_CHILDREN = frozenset({"children", "pupil", "child_home_schooled"})


@dataclass(frozen=True)
class Population:
    """Counted people: place (КАТО, nine digits) → (age band, household type) → people.

    A region's own code holds those whose district is not counted.
    `need`: share of an age band that lives in each kind of need; `living`: kind of need → the same table of people
    who live in it, where somebody counted them. What is counted goes before what is estimated.
    """

    edition: str
    people: Mapping[str, Mapping[tuple[str, str], float]]
    need: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    living: Mapping[str, Mapping[str, Mapping[tuple[str, str], float]]] = field(default_factory=dict)


@dataclass(frozen=True)
class Cell:
    """What is shown of a case: place (КАТО; country = nine zeros), age band and household type; "" = not shown."""

    place: str
    age_band: str = ""
    household_type: str = ""


@dataclass(frozen=True)
class Crowd:
    """Who hides the family: people and kinds of need."""

    people: int
    needs: int

    @property
    def enough(self) -> bool:
        """Whether it may be published."""
        return self.people >= PEOPLE_LEAST and self.needs >= NEEDS_LEAST


@dataclass(frozen=True)
class Known:
    """What else the public has of a case: kind of need, what its things and attributes betray, and earlier releases.

    `needs_of_cases`: kinds of need among the public cases of its own district, this one included.
    """

    group: str = ""
    before: tuple[Cell, ...] = ()
    needs_of_cases: frozenset[str] = field(default_factory=frozenset)


def betrayed(attributes: Collection[str]) -> tuple[Cell, ...]:
    """What attributes that stay public say of the household without naming it."""
    return (Cell(COUNTRY, "", WITH_CHILDREN),) if OF_CHILDREN.intersection(attributes) else ()


def shown_attributes(attributes: Iterable[str], cell: Cell) -> tuple[str, ...]:
    """Attributes without those that would tell a household that is not shown."""
    kept = (one for one in attributes if one not in HOUSEHOLD_OF or HOUSEHOLD_OF[one] == cell.household_type)
    return tuple(sorted(kept))


def crowd(population: Population, cells: Sequence[Cell], group: str = "") -> Crowd:
    """The people who fit all these cells at once; what the table has not counts as nobody. Halves are cut off."""
    places = _meet(_places(population, cell.place) for cell in cells)
    ages = _meet(frozenset(AGES_IN.get(one.age_band, (one.age_band,))) for one in cells if one.age_band)
    kinds = _meet(
        frozenset(HOUSEHOLDS_IN.get(one.household_type, (one.household_type,))) for one in cells if one.household_type
    )
    fitting = _Fitting(places or frozenset(), ages, kinds)
    by_age = fitting.by_age(population.people)
    living = {
        need: sum(number * rates.get(age, 0) for age, number in by_age.items())
        for need, rates in population.need.items()
    } | {need: sum(fitting.by_age(table).values()) for need, table in population.living.items()}
    people = living.get(group, 0.0) if group else sum(by_age.values())
    return Crowd(_whole(people), sum(1 for number in living.values() if _whole(number) >= KIND_PEOPLE_LEAST))


@dataclass(frozen=True)
class _Fitting:
    """Whom the cells together leave; None = not asked."""

    places: frozenset[str]
    ages: frozenset[str] | None
    kinds: frozenset[str] | None

    def by_age(self, table: Mapping[str, Mapping[tuple[str, str], float]]) -> dict[str, float]:
        """People by age band."""
        found: dict[str, float] = {}
        for place in self.places & table.keys():
            for (age, kind), number in table[place].items():
                if (self.ages is None or age in self.ages) and (self.kinds is None or kind in self.kinds):
                    found[age] = found.get(age, 0) + number
        return found


def _whole(number: float) -> int:
    return int(number + 1e-6)


def _meet(sets: Iterable[frozenset[str]]) -> frozenset[str] | None:
    """What stands in all of them; None = nothing was asked."""
    found = list(sets)
    return frozenset.intersection(*found) if found else None


def _places(population: Population, place: str) -> frozenset[str]:
    if place == COUNTRY:
        return frozenset(population.people)
    if place == _region(place):
        return frozenset(code for code in population.people if code[:2] == place[:2])
    return frozenset({place} & set(population.people))


def _region(place: str) -> str:
    return place[:2].ljust(9, "0")


def ladder(cell: Cell) -> list[Cell]:
    """From the finest description to none at all: district → region → country, in each with wider age and household."""
    places = list(dict.fromkeys([cell.place, _region(cell.place), COUNTRY]))
    wider = WIDER_AGES.get(cell.age_band, cell.age_band)
    shown = [
        (cell.age_band, cell.household_type), (wider, cell.household_type), (cell.age_band, ""),
        (wider, ""), ("", cell.household_type), ("", ""),
    ]  # fmt: skip
    return [Cell(place, age, kind) for place in places for age, kind in dict.fromkeys(shown)]


def hides(population: Population, cell: Cell, known: Known) -> Crowd:
    """Who hides the family when this is shown besides all that is known already.

    In a district, the kinds of need among its public cases count too: who lives there hears of every case.
    """
    found = crowd(population, [*known.before, cell], known.group)
    if cell.place in (COUNTRY, _region(cell.place)):
        return found
    return replace(found, needs=min(found.needs, len(known.needs_of_cases)))


def fitted(population: Population, cell: Cell, known: Known | None = None) -> tuple[Cell, Crowd]:
    """The finest cell that hides the family, counting everything released before; `guard.too_few` when none does."""
    known = known or Known()
    for candidate in ladder(cell):
        found = hides(population, candidate, known)
        if found.enough:
            return candidate, found
    widest = hides(population, Cell(COUNTRY), known)
    raise forbidden(
        "guard.too_few", least=PEOPLE_LEAST, people=widest.people, needs=widest.needs, needs_least=NEEDS_LEAST
    )
