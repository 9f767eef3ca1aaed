"""Small facts of a country that nobody would draw: every fact near its thresholds, unanswered or faulty now and then.

The rivals must agree on these with the plain rules, household by household, before their speed means anything.
"""

import math
import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from demeu.scoring.tests.strategies import AGES_YEARS, HOUSEHOLD_DOMAINS, ON, PERSON_DOMAINS

NULL_SHARE = 0.1
FAULT_SHARE = 0.02
MEMBERS_MAX = 6
Row = dict[str, Any]


def write(folder: Path, households: int, *, seed: int, nulls: float = NULL_SHARE, faults: float = FAULT_SHARE) -> None:
    """`households.parquet` and `persons.parquet` in a new folder; assessed on `strategies.ON`."""
    dice = random.Random(seed)  # noqa: S311 - facts for a benchmark
    homes, people = [], []
    for number in range(households):
        home = _answers(HOUSEHOLD_DOMAINS, dice, nulls) | {"household_id": f"h{number:07}", "kato": None}
        members = [_person(home, place, dice, nulls) for place in range(dice.randint(1, MEMBERS_MAX))]
        rows = [home]
        if dice.random() < faults:
            dice.choice(FAULTS)(rows, members, dice)
        homes += rows
        people += members
    dice.shuffle(people)
    folder.mkdir(parents=True)
    pq.write_table(pa.Table.from_pylist(homes, schema=_schema(HOUSEHOLD_TYPES)), folder / "households.parquet")
    pq.write_table(pa.Table.from_pylist(people, schema=_schema(PERSON_TYPES)), folder / "persons.parquet")


def _answers(domains: dict[str, tuple[Any, ...]], dice: random.Random, nulls: float) -> Row:
    return {name: None if dice.random() < nulls else dice.choice(domain) for name, domain in domains.items()}


def _person(home: Row, place: int, dice: random.Random, nulls: float) -> Row:
    years = dice.choice(AGES_YEARS)
    born = date(ON.year - years, ON.month, ON.day) + timedelta(days=dice.choice((-1, 0, 1) if years else (-1, 0)))
    ids = {"person_id": f"{home['household_id']}-{place}", "household_id": home["household_id"]}
    return _answers(PERSON_DOMAINS, dice, nulls) | ids | {"birth_date": born}


def _below_zero_household(homes: list[Row], _people: list[Row], dice: random.Random) -> None:
    homes[0][dice.choice([name for name in HOUSEHOLD_DOMAINS if name != "settlement_class"])] = -1


def _not_a_number(homes: list[Row], _people: list[Row], _dice: random.Random) -> None:
    homes[0]["housing_area_m2"] = math.nan


def _unknown_class(homes: list[Row], _people: list[Row], _dice: random.Random) -> None:
    homes[0]["settlement_class"] = "village"


def _twice_a_household(homes: list[Row], _people: list[Row], _dice: random.Random) -> None:
    homes.append(dict(homes[0]))


def _nobody(_homes: list[Row], people: list[Row], _dice: random.Random) -> None:
    people.clear()


def _below_zero_person(_homes: list[Row], people: list[Row], dice: random.Random) -> None:
    dice.choice(people)[dice.choice(("income_monthly_tiyn", "overdue_days", "overdue_tiyn"))] = -5


def _no_such_group(_homes: list[Row], people: list[Row], dice: random.Random) -> None:
    dice.choice(people)["disability_group"] = dice.choice((-1, 4))


def _born_wrong(_homes: list[Row], people: list[Row], dice: random.Random) -> None:
    wrong = (ON + timedelta(days=1), date(ON.year - 125, ON.month, ON.day), date(ON.year - 125, ON.month, ON.day - 1))
    dice.choice(people)["birth_date"] = dice.choice(wrong)


def _twice_a_person(_homes: list[Row], people: list[Row], _dice: random.Random) -> None:
    people.append(dict(people[0]))


def _person_of_two_households(homes: list[Row], people: list[Row], _dice: random.Random) -> None:
    other = dict(homes[0]) | {"household_id": f"{homes[0]['household_id']}b"}
    homes.append(other)
    people.append(dict(people[0]) | {"household_id": other["household_id"]})


def _stranger(_homes: list[Row], people: list[Row], _dice: random.Random) -> None:
    home = f"{people[0]['household_id']}x"
    people.append(dict(people[0]) | {"person_id": f"{home}-0", "household_id": home, "overdue_days": -5})


def _everything(homes: list[Row], people: list[Row], dice: random.Random) -> None:
    for fault in (_not_a_number, _unknown_class, _below_zero_person, _no_such_group, _born_wrong):
        fault(homes, people, dice)


FAULTS: tuple[Callable[[list[Row], list[Row], random.Random], None], ...] = (
    _below_zero_household,
    _not_a_number,
    _unknown_class,
    _twice_a_household,
    _nobody,
    _below_zero_person,
    _no_such_group,
    _born_wrong,
    _twice_a_person,
    _person_of_two_households,
    _stranger,
    _everything,
)
INT_FACTS = ("income_monthly_tiyn", "disability_group", "overdue_days", "overdue_tiyn")
HOUSEHOLD_TYPES = {name: pa.int64() for name in HOUSEHOLD_DOMAINS} | {
    "household_id": pa.string(),
    "kato": pa.string(),
    "settlement_class": pa.string(),
    "housing_area_m2": pa.float64(),
}
PERSON_TYPES = {name: pa.int64() if name in INT_FACTS else pa.bool_() for name in PERSON_DOMAINS} | {
    "person_id": pa.string(),
    "household_id": pa.string(),
    "birth_date": pa.date32(),
}


def _schema(types: dict[str, pa.DataType]) -> pa.Schema:
    return pa.schema(list(types.items()))
