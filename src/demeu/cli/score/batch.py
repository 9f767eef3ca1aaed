"""`demeu score batch`: the whole country, from files of facts to files of scores, on DuckDB or Spark."""

import json
import re
import time
from dataclasses import asdict
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeRemainingColumn

from demeu.cli.score.unusable import UNUSABLE, Lang
from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.scoring.trace import messages

UNITS = {"": 1, "K": 10**3, "M": 10**6, "G": 10**9, "KI": 2**10, "MI": 2**20, "GI": 2**30}


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
    threads: Annotated[int | None, typer.Option(min=1, help="Threads; one for each core if not given.")] = None,
    lang: Annotated[Lang, typer.Option(help="Language of what is printed.")] = Lang.RU,
    as_json: Annotated[bool, typer.Option("--json", help="Print what came out as JSON, with seconds a stage.")] = False,
) -> None:
    """Category, total, level, every indicator and the range of each household; what is rejected, and why."""
    from demeu.scoring.batch.country import score_country
    from demeu.scoring.batch.engines import EngineFailed

    words = messages("batch")
    if master is not None and engine is not Engine.SPARK:
        _refuse(words["unusable"][lang], words["batch.master"][lang])
    began = time.monotonic()
    try:
        with _bar() as bar:
            line = bar.add_task(words["scoring"][lang], total=1.0, rate="")

            def shown(share: float, households: int) -> None:
                rate = share * households / max(time.monotonic() - began, 0.001)
                bar.update(line, completed=share, rate=f"{rate:,.0f}/s".replace(",", " "))

            scored = score_country(
                facts,
                out,
                rules=rules,
                on=date.fromisoformat(on) if on is not None else clock.today(),
                engine=engine.value,
                memory_bytes=_bytes(memory, lang),
                threads=threads,
                master=master,
                progress=shown,
            )
    except Refusal as refusal:
        faults = refusal.facts.get("faults", [])
        assert isinstance(faults, list)
        _refuse(words["unusable"][lang], words[refusal.code][lang].format(**refusal.facts), *map(str, faults))
    except EngineFailed as failure:
        _refuse(words["batch.engine_failed"][lang].format(why=failure), exit_code=1)
    except OSError as error:
        _refuse(words["batch.not_writable"][lang].format(out=out, why=error.strerror or error))
    except ValueError:
        _refuse(words["unusable"][lang], messages("report")["not_a_day"][lang].format(day=on))
    seconds = f"{time.monotonic() - began:.1f}"
    if as_json:
        typer.echo(json.dumps(asdict(scored)))
        return
    said = words["written"][lang]
    typer.echo(said.format(out=out, rows=scored.rejected_rows, **asdict(scored) | {"seconds": seconds}))


def _bytes(memory: str, lang: str) -> int:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)\s*([KMG]I?)?B?", memory.strip().upper())
    if found is None:
        _refuse(messages("batch")["not_a_size"][lang].format(memory=memory))
    return int(float(found[1]) * UNITS[found[2] or ""])


def _refuse(*lines: str, exit_code: int = UNUSABLE) -> NoReturn:
    typer.echo("\n  ".join(lines), err=True)
    raise typer.Exit(exit_code)


def _bar() -> Progress:
    """Share done, rate and time left, on the error stream; nothing where that is not a terminal."""
    parts = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TextColumn("{task.fields[rate]}"))
    return Progress(*parts, TimeRemainingColumn(), console=Console(stderr=True), transient=True)
