"""Scores a whole country into a folder that takes its name only when everything in it is written."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from demeu.kernel.errors import invalid
from demeu.scoring.batch.engines import Engine, EngineFailed
from demeu.scoring.batch.files import sources, table_of
from demeu.scoring.batch.rejecting import Facts
from demeu.scoring.batch.run import Progress, Run, Scored
from demeu.scoring.folders import is_taken, whole_folder
from demeu.scoring.rule_sets import rules_on

MEMORY_BYTES = 3 * 10**9
MEMORY_BYTES_MIN = 512 * 10**6
ENGINES = ("duckdb", "spark")


def score_country(
    facts: Path,
    out: Path,
    *,
    on: date,
    rules: str | None = None,
    engine: str = ENGINES[0],
    memory_bytes: int = MEMORY_BYTES,
    threads: int | None = None,
    master: str | None = None,
    progress: Progress | None = None,
) -> Scored:
    """`scores` and `rejected` as Parquet in `out`, which must not exist or be empty.

    `memory_bytes`: what the process may hold in all; `master`: the address of a Spark cluster. Raises `rules.unknown`,
    `score.no_minimum`, `batch.*` refusals and `EngineFailed`; nothing is left in `out` then.
    """
    in_force = rules_on(rules, on)
    if memory_bytes < MEMORY_BYTES_MIN:
        raise invalid("batch.memory", least=MEMORY_BYTES_MIN // 10**6)
    if is_taken(out):
        raise invalid("batch.not_empty", out=str(out))
    found = sources(facts)
    started = _engine(engine, memory_bytes, threads, master)
    with whole_folder(out.resolve()) as folder:
        scratch = folder / ".scratch"
        scratch.mkdir()
        with _whole(started(scratch)) as running:
            tables = {table: table_of(running, one, table) for table, one in found.items()}
            facts_read = Facts(**tables, on=on, told={table: one.told for table, one in found.items()})
            read = found["households"].rows
            scored = Run(running, facts_read, in_force, scratch, folder, read, progress).score()
        shutil.rmtree(scratch)
    return scored


@contextmanager
def _whole(engine: Engine) -> Iterator[Engine]:
    """The engine until it is closed; what stops it is said in one line."""
    try:
        yield engine
    except engine.errors as error:
        raise EngineFailed(str(error).strip().partition("\n")[0]) from error
    finally:
        engine.close()


def _engine(name: str, memory_bytes: int, threads: int | None, master: str | None) -> Callable[[Path], Engine]:
    """Starts the engine with its scratch folder. Loaded before anything is written: a signal may break that off."""
    if name == "spark":
        from demeu.scoring.batch.spark_engine import Spark

        return lambda scratch: Spark(master, memory_bytes, scratch)
    from demeu.scoring.batch.duckdb_engine import DuckDB

    return lambda scratch: DuckDB(memory_bytes, threads or os.cpu_count() or 1, scratch)
