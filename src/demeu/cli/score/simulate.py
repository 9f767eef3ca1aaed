"""`demeu score simulate`: two rule sets on the same country, as a report of aggregates. Keeps nothing else."""

import time
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from demeu.cli.score.unusable import UNUSABLE, Lang, said
from demeu.kernel import clock
from demeu.kernel.errors import Refusal, invalid
from demeu.scoring.rule_sets import RuleSetChanged
from demeu.scoring.trace import messages

TENGE_MAX = 10**9
TIYN = 100


def simulate(
    facts: Annotated[Path, typer.Option(help="Folder of households, persons and, if there are, strata.")],
    base: Annotated[str, typer.Option(help="Rule set to compare with, as kz-2026-and.")],
    against: Annotated[str, typer.Option(help="Rule set that is tried, as kz-2026-or.")],
    out: Annotated[Path, typer.Option(help="Folder for the report; must not exist or be empty.")],
    measure: Annotated[Path | None, typer.Option(help="A measure as YAML: who gets how much.")] = None,
    on: Annotated[str | None, typer.Option(help="Assessment date, YYYY-MM-DD; today if not given.")] = None,
    line_tenge: Annotated[int | None, typer.Option(help="Poverty line a head and month; else the minimum.")] = None,
    line_source: Annotated[str | None, typer.Option(help="Where this poverty line comes from.")] = None,
    lang: Annotated[Lang, typer.Option(help="Language of the report.")] = Lang.RU,
) -> None:
    """Moves between categories, budget, targeting and fairness of a change of rules: HTML and CSV."""
    from demeu.scoring.simulate.compare import compare
    from demeu.scoring.simulate.measure import read_measure
    from demeu.scoring.simulate.report import words

    began = time.monotonic()
    try:
        day = date.fromisoformat(on) if on is not None else clock.today()
        read = read_measure(measure) if measure is not None else None
        line = _line(line_tenge, line_source)
        with _bar() as bar:
            told = compare(
                facts,
                out,
                base=base,
                against=against,
                on=day,
                score=_scoring(bar, words()["scoring"][lang]),
                lang=lang,
                measure=read,
                line=line,
            )
    except Refusal as refusal:
        _refuse(words()["unusable"][lang], *_said(refusal, words(), lang))
    except RuleSetChanged as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from None
    except OSError as error:
        _refuse(words()["unusable"][lang], f"{error.filename or out}: {error.strerror or error}")
    except ValueError:
        _refuse(words()["unusable"][lang], messages("report")["not_a_day"][lang].format(day=on))
    count = told.cells.households("all")
    seconds = f"{time.monotonic() - began:.1f}"
    typer.echo(words()["done"][lang].format(out=out, households=count, seconds=seconds))


def _line(tenge: int | None, source: str | None) -> Any:
    """The stated poverty line; a line without a source is refused, and so is a source without a line."""
    from demeu.scoring.simulate.report import Line

    if tenge is None and source is None:
        return None
    if tenge is None or not source or not 1 <= tenge <= TENGE_MAX:
        raise invalid("simulate.line")
    return Line(tenge * TIYN, source)


def _scoring(bar: Progress, text: str) -> Any:
    """Scores by the batch engine and shows how far it is."""
    from demeu.scoring.batch.country import score_country

    def score(facts: Path, folder: Path, rules: str, on: date) -> None:
        line = bar.add_task(text.format(rules=rules), total=1.0)

        def heard(share: float, *_: int) -> None:
            bar.update(line, completed=share)

        score_country(facts, folder, rules=rules, on=on, progress=heard)

    return score


def _said(refusal: Refusal, words: Any, lang: str) -> list[str]:
    """A refusal in words where there are some; the faults of a file with their places."""
    faults = refusal.facts.get("faults")
    if isinstance(faults, list):
        file = refusal.facts.get("file")
        return [f"{file}: {fault}" if file else str(fault) for fault in faults]
    text = words.get(f"refused.{refusal.code}")
    return [text[lang].format(**refusal.facts)] if text else said(refusal)


def _refuse(*lines: str) -> NoReturn:
    typer.echo("\n  ".join(lines), err=True)
    raise typer.Exit(UNUSABLE)


def _bar() -> Progress:
    parts = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    return Progress(*parts, console=Console(stderr=True), transient=True)
