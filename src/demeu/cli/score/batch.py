"""`demeu score batch`: the whole country, from files of facts to files of scores, on DuckDB or Spark."""

import json
import re
import time
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from demeu.cli.score.progress import long_work
from demeu.cli.score.unusable import Lang, day_of, ending_in_words, refuse_command
from demeu.kernel import clock
from demeu.scoring.trace import messages

UNITS = {
    "": 1,
    "K": 10**3,
    "M": 10**6,
    "G": 10**9,
    "T": 10**12,
    "KI": 2**10,
    "MI": 2**20,
    "GI": 2**30,
    "TI": 2**40,
}
BYTES_MAX = 2**50
THREADS_MAX = 256


class Engine(StrEnum):
    """Where the calculation runs."""

    DUCKDB = "duckdb"
    SPARK = "spark"


def batch(
    facts: Annotated[Path, typer.Option(help="Folder with households.parquet and persons.parquet, or part files.")],
    out: Annotated[Path, typer.Option(help="Folder to write; must not exist or be empty.")],
    rules: Annotated[str | None, typer.Option(help="Rule-set id; the default one if not given.")] = None,
    on: Annotated[str | None, typer.Option(help="Assessment date, YYYY-MM-DD; today if not given.")] = None,
    engine: Annotated[Engine, typer.Option(help="DuckDB in this process, or Spark.")] = Engine.DUCKDB,
    master: Annotated[str | None, typer.Option(help="Address of the Spark cluster.")] = None,
    memory: Annotated[str, typer.Option(help="The most this process may hold, as 3GB or 1500MB.")] = "3GB",
    threads: Annotated[
        int | None, typer.Option(min=1, max=THREADS_MAX, help="Threads; one for each core if not given.")
    ] = None,
    lang: Annotated[Lang, typer.Option(help="Language of what is printed.")] = Lang.RU,
    as_json: Annotated[bool, typer.Option("--json", help="Print what came out as JSON, with seconds a stage.")] = False,
) -> None:
    """Category, total, level, every indicator and the range of each household; what is rejected, and why."""
    from demeu.scoring.batch.country import score_country
    from demeu.scoring.batch.engines import EngineFailed

    words = messages("batch")
    if master is not None and engine is not Engine.SPARK:
        refuse_command(lang, [words["master"][lang]])
    day, memory_bytes = day_of(on, lang) or clock.today(), _bytes(memory, lang)
    began = time.monotonic()
    with ending_in_words(lang, out, words, failures=(EngineFailed,)), long_work() as line:
        scored = score_country(
            facts,
            out,
            rules=rules,
            on=day,
            engine=engine.value,
            memory_bytes=memory_bytes,
            threads=threads,
            master=master,
            progress=line(words["scoring"][lang]),
        )
    if as_json:
        typer.echo(json.dumps(asdict(scored)))
        return
    told = asdict(scored) | {"seconds": f"{time.monotonic() - began:.1f}"}
    typer.echo(words["written"][lang].format(out=out, rows=scored.rejected_rows, **told))


def _bytes(memory: str, lang: str) -> int:
    found = re.fullmatch(r"(\d{1,20}(?:\.\d{1,9})?)\s*([KMGT]I?)?B?", memory.strip().upper(), re.ASCII)
    size = int(float(found[1]) * UNITS[found[2] or ""]) if found else None
    if size is None or size > BYTES_MAX:
        refuse_command(lang, [messages("batch")["not_a_size"][lang].format(memory=memory)])
    return size
