"""The files of facts: where they stand, and whether they have the columns of the contract.

Only their outlines are read here, so unusable input is refused before any work, with its place.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel

from demeu.contracts.scoring import HouseholdFacts, PersonFacts
from demeu.kernel.errors import invalid

TABLES: dict[str, type[BaseModel]] = {"households": HouseholdFacts, "persons": PersonFacts}
DATES, AREAS = ("birth_date",), ("housing_area_m2",)
TEXTS = ("household_id", "person_id", "kato", "settlement_class")
AMOUNTS = (
    "housing_units",
    "commercial_property_units",
    "land_plots",
    "smallholding_value_tiyn",
    "passenger_cars",
    "commercial_vehicles",
    "machinery_kinds",
    "income_monthly_tiyn",
    "disability_group",
    "overdue_days",
    "overdue_tiyn",
)
EXPECTED = {
    **dict.fromkeys(TEXTS, "string"),
    **dict.fromkeys(AMOUNTS, "int64"),
    **dict.fromkeys(AREAS, "float64"),
    **dict.fromkeys(DATES, "date"),
}

TYPES: dict[str, tuple[Callable[[pa.DataType], bool], ...]] = {
    "string": (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view),
    "int64": (pa.types.is_integer,),
    "float64": (pa.types.is_integer, pa.types.is_floating),
    "date": (pa.types.is_date,),
    "boolean": (pa.types.is_boolean,),
}
"""Arrow types whose every value can be read as the expected one."""


@dataclass(frozen=True)
class Source:
    """One table: its files and its rows."""

    files: tuple[Path, ...]
    rows: int


def sources(facts: Path) -> dict[str, Source]:
    """`households` and `persons` below a folder; raises `batch.facts` with every fault and its place."""
    faults: list[str] = []
    found = {table: _source(facts, table, faults) for table in TABLES}
    if faults:
        raise invalid("batch.facts", faults=faults)
    return found


def _source(facts: Path, table: str, faults: list[str]) -> Source:
    files, rows = _files(facts, table), 0
    if not files:
        faults.append(f"{facts}: neither {table}.parquet nor {table}/*.parquet is there")
    for file in files:
        try:
            outline = pq.ParquetFile(file)
        except (pa.ArrowException, OSError) as error:
            faults.append(f"{file}: {str(error).splitlines()[0]}")
            continue
        rows += outline.metadata.num_rows
        faults.extend(f"{file}: {fault}" for fault in _faults(outline.schema_arrow, table))
    return Source(files, rows)


def in_contract(rows: ir.Table, table: str) -> ir.Table:
    """The columns of the contract and no others, each of its type."""
    expected = {name: EXPECTED.get(name, "boolean") for name in TABLES[table].model_fields}
    return rows.select(
        **{
            name: rows[name] if rows[name].type().copy(nullable=True) == ibis.dtype(kind) else rows[name].cast(kind)
            for name, kind in expected.items()
        }
    )


def _files(facts: Path, table: str) -> tuple[Path, ...]:
    """One file, or the part files of a folder in their order."""
    whole = facts / f"{table}.parquet"
    return (whole,) if whole.is_file() else tuple(sorted((facts / table).glob("*.parquet")))


def _faults(schema: pa.Schema, table: str) -> Iterator[str]:
    for name in TABLES[table].model_fields:
        places = schema.get_all_field_indices(name)
        expected = EXPECTED.get(name, "boolean")
        if not places:
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


def rows_written(folder: Path, name: str) -> int:
    """The rows of an output, from the outlines of its files."""
    return sum(pq.read_metadata(file).num_rows for file in _files(folder, name))
