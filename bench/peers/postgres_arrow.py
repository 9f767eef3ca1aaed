"""Tables into and out of PostgreSQL as Arrow, by ADBC, a stream of batches at a time. Prints the rows as JSON."""

# ruff: noqa: S608 - table names are those below

import argparse
import json
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from adbc_driver_postgresql import dbapi

FACTS = ("households", "persons")
RESULTS = ("scores", "rejected")


def push(address: str, folder: Path, table: str) -> int:
    """A new table from a Parquet file or its parts."""
    parts = folder / table
    files = sorted(parts.glob("*.parquet")) if parts.is_dir() else [folder / f"{table}.parquet"]
    schema = pq.read_schema(files[0])

    def batches() -> Iterator[pa.RecordBatch]:
        for file in files:
            yield from pq.ParquetFile(file).iter_batches()

    with dbapi.connect(address) as link, link.cursor() as cursor:
        rows = cursor.adbc_ingest(table, pa.RecordBatchReader.from_batches(schema, batches()), mode="create")
        link.commit()
    return rows


def pull(address: str, folder: Path, table: str) -> int:
    """Part files from a table, read by two connections at once, each its half of the pages."""
    (folder / table).mkdir(parents=True)
    with dbapi.connect(address) as link, link.cursor() as cursor:
        cursor.execute(f"select pg_relation_size('{table}') / current_setting('block_size')::bigint / 2")
        middle = f"'({cursor.fetchone()[0]},0)'::tid"
    halves = enumerate((f"ctid < {middle}", f"ctid >= {middle}"))
    with ThreadPoolExecutor() as pool:
        return sum(
            pool.map(lambda half: pull_part(address, folder / table / f"part-{half[0]}.parquet", half[1]), halves)
        )


def pull_part(address: str, file: Path, where: str) -> int:
    """One part file."""
    rows = 0
    with dbapi.connect(address) as link, link.cursor() as cursor:
        cursor.execute(f'select * from "{file.parent.name}" where {where}')
        reader = cursor.fetch_record_batch()
        with pq.ParquetWriter(file, reader.schema, compression="lz4") as opened:
            for batch in reader:
                opened.write_batch(batch)
                rows += batch.num_rows
    return rows


def main() -> None:
    """`postgres_arrow.py load|pull|push ADDRESS FOLDER`: load facts, pull facts, push results."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("load", "pull", "push"))
    parser.add_argument("address")
    parser.add_argument("folder", type=Path)
    given = parser.parse_args()
    tables, work = (RESULTS if given.what == "push" else FACTS), (pull if given.what == "pull" else push)
    with ThreadPoolExecutor() as pool:
        rows = list(pool.map(lambda table: work(given.address, given.folder, table), tables))
    sys.stdout.write(json.dumps(dict(zip(tables, rows, strict=True))))


if __name__ == "__main__":
    main()
