"""Random countries: rows of facts around every threshold, with nulls and faults, in the files of the contract."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from demeu.contracts.scoring import HouseholdFacts, PersonFacts
from demeu.scoring.batch.columns import COLUMNS, FACTS
from demeu.scoring.tests.strategies import AGES_YEARS, HOUSEHOLD_DOMAINS, PERSON_DOMAINS

SIZES = (1, 1, 2, 2, 3, 4, 5, 9)
ARROW = {
    "string": pa.string(),
    "int64": pa.int64(),
    "float64": pa.float64(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
}
BAD_HOUSEHOLD = {
    **{name: (-1,) for name in HOUSEHOLD_DOMAINS if name not in ("settlement_class", "housing_area_m2")},
    "housing_area_m2": (-0.5, float("nan"), float("-inf")),
    "settlement_class": ("city", ""),
}


@dataclass(frozen=True)
class Country:
    """Rows of both tables, in any order."""

    households: list[dict[str, Any]]
    persons: list[dict[str, Any]]

    def write(self, folder: Path) -> Path:
        """The two files of the contract."""
        folder.mkdir(parents=True, exist_ok=True)
        for table in FACTS:
            pq.write_table(rows_in_arrow(table, getattr(self, table)), folder / f"{table}.parquet")
        return folder

    def families(self) -> Iterator[tuple[HouseholdFacts, tuple[PersonFacts, ...]]]:
        """Each household with its members, for the plain engine; rows need not be valid."""
        members: dict[str, list[PersonFacts]] = {}
        for one in self.persons:
            members.setdefault(one["household_id"], []).append(PersonFacts.model_construct(**one))
        for home in self.households:
            yield HouseholdFacts.model_construct(**home), tuple(members.get(home["household_id"], ()))


def rows_in_arrow(table: str, rows: list[dict[str, Any]]) -> pa.Table:
    """Rows with the columns and types of the contract."""
    schema = pa.schema([(name, ARROW[kind]) for name, kind in COLUMNS[table].items()])
    return pa.Table.from_pylist([{name: row.get(name) for name in schema.names} for row in rows], schema=schema)


def random_country(seed: int, households: int, on: date, *, nulls: float, faults: float = 0.0) -> Country:
    """`nulls`, `faults`: shares of facts without an answer, and with one that no row may have."""
    dice = Random(seed)

    def fact(domain: tuple[Any, ...]) -> Any:
        return None if dice.random() < nulls else dice.choice(domain)

    homes, people = [], []
    for number in range(households):
        home = {name: fact(domain) for name, domain in HOUSEHOLD_DOMAINS.items()}
        home |= {"household_id": f"h{number}", "kato": fact(("751110000", "110000000"))}
        for name, bad in BAD_HOUSEHOLD.items():
            if dice.random() < faults:
                home[name] = dice.choice(bad)
        homes.append(home)
        for _ in range(0 if dice.random() < faults else dice.choice(SIZES)):
            person = {name: fact(domain) for name, domain in PERSON_DOMAINS.items()}
            person |= {"person_id": f"p{len(people)}", "household_id": f"h{number}", "birth_date": _birth(dice, on)}
            people.append(person | _faulty_person(dice, on, faults))
    dice.shuffle(homes)
    dice.shuffle(people)
    return Country(homes, people)


def _birth(dice: Random, on: date) -> date:
    """Around a birthday: the day, the day before and the day after."""
    years = dice.choice(AGES_YEARS)
    birthday = date(on.year - years, on.month, min(on.day, 28)) + timedelta(days=on.day - min(on.day, 28))
    return min(on, birthday + timedelta(days=dice.choice((-1, 0, 0, 1, 200))))


def _faulty_person(dice: Random, on: date, faults: float) -> dict[str, Any]:
    bad: dict[str, tuple[Any, ...]] = {
        "income_monthly_tiyn": (-1,),
        "overdue_days": (-1,),
        "overdue_tiyn": (-(10**12),),
        "disability_group": (-1, 4),
        "birth_date": (on + timedelta(days=1), date(1880, 1, 1), on.replace(year=on.year - 126)),
        "household_id": ("nobody",),
    }
    return {name: dice.choice(choices) for name, choices in bad.items() if dice.random() < faults / 3}
