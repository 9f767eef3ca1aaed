"""The columns of the tables of a country, and whether those of a file can be read as them."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, get_args

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from pydantic import BaseModel

from demeu.contracts.scoring import HouseholdFacts, PersonFacts

FACTS, STRATA = ("households", "persons"), "strata"

KINDS = {str: "string", int: "int64", float: "float64", date: "date", bool: "boolean"}

TYPES: dict[str, tuple[Callable[[pa.DataType], bool], ...]] = {
    "string": (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view),
    "int64": (lambda found: pa.types.is_integer(found) and not pa.types.is_uint64(found),),
    "float64": (pa.types.is_integer, pa.types.is_floating),
    "date": (pa.types.is_date,),
    "boolean": (pa.types.is_boolean,),
}
"""Arrow types whose every value can be read as the expected one."""


def _of(model: type[BaseModel]) -> Mapping[str, str]:
    """The kind of each field of a contract, from its annotation."""
    return {name: _kind(field.annotation) for name, field in model.model_fields.items()}


def _kind(annotation: Any) -> str:
    """The kind behind `X`, `X | None` and `Annotated[X, …]`."""
    if annotation in KINDS:
        return KINDS[annotation]
    return next(_kind(part) for part in get_args(annotation) if part is not type(None))


COLUMNS: Mapping[str, Mapping[str, str]] = {
    "households": _of(HouseholdFacts),
    "persons": _of(PersonFacts),
    STRATA: {
        "household_id": "string",
        "sex_of_head": "string",
        "disability": "boolean",
        "region": "string",
        "family_size": "int64",
        "rural": "boolean",
        "consumption_monthly_tiyn": "int64",
    },
}
"""Kinds by table and column. Of `strata`, by which fairness is told, scoring reads nothing."""

ORDERED = frozenset({"int64", "date"})
"""Kinds of which the files tell the smallest and the largest value in a form that can be relied upon."""


def in_contract(rows: ir.Table, table: str) -> ir.Table:
    """The columns of the table and no others, each of its kind."""
    return rows.select(
        **{
            name: rows[name] if rows[name].type().copy(nullable=True) == ibis.dtype(kind) else rows[name].cast(kind)
            for name, kind in COLUMNS[table].items()
        }
    )


def faults(schema: pa.Schema, table: str) -> Iterator[str]:
    """What keeps a file from being read as the table."""
    for name, expected in COLUMNS[table].items():
        places = [place for place, found in enumerate(schema.names) if found.lower() == name]
        if name not in schema.names:
            yield f"the column {name} is missing"
        elif len(places) > 1:
            yield f"the column {name} is there {len(places)} times"
        elif not _fits(schema.field(places[0]).type, expected):
            yield f"the column {name} is {schema.field(places[0]).type}, {expected} is expected"


def _fits(found: pa.DataType, expected: str) -> bool:
    """Whether every value of a type can be read as the expected one; a column of nulls fits all."""
    if pa.types.is_dictionary(found):
        found = found.value_type
    if pa.types.is_null(found):
        return True
    return any(is_one(found) for is_one in TYPES[expected])
