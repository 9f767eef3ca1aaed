"""Faults of rows on columns: the same that `facts.py` finds in one household, each with its field and reason."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

import ibis
import ibis.expr.types as ir

from demeu.scoring.columnar.age import latest_birth
from demeu.scoring.criteria.language import Value
from demeu.scoring.facts import (
    AGE_YEARS_MAX,
    DISABILITY_GROUPS,
    HOUSEHOLD_AMOUNTS,
    PERSON_AMOUNTS,
    SETTLEMENT_CLASSES,
)

COLUMNS = ("table", "id", "household_id", "field", "reason")
"""The columns of `rejected.parquet`."""

IDS = {"households": "household_id", "persons": "person_id"}
PERSON_REQUIRED = ("person_id", "birth_date")


@dataclass(frozen=True)
class Told:
    """What the files themselves tell of their columns; a column that is not named may hold anything.

    `spans`: smallest and largest value; `filled`: columns without a null.
    """

    spans: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)
    filled: frozenset[str] = frozenset()

    def may_fall_below(self, name: str, least: Any) -> bool:
        """Whether any value may be smaller."""
        return name not in self.spans or not self.spans[name][0] >= least

    def may_exceed(self, name: str, most: Any) -> bool:
        """Whether any value may be larger."""
        return name not in self.spans or not self.spans[name][1] <= most


UNTOLD = Told()


@dataclass(frozen=True)
class Fault:
    """A condition that no row may meet."""

    field: str
    reason: str
    met: Value


def household_faults(rows: ir.Table, told: Told = UNTOLD) -> tuple[Fault, ...]:
    """What a row of `households` may not be; without what the files exclude."""
    unknown = rows.settlement_class.notin(sorted(SETTLEMENT_CLASSES))
    return (
        Fault("household_id", "missing", rows.household_id.isnull()),
        *_amounts(rows, HOUSEHOLD_AMOUNTS, told),
        Fault("settlement_class", "unknown_class", unknown),
    )


def person_faults(rows: ir.Table, on: date, told: Told = UNTOLD) -> tuple[Fault, ...]:
    """What a row of `persons` may not be on a day, without what the files exclude."""
    oldest, groups = latest_birth(on - timedelta(days=1), AGE_YEARS_MAX), rows.disability_group
    found = [Fault(name, "missing", rows[name].isnull()) for name in PERSON_REQUIRED if name not in told.filled]
    found.extend(_amounts(rows, PERSON_AMOUNTS, told))
    if told.may_exceed("birth_date", on):
        found.append(Fault("birth_date", "after_assessment_date", rows.birth_date > ibis.literal(on)))
    if told.may_fall_below("birth_date", oldest + timedelta(days=1)):
        found.append(Fault("birth_date", "over_125_years", rows.birth_date <= ibis.literal(oldest)))
    first, last = DISABILITY_GROUPS[0], DISABILITY_GROUPS[-1]
    if told.may_fall_below("disability_group", first) or told.may_exceed("disability_group", last):
        found.append(Fault("disability_group", "outside_0_3", (groups < first) | (groups > last)))
    return tuple(found)


def any_met(faults: Sequence[Fault]) -> Value:
    """Whether a row has any of the faults."""
    return reduce(or_, (fault.met for fault in faults), ibis.literal(False))


def listed(rows: ir.Table, table: str, faults: Sequence[Fault]) -> Iterator[ir.Table]:
    """For each fault the rows that have it, as in `rejected.parquet`."""
    for fault in faults:
        yield rows.filter(fault.met).select(
            table=ibis.literal(table),
            id=rows[IDS[table]],
            household_id=rows.household_id,
            field=ibis.literal(fault.field),
            reason=ibis.literal(fault.reason),
        )


def _amounts(rows: ir.Table, fields: Sequence[str], told: Told) -> Iterator[Fault]:
    for name in fields:
        if rows[name].type().is_floating():
            yield Fault(name, "not_a_number", rows[name].isnan())
        if told.may_fall_below(name, 0):
            yield Fault(name, "below_zero", rows[name] < 0)
