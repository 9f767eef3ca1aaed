"""The attack on a synthetic country: nobody is singled out with the guard on; with the guard off, many are."""

import random
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from demeu.cli.score.reference import AGES, HOUSEHOLDS, rows_by_person
from demeu.kernel.errors import Refusal
from demeu.portal.anonymity.reference import reference_population
from demeu.portal.anonymity.rules import AGES_IN, WIDER_AGES, Cell, Known, Population, fitted
from demeu.portal.anonymity.tests.attack import Attacker, Person, Shown
from demeu.portal.ui.districts import districts_of
from demeu.scoring.synth.country import write_country

HOMES, CASES, SEED = 6_000, 450, 6
# Needs are more frequent than in the country, so that a register of some 20,000 people holds enough of each kind.
NEED_FACTOR = 5
SURNAMES = ("Ақтаев", "Бекжанов", "Ветров", "Гауһаров", "Дәулетов", "Ершов")
GIVEN = ("Айдар", "Бану", "Валерий", "Гүлім", "Дина", "Ерік", "Жанна")


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> list[Person]:
    """Everybody of a small country, with an invented name, a district and sometimes a need."""
    folder: Path = tmp_path_factory.mktemp("country") / "facts"
    write_country(HOMES, SEED, folder, threads=1)
    chance = random.Random(SEED)
    regions = pq.read_table(folder / "strata.parquet", columns=["region"])["region"].to_pylist()
    places = [chance.choice([row.code for row in districts_of(code)] or [code.ljust(9, "0")]) for code in regions]
    need = reference_population().need
    people = []
    for number, (home, band, kind) in enumerate(zip(*rows_by_person(folder), strict=True)):
        age, lot, own = AGES[band], chance.random(), ""
        for group in sorted(need):
            lot -= need[group][age] * NEED_FACTOR
            if lot < 0:
                own = group
                break
        name = f"{chance.choice(SURNAMES)} {chance.choice(GIVEN)} {number}"
        people.append(Person(name, places[home], age, HOUSEHOLDS[kind], own))
    return people


def counted(register: list[Person]) -> Population:
    """The reference population of this country: sums only."""
    people: dict[str, Counter[tuple[str, str]]] = {}
    living: dict[str, dict[str, Counter[tuple[str, str]]]] = {}
    for one in register:
        key = (one.age_band, one.household_type)
        people.setdefault(one.place, Counter())[key] += 1
        if one.need:
            living.setdefault(one.need, {}).setdefault(one.place, Counter())[key] += 1
    return Population("attacked", people, living=living)


def asked(chance: random.Random, person: Person) -> list[Cell]:
    """What curators would show of a family: one to three releases, sometimes finer and sometimes coarser."""
    ages = ("", person.age_band, WIDER_AGES[person.age_band])
    return [
        Cell(person.place, chance.choice(ages), chance.choice(("", person.household_type)))
        for _ in range(chance.randint(1, 3))
    ]


def published(register: list[Person], *, guard: bool) -> list[Shown]:
    """Releases of a draw of cases, in their order, with the guard on or off."""
    chance = random.Random(SEED)
    population, releases = counted(register), list[Shown]()
    groups: dict[str, set[str]] = {}
    drawn = chance.sample([one for one in register if one.need], CASES)
    for case, person in enumerate(drawn):
        before: tuple[Cell, ...] = ()
        for cell in asked(chance, person):
            known = Known(person.need, before, frozenset(groups.get(person.place, set()) | {person.need}))
            try:
                shown = fitted(population, cell, known)[0] if guard else cell
            except Refusal:
                break
            before = (*before, shown)
            groups.setdefault(person.place, set()).add(person.need)
            releases.append(Shown(case, shown, person.need))
    return releases


def test_nobody_is_singled_out_with_the_guard_on(register: list[Person]) -> None:
    releases = published(register, guard=True)
    found = Attacker(register).attack(releases)
    assert len({shown.case for shown in releases}) > CASES * 0.9
    assert found.named == {} and found.betrayed == {}
    places = {shown.cell.place[2:] != "0000000" for shown in releases}
    assert places == {True, False}, "some are shown with their district, some are not"


def test_the_same_attack_singles_people_out_with_the_guard_off(register: list[Person]) -> None:
    found = Attacker(register).attack(published(register, guard=False))
    assert len(found.named) > 25 and len(found.betrayed) > 0


def test_releases_that_hide_alone_and_betray_together_are_not_both_published() -> None:
    crowd = [Person(f"a{n}", "351000000", "6-11", "two_parent", need) for n, need in enumerate("abc" * 40)]
    crowd += [Person(f"b{n}", "351000000", "6-11", "single_parent", need) for n, need in enumerate("abc" * 5)]
    crowd += [Person(f"c{n}", "351000000", "0-5", "single_parent", need) for n, need in enumerate("abc" * 40)]
    one, other = Cell("350000000", "6-11"), Cell("350000000", "", "single_parent")
    apart = [Attacker(crowd)._rows(cell) for cell in (one, other)]
    assert min(map(len, apart)) > 100 and len(apart[0] & apart[1]) == 15
    shown, found = fitted(counted(crowd), other, Known("a", (one,)))
    assert shown.household_type == "" and found.people >= 11


def test_who_is_found_by_one_case_is_taken_from_the_others() -> None:
    crowd = [Person("x", "351000000", "6-11", "couple", "a"), Person("y", "351000000", "60+", "couple", "a")]
    shown = [Shown(1, Cell("351000000", "60+"), "a"), Shown(2, Cell("351000000"), "a")]
    assert Attacker(crowd).attack(shown).named == {1: "y", 2: "x"}


def test_bands_of_the_register_and_of_the_guard_are_the_same() -> None:
    assert {age for wide in AGES_IN.values() for age in wide} == set(AGES)
