"""`demeu score synth`: writes a synthetic country as files of facts. Invented families, published proportions."""

import time
from datetime import date
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from demeu.cli.score.unusable import UNUSABLE, Lang
from demeu.kernel.errors import Refusal
from demeu.scoring.trace import messages


def synth(
    households: Annotated[int, typer.Option(help="How many households; 6200000 is the whole country.")],
    out: Annotated[Path, typer.Option(help="Folder to write; must not exist or be empty.")],
    seed: Annotated[int, typer.Option(help="The same number and seed give the same files.")] = 0,
    nulls: Annotated[float, typer.Option(help="Factor on the shares of missing answers; 0 = all answered.")] = 1.0,
    faults: Annotated[int, typer.Option(help="Faulty rows of each kind, in households of their own.")] = 0,
    shuffle: Annotated[bool, typer.Option(help="References out of order, rows mixed within each row group.")] = False,
    iins: Annotated[bool, typer.Option(help="Also a file of identity numbers, apart from the facts.")] = False,
    on: Annotated[str | None, typer.Option(help="Day on which ages are as published; that of the marginals.")] = None,
    lang: Annotated[Lang, typer.Option(help="Language of what is printed.")] = Lang.RU,
) -> None:
    """A synthetic Kazakhstan: `households.parquet`, `persons.parquet`, `strata.parquet`."""
    from demeu.scoring.synth.country import write_country

    words = messages("country")
    began = time.monotonic()
    try:
        as_of = date.fromisoformat(on) if on is not None else None
        with _bar() as bar:
            line = bar.add_task(words["writing"][lang], total=households, rate="")

            def shown(done: int) -> None:
                rate = done / (time.monotonic() - began)
                bar.update(line, completed=done, rate=f"{rate:,.0f}/s".replace(",", " "))

            write_country(
                households,
                seed,
                out,
                nulls=nulls,
                faults=faults,
                shuffle=shuffle,
                iins=iins,
                as_of=as_of,
                progress=shown,
            )
    except Refusal as refusal:
        _refuse(words["unusable"][lang], words[refusal.code][lang].format(**refusal.facts))
    except OSError as error:
        said = words["country.not_writable"][lang].format(out=out, why=error.strerror or error)
        _refuse(words["unusable"][lang], said)
    except ValueError:
        _refuse(words["unusable"][lang], messages("report")["not_a_day"][lang].format(day=on))
    seconds = f"{time.monotonic() - began:.1f}"
    typer.echo(words["written"][lang].format(out=out, households=households, seconds=seconds))


def _refuse(*lines: str) -> NoReturn:
    typer.echo("\n  ".join(lines), err=True)
    raise typer.Exit(UNUSABLE)


def _bar() -> Progress:
    """Share done, rate and time left, on the error stream; nothing where that is not a terminal."""
    parts = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[rate]}"))
    return Progress(*parts, TimeRemainingColumn(), console=Console(stderr=True), transient=True)
