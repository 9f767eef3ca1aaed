"""The files of facts: where they stand, and whether they have the columns of the contract.

Only their outlines are read here, so unusable input is refused before any work, with its place.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import BaseModel

from demeu.contracts.scoring import HouseholdFacts, PersonFacts
from demeu.kernel.errors import invalid
from demeu.scoring.columnar.faults import Told

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

SPANNED = {*AMOUNTS, *DATES}

TYPES: dict[str, tuple[Callable[[pa.DataType], bool], ...]] = {
    "string": (pa.types.is_string, pa.types.is_large_string, pa.types.is_string_view),
    "int64": (lambda found: pa.types.is_integer(found) and not pa.types.is_uint64(found),),
    "float64": (pa.types.is_integer, pa.types.is_floating),
    "date": (pa.types.is_date,),
    "boolean": (pa.types.is_boolean,),
}
"""Arrow types whose every value can be read as the expected one."""


@dataclass(frozen=True)
class Source:
    """One table: its files, those with the same columns and types together; its rows; and what they tell of columns."""

    shapes: tuple[tuple[Path, ...], ...]
    rows: int
    told: Told


def sources(facts: Path) -> dict[str, Source]:
    """`households` and `persons` below a folder; raises `batch.facts` with every fault and its place."""
    faults: list[str] = []
    found = {table: _source(facts, table, faults) for table in TABLES}
    if faults:
        raise invalid("batch.facts", faults=faults)
    return found


def _source(facts: Path, table: str, faults: list[str]) -> Source:
    shapes: dict[pa.Schema, list[Path]] = {}
    outlines: list[pq.FileMetaData] = []
    for file in _found(facts, table, faults):
        try:
            outline = pq.ParquetFile(file)
        except (pa.ArrowException, OSError) as error:
            faults.append(f"{file}: {str(error).splitlines()[0]}")
            continue
        outlines.append(outline.metadata)
        faults.extend(f"{file}: {fault}" for fault in _faults(outline.schema_arrow, table))
        shapes.setdefault(outline.schema_arrow.remove_metadata(), []).append(file)
    rows = sum(outline.num_rows for outline in outlines)
    return Source(tuple(tuple(files) for files in shapes.values()), rows, _told(outlines))


def _told(outlines: Sequence[pq.FileMetaData]) -> Told:
    """What the outlines tell of each column; nothing of one of which any group of rows says nothing."""
    spans: dict[str, tuple[Any, Any]] = {}
    untold, filled, with_nulls = set[str](), set[str](), set[str]()
    for chunk in _chunks(outlines):
        name, told = chunk.path_in_schema, chunk.statistics
        nulls = told.null_count if told is not None and told.has_null_count else None
        (with_nulls if nulls != 0 else filled).add(name)
        if name not in SPANNED or nulls == chunk.num_values:
            continue
        try:
            if told is None or not told.has_min_max:
                untold.add(name)
                continue
            least, most = spans.get(name, (told.min, told.max))
            spans[name] = (min(least, told.min), max(most, told.max))
        except (ValueError, OverflowError):  # a day that Python cannot hold
            untold.add(name)
    return Told({name: span for name, span in spans.items() if name not in untold}, frozenset(filled - with_nulls))


def _chunks(outlines: Sequence[pq.FileMetaData]) -> Iterator[pq.ColumnChunkMetaData]:
    """Each column in each group of rows."""
    for outline in outlines:
        for group in range(outline.num_row_groups):
            for place in range(outline.num_columns):
                yield outline.row_group(group).column(place)


def _found(facts: Path, table: str, faults: list[str]) -> tuple[Path, ...]:
    """The files of a table; none is a fault, and so is a file beside part files, for one of them must be old."""
    try:
        whole, parts = _whole(facts, table), _parts(facts, table)
    except OSError as error:
        faults.append(f"{error.filename}: {error.strerror}")
        return ()
    if whole and parts:
        faults.append(f"{facts}: both {table}.parquet and {table}/*.parquet are there")
    elif not whole and not parts:
        faults.append(f"{facts}: neither {table}.parquet nor {table}/*.parquet is there")
    return whole or parts


def in_contract(rows: ir.Table, table: str) -> ir.Table:
    """The columns of the contract and no others, each of its type."""
    expected = {name: EXPECTED.get(name, "boolean") for name in TABLES[table].model_fields}
    return rows.select(
        **{
            name: rows[name] if rows[name].type().copy(nullable=True) == ibis.dtype(kind) else rows[name].cast(kind)
            for name, kind in expected.items()
        }
    )


def _whole(folder: Path, table: str) -> tuple[Path, ...]:
    file = folder / f"{table}.parquet"
    return (file,) if file.is_file() else ()


def _parts(folder: Path, table: str) -> tuple[Path, ...]:
    """Part files in their order; names that begin with a dot or a low line are no data, as everywhere."""
    return tuple(sorted(file for file in (folder / table).glob("*.parquet") if file.name[0] not in "._"))


def _faults(schema: pa.Schema, table: str) -> Iterator[str]:
    for name in TABLES[table].model_fields:
        places = [place for place, found in enumerate(schema.names) if found.lower() == name]
        expected = EXPECTED.get(name, "boolean")
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


def rows_written(folder: Path, name: str) -> int:
    """The rows of an output, from the outlines of its files."""
    return sum(pq.read_metadata(file).num_rows for file in _whole(folder, name) or _parts(folder, name))
