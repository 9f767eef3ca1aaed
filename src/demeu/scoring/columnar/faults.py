"""Faults of rows on columns: the same that `facts.py` finds in one household, each with its field and reason."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

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


@dataclass(frozen=True)
class Fault:
    """A condition that no row may meet."""

    field: str
    reason: str
    met: Value


def household_faults(rows: ir.Table) -> tuple[Fault, ...]:
    """What a row of `households` may not be."""
    unknown = rows.settlement_class.notin(sorted(SETTLEMENT_CLASSES))
    return (
        Fault("household_id", "missing", rows.household_id.isnull()),
        *_amounts(rows, HOUSEHOLD_AMOUNTS),
        Fault("settlement_class", "unknown_class", unknown),
    )


def person_faults(rows: ir.Table, on: date) -> tuple[Fault, ...]:
    """What a row of `persons` may not be on a day; whether it has a reference of its own is seen apart."""
    oldest = ibis.literal(latest_birth(on - timedelta(days=1), AGE_YEARS_MAX))
    groups = rows.disability_group
    return (
        *_amounts(rows, PERSON_AMOUNTS),
        Fault("birth_date", "missing", rows.birth_date.isnull()),
        Fault("birth_date", "after_assessment_date", rows.birth_date > ibis.literal(on)),
        Fault("birth_date", "over_125_years", rows.birth_date <= oldest),
        Fault(
            "disability_group", "outside_0_3", (groups < DISABILITY_GROUPS.start) | (groups >= DISABILITY_GROUPS.stop)
        ),
    )


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


def _amounts(rows: ir.Table, fields: Sequence[str]) -> Iterator[Fault]:
    for field in fields:
        if rows[field].type().is_floating():
            yield Fault(field, "not_a_number", rows[field].isnan())
        yield Fault(field, "below_zero", rows[field] < 0)
