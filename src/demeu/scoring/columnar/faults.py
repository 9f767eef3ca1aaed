"""Faults of rows on columns: the same that `facts.py` finds in one household, each with its field and reason."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeAlias

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


Spans: TypeAlias = Mapping[str, tuple[Any, Any]]
"""The smallest and largest value of a column whose files tell them; a column that is not there may hold anything."""

UNTOLD: Spans = {}


@dataclass(frozen=True)
class Fault:
    """A condition that no row may meet."""

    field: str
    reason: str
    met: Value


def household_faults(rows: ir.Table, spans: Spans = UNTOLD) -> tuple[Fault, ...]:
    """What a row of `households` may not be; without what `spans` exclude."""
    unknown = rows.settlement_class.notin(sorted(SETTLEMENT_CLASSES))
    return (
        Fault("household_id", "missing", rows.household_id.isnull()),
        *_amounts(rows, HOUSEHOLD_AMOUNTS, spans),
        Fault("settlement_class", "unknown_class", unknown),
    )


def person_faults(rows: ir.Table, on: date, spans: Spans = UNTOLD) -> tuple[Fault, ...]:
    """What a row of `persons` may not be on a day, without what `spans` exclude; its reference is looked at apart."""
    oldest, groups = latest_birth(on - timedelta(days=1), AGE_YEARS_MAX), rows.disability_group
    found = [*_amounts(rows, PERSON_AMOUNTS, spans), Fault("birth_date", "missing", rows.birth_date.isnull())]
    if _may_exceed(spans, "birth_date", on):
        found.append(Fault("birth_date", "after_assessment_date", rows.birth_date > ibis.literal(on)))
    if _may_fall_below(spans, "birth_date", oldest + timedelta(days=1)):
        found.append(Fault("birth_date", "over_125_years", rows.birth_date <= ibis.literal(oldest)))
    first, last = DISABILITY_GROUPS[0], DISABILITY_GROUPS[-1]
    if _may_fall_below(spans, "disability_group", first) or _may_exceed(spans, "disability_group", last):
        found.append(Fault("disability_group", "outside_0_3", (groups < first) | (groups > last)))
    return tuple(found)


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


def _amounts(rows: ir.Table, fields: Sequence[str], spans: Spans) -> Iterator[Fault]:
    for field in fields:
        if rows[field].type().is_floating():
            yield Fault(field, "not_a_number", rows[field].isnan())
        if _may_fall_below(spans, field, 0):
            yield Fault(field, "below_zero", rows[field] < 0)


def _may_fall_below(spans: Spans, field: str, least: Any) -> bool:
    return field not in spans or not spans[field][0] >= least


def _may_exceed(spans: Spans, field: str, most: Any) -> bool:
    return field not in spans or not spans[field][1] <= most
