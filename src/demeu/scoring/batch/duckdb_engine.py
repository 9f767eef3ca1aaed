"""DuckDB in this process: bounded memory, spills beside the output, tells how far it is."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import numpy as np

from demeu.scoring.batch.engines import Heard

HASHES_AT_ONCE = 40_000_000
"""Eight bytes each; more rows are looked at in several passes."""

LOOK_EVERY_S = 0.25


class DuckDB:
    """One connection. `memory_bytes`: what DuckDB may hold; `scratch`: where it spills."""

    errors = (duckdb.Error,)

    def __init__(self, memory_bytes: int, threads: int, scratch: Path) -> None:
        self.ibis = ibis.duckdb.connect()
        self.raw = self.ibis.con
        self.raw.execute("SET preserve_insertion_order = false")
        self.raw.execute("SET enable_progress_bar = true")
        self.raw.execute("SET enable_progress_bar_print = false")
        self.raw.execute(f"SET memory_limit = '{memory_bytes} B'")
        self.raw.execute(f"SET threads = {threads}")
        self.raw.execute("SET temp_directory = ?", [str(scratch)])

    def read(self, files: Sequence[Path], name: str) -> ir.Table:
        return self.ibis.read_parquet([str(file) for file in files], table_name=name)

    def keep(self, table: ir.Table, folder: Path, name: str, heard: Heard) -> ir.Table:
        self.write(table, folder, name, heard)
        return self.read([folder / f"{name}.parquet"], name)

    def write(self, table: ir.Table, folder: Path, name: str, heard: Heard) -> None:
        with self._watched(heard):
            self.ibis.to_parquet(table, folder / f"{name}.parquet")

    def repeated(self, table: ir.Table, column: str) -> ir.Table | None:
        """Equal hashes are found by sorting, far faster than by grouping texts; then those few are looked at again."""
        hashes = table.filter(table[column].notnull()).select(hash=table[column].hash())
        slices = 1 + self.rows(table) // HASHES_AT_ONCE
        twice: list[int] = []
        for number in range(slices):
            part = hashes if slices == 1 else hashes.filter((hashes.hash & 0xFFFF) % slices == number)
            twice += self._equal(part)
        if not twice:
            return None
        suspects = table.filter(
            table[column].hash().isin(ibis.memtable({"hash": twice}, schema={"hash": "int64"}).hash)
        )
        counted = suspects.group_by(column).aggregate(times=suspects.count())
        found = self.ibis.to_pyarrow(counted.filter(counted.times > 1).select(column))
        return ibis.memtable(found) if len(found) else None

    def rows(self, table: ir.Table) -> int:
        return int(self.ibis.to_pyarrow(table.count()).as_py())

    def value(self, scalar: ir.Scalar) -> Any:
        return self.ibis.to_pyarrow(scalar).as_py()

    def close(self) -> None:
        self.ibis.disconnect()

    def _equal(self, hashes: ir.Table) -> list[int]:
        values = self.raw.execute(ibis.to_sql(hashes, dialect="duckdb")).fetchnumpy()["hash"]
        values.sort()
        return [int(value) for value in np.unique(values[1:][values[1:] == values[:-1]])]

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
