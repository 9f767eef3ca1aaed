"""Faulty rows on purpose, one household a fault, so that a test of rejects knows what must come out."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from demeu.scoring.facts import HOUSEHOLD_AMOUNTS, PERSON_AMOUNTS
from demeu.scoring.synth.columns import HOUSEHOLD_DIGITS, HOUSEHOLDS_MAX, Rows, person_references, references, words
from demeu.scoring.synth.homes import CLASSES
from demeu.scoring.synth.marginals import Array

PLANTED = pa.schema([(name, pa.string()) for name in ("table", "id", "household_id", "field", "reason")])
DAYS_AFTER, DAYS_TOO_OLD, NOBODY = -3653, 126 * 366, HOUSEHOLDS_MAX - 1


@dataclass(frozen=True)
class Kind:
    """A fault of the contract: table, field and reason as in `rejected.parquet`."""

    table: str
    field: str
    reason: str


KINDS = (
    *(Kind("households", name, "below_zero") for name in HOUSEHOLD_AMOUNTS),
    Kind("households", "housing_area_m2", "not_a_number"),
    Kind("households", "settlement_class", "unknown_class"),
    Kind("households", "household_id", "duplicate"),
    Kind("households", "household_id", "no_persons"),
    *(Kind("persons", name, "below_zero") for name in PERSON_AMOUNTS),
    Kind("persons", "birth_date", "after_assessment_date"),
    Kind("persons", "birth_date", "over_125_years"),
    Kind("persons", "disability_group", "outside_0_3"),
    Kind("persons", "person_id", "duplicate"),
    Kind("persons", "household_id", "no_household"),
)


def plant(households: Rows, persons: Rows, starts: Array, sizes: Array, times: int) -> tuple[Rows, Rows, pa.Table]:
    """`times` faults of every kind in the first households; their tables and what must be rejected."""
    persons = Rows({name: column.copy() for name, column in persons.values.items()}, persons.missing)
    kept = np.ones(len(persons.values["member"]), bool)
    again: list[int] = []
    told = []
    for number, kind in enumerate(KINDS):
        for home in range(number * times, (number + 1) * times):
            first = int(starts[home])
            last = first + int(sizes[home]) - 1
            rows, row = (households, home) if kind.table == "households" else (persons, first)
            if kind.field in rows.missing:
                rows.missing[kind.field][row] = False
            if kind.reason == "no_persons":
                kept[first : last + 1] = False
            elif kind == Kind("households", "household_id", "duplicate"):
                again.append(home)
            elif kind.reason == "duplicate":
                persons.values["member"][first + 1] = persons.values["member"][first]
            elif kind.reason == "no_household":
                row = last
            else:
                column = "days" if kind.field == "birth_date" else kind.field
                rows.values[column][row] = _wrong(kind)
            told.append((kind, home, row))
    rejects = _rejects(told, households, persons)
    strayed = [row for kind, _, row in told if kind.reason == "no_household"]
    persons.values["household"][strayed] = NOBODY
    doubled = np.concatenate([np.arange(len(households.values["household"])), np.array(again, dtype=np.int64)])
    return households.take(doubled), persons.take(np.flatnonzero(kept)), rejects


def _wrong(kind: Kind) -> float:
    return {
        "below_zero": -1,
        "not_a_number": np.nan,
        "unknown_class": len(CLASSES),
        "after_assessment_date": DAYS_AFTER,
        "over_125_years": DAYS_TOO_OLD,
        "outside_0_3": 4,
    }[kind.reason]


def _rejects(told: list[tuple[Kind, int, int]], households: Rows, persons: Rows) -> pa.Table:
    """One row a faulty row: both rows of a duplicate are named."""
    homes = references("h", households.values["household"], HOUSEHOLD_DIGITS).to_pylist()
    people = person_references(persons.values).to_pylist()
    stray = references("h", np.array([NOBODY]), HOUSEHOLD_DIGITS).to_pylist()[0]
    rows = []
    for kind, home, row in told:
        id = homes[home] if kind.table == "households" else people[row]
        at = stray if kind.reason == "no_household" else homes[home]
        rows += [(kind.table, id, at, kind.field, kind.reason)] * (2 if kind.reason == "duplicate" else 1)
    return pa.Table.from_arrays([words(texts) for texts in zip(*rows, strict=True)], schema=PLANTED)
