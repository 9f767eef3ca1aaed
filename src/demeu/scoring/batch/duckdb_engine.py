"""DuckDB in this process: bounded memory, spills beside the output, tells how far it is."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.backends.duckdb
import ibis.expr.types as ir
import numpy as np

from demeu.scoring.batch.engines import Engine, Heard, more_than_once

HASHES_AT_ONCE = 40_000_000
"""Eight bytes each; more rows are looked at in several passes."""

LOOK_EVERY_S = 0.25


class DuckDB(Engine):
    """One database in memory. `memory_bytes`: what it may hold; `scratch`: where it spills."""

    errors = (duckdb.Error,)

    def __init__(self, memory_bytes: int, threads: int, scratch: Path) -> None:
        self.ibis = ibis.duckdb.connect()
        self.raw = self.ibis.con
        self.raw.execute("SET preserve_insertion_order = false")
        self.raw.execute("SET enable_progress_bar = true")
        self.raw.execute("SET enable_progress_bar_print = false")
        self.raw.execute(f"SET memory_limit = '{memory_bytes} B'")
        self.raw.execute(f"SET threads = {threads}")
        self.raw.execute(f"SET temp_directory = {_quoted(scratch)}")  # a parameter would load pandas, for half a second

    def read(self, files: Sequence[Path], name: str) -> ir.Table:
        self.raw.read_parquet([str(file) for file in files]).create_view(name)
        return self.ibis.table(name)

    def keep(self, table: ir.Table, folder: Path, name: str, heard: Heard) -> ir.Table:
        self.raw.execute(f'DROP TABLE IF EXISTS "{name}"')
        with self._watched(heard):
            return self.ibis.create_table(name, table)

    def write(self, table: ir.Table, folder: Path, name: str, heard: Heard) -> None:
        with self._watched(heard):
            self.ibis.to_parquet(table, folder / f"{name}.parquet")

    def repeated(self, table: ir.Table, column: str) -> ir.Table | None:
        """Equal hashes are found by sorting, far faster than by grouping texts; then those few are looked at again."""
        beside = ibis.duckdb.from_connection(self.raw.cursor())
        hashes = table.filter(table[column].notnull()).select(hash=table[column].hash())
        slices = 1 + _value(beside.con, table.count()) // HASHES_AT_ONCE
        twice: list[int] = []
        for number in range(slices):
            part = hashes if slices == 1 else hashes.filter((hashes.hash & 0xFFFF) % slices == number)
            twice += _equal(beside.con.execute(ibis.to_sql(part, dialect="duckdb")).fetchnumpy()["hash"])
        if not twice:
            return None
        few = ibis.memtable({"hash": twice}, schema={"hash": "int64"})
        return more_than_once(table.filter(table[column].hash().isin(few.hash)), column, beside)

    def value(self, scalar: ir.Scalar) -> Any:
        """Only of tables that were read or kept, not of those in Python's memory."""
        return _value(self.raw, scalar)

    def close(self) -> None:
        self.ibis.disconnect()

    @contextmanager
    def _watched(self, heard: Heard) -> Iterator[None]:
        """Tells the share done while a statement runs in this thread."""
        over = threading.Event()

        def look() -> None:
            while not over.wait(LOOK_EVERY_S):
                heard(max(0.0, self.raw.query_progress()) / 100)

        watcher = threading.Thread(target=look, daemon=True)
        watcher.start()
        try:
            yield
        finally:
            over.set()
            watcher.join()
        heard(1.0)


def _value(connection: duckdb.DuckDBPyConnection, scalar: ir.Scalar) -> Any:
    """Asked without Ibis, which would load pandas for it."""
    found = connection.execute(ibis.to_sql(scalar, dialect="duckdb")).fetchone()
    return found and found[0]


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"


def _equal(values: "np.ndarray[Any, np.dtype[np.int64]]") -> list[int]:
    """Those that stand more than once; sorts in place."""
    values.sort()
    return [int(value) for value in np.unique(values[1:][values[1:] == values[:-1]])]
