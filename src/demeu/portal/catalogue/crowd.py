"""How many people fit what is published of a case, and how far it must be widened. Pure.

k: people of the reference population who fit every release of the case; l: categories of need among them.
It must never publish below k = 11 or l = 3: it widens place, age and household until both hold, or refuses.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from demeu.kernel.errors import forbidden

PEOPLE_LEAST = 11
NEEDS_LEAST = 3
COUNTRY = "000000000"
WIDER_AGES = {"0-5": "0-17", "6-11": "0-17", "12-17": "0-17", "18-59": "18+", "60+": "18+"}
AGES_IN = {"0-17": ("0-5", "6-11", "12-17"), "18+": ("18-59", "60+")}


@dataclass(frozen=True)
class Population:
    """Aggregate table place × age band × household type; places are КАТО of nine digits, shares add up to 1."""

    edition: str
    people: Mapping[str, int]
    ages: Mapping[str, float]
    households: Mapping[str, float]
    need: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True)
class Cell:
    """What is shown of a case: place (КАТО; country = nine zeros), age band and household type; "" = not shown."""

    place: str
    age_band: str = ""
    household_type: str = ""


@dataclass(frozen=True)
class Crowd:
    """Who hides the family: people and categories of need."""

    people: int
    needs: int

    @property
    def enough(self) -> bool:
        """Whether it may be published."""
        return self.people >= PEOPLE_LEAST and self.needs >= NEEDS_LEAST


def crowd(population: Population, cells: Sequence[Cell]) -> Crowd:
    """The people who fit all these cells at once; a place, age or household that the table has not counts as nobody."""
    places = _meet(_places(population, cell.place) for cell in cells)
    ages = _meet(_ages(population, cell.age_band) for cell in cells)
    households = _meet(_households(population, cell.household_type) for cell in cells)
    people = sum(population.people[place] for place in places) * sum(population.households[kind] for kind in households)
    by_age = {age: people * population.ages[age] for age in ages}
    needs = sum(
        1 for rates in population.need.values() if sum(number * rates[age] for age, number in by_age.items()) >= 1
    )
    return Crowd(int(sum(by_age.values())), needs)


def _meet(sets: Iterable[frozenset[str]]) -> frozenset[str]:
    found = list(sets)
    return frozenset.intersection(*found) if found else frozenset()


def _places(population: Population, place: str) -> frozenset[str]:
    if place == COUNTRY:
        return frozenset(population.people)
    return frozenset({place} & set(population.people))


def _ages(population: Population, band: str) -> frozenset[str]:
    if not band:
        return frozenset(population.ages)
    return frozenset(AGES_IN.get(band, (band,))) & set(population.ages)


def _households(population: Population, kind: str) -> frozenset[str]:
    return frozenset(population.households) if not kind else frozenset({kind} & set(population.households))


def ladder(cell: Cell) -> list[Cell]:
    """From the finest description to none at all: district → region → country, in each with wider age and household."""
    region = cell.place[:2].ljust(9, "0")
    places = list(dict.fromkeys([cell.place, region, COUNTRY]))
    wider = WIDER_AGES.get(cell.age_band, cell.age_band)
    shown = [
        (cell.age_band, cell.household_type), (wider, cell.household_type), (cell.age_band, ""),
        (wider, ""), ("", cell.household_type), ("", ""),
    ]  # fmt: skip
    return [Cell(place, age, kind) for place in places for age, kind in dict.fromkeys(shown)]


def fitted(population: Population, cell: Cell, before: Sequence[Cell] = ()) -> tuple[Cell, Crowd]:
    """The finest cell that hides the family, counting everything released before; `guard.too_few` when none does."""
    for candidate in ladder(cell):
        found = crowd(population, [*before, candidate])
        if found.enough:
            return candidate, found
    raise forbidden("guard.too_few", least=PEOPLE_LEAST)
