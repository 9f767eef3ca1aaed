"""The files of facts: where they stand, and whether they have the columns of the contract.

Only their outlines are read here, so unusable input is refused before any work, with its place.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.parquet as pq

from demeu.kernel.errors import invalid
from demeu.scoring.batch.columns import COLUMNS, FACTS, ORDERED, faults, in_contract
from demeu.scoring.batch.engines import Engine
from demeu.scoring.columnar.faults import Told


@dataclass(frozen=True)
class Source:
    """One table: its files, those with the same columns and types together; its rows; and what they tell of columns."""

    shapes: tuple[tuple[Path, ...], ...]
    rows: int
    told: Told


def sources(facts: Path, tables: Sequence[str] = FACTS) -> dict[str, Source]:
    """Tables below a folder; raises `batch.facts` with every fault and its place."""
    wrong: list[str] = []
    found = {table: _source(facts, table, wrong) for table in tables}
    if wrong:
        raise invalid("batch.facts", faults=wrong)
    return found


def _source(facts: Path, table: str, wrong: list[str]) -> Source:
    shapes: dict[pa.Schema, list[Path]] = {}
    outlines: list[pq.FileMetaData] = []
    for file in _found(facts, table, wrong):
        try:
            outline = pq.ParquetFile(file)
        except (pa.ArrowException, OSError) as error:
            wrong.append(f"{file}: {str(error).splitlines()[0]}")
            continue
        outlines.append(outline.metadata)
        wrong.extend(f"{file}: {fault}" for fault in faults(outline.schema_arrow, table))
        shapes.setdefault(outline.schema_arrow.remove_metadata(), []).append(file)
    rows = sum(outline.num_rows for outline in outlines)
    return Source(tuple(tuple(files) for files in shapes.values()), rows, _told(outlines, COLUMNS[table]))


def _told(outlines: Sequence[pq.FileMetaData], kinds: Mapping[str, str]) -> Told:
    """What the outlines tell of each column; nothing of one of which any group of rows says nothing."""
    spans: dict[str, tuple[Any, Any]] = {}
    untold, filled, with_nulls = set[str](), set[str](), set[str]()
    for chunk in _chunks(outlines):
        name, told = chunk.path_in_schema, chunk.statistics
        nulls = told.null_count if told is not None and told.has_null_count else None
        (with_nulls if nulls != 0 else filled).add(name)
        if kinds.get(name) not in ORDERED or nulls == chunk.num_values:
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


def _found(facts: Path, table: str, wrong: list[str]) -> tuple[Path, ...]:
    """The files of a table; none is a fault, and so is a file beside part files, for one of them must be old."""
    try:
        whole, parts = _whole(facts, table), _parts(facts, table)
    except OSError as error:
        wrong.append(f"{error.filename}: {error.strerror}")
        return ()
    if whole and parts:
        wrong.append(f"{facts}: both {table}.parquet and {table}/*.parquet are there")
    elif not whole and not parts:
        wrong.append(f"{facts}: neither {table}.parquet nor {table}/*.parquet is there")
    return whole or parts


def table_of(engine: Engine, source: Source, table: str) -> ir.Table:
    """One table; files of another shape are brought to the contract by themselves, for no engine widens columns."""
    shapes = [engine.read(files, f"{table}_{number}") for number, files in enumerate(source.shapes)]
    return reduce(lambda one, other: one.union(other), (in_contract(rows, table) for rows in shapes))


def is_there(folder: Path, table: str) -> bool:
    """Whether a folder holds any file of a table."""
    return bool(_whole(folder, table) or _parts(folder, table))


def _whole(folder: Path, table: str) -> tuple[Path, ...]:
    file = folder / f"{table}.parquet"
    return (file,) if file.is_file() else ()


def _parts(folder: Path, table: str) -> tuple[Path, ...]:
    """Part files in their order; names that begin with a dot or a low line are no data, as everywhere."""
    return tuple(sorted(file for file in (folder / table).glob("*.parquet") if file.name[0] not in "._"))


def rows_written(folder: Path, name: str) -> int:
    """The rows of an output, from the outlines of its files."""
    return sum(pq.read_metadata(file).num_rows for file in _whole(folder, name) or _parts(folder, name))
