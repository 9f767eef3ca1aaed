"""`demeu score simulate`: two rule sets on the same country, as a report of aggregates. Keeps nothing else."""

import time
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from demeu.cli.score.progress import Heard, long_work
from demeu.cli.score.unusable import Lang, day_of, ending_in_words
from demeu.kernel import clock
from demeu.kernel.errors import invalid

TENGE_MAX = 10**9
TIYN = 100
REFUSED = "refused."


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
    import duckdb

    from demeu.scoring.batch.engines import EngineFailed
    from demeu.scoring.simulate.compare import compare
    from demeu.scoring.simulate.report import words

    day, own = day_of(on, lang) or clock.today(), _by_code(words())
    began = time.monotonic()
    failures = (EngineFailed, duckdb.Error)
    with ending_in_words(lang, out, own, failures=failures), long_work() as add_line:
        told = compare(
            facts,
            out.resolve(),
            base=base,
            against=against,
            on=day,
            score=_scoring(add_line, words()["scoring"][lang]),
            lang=lang,
            measure=_measure(measure),
            line=_line(line_tenge, line_source),
        )
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


def _measure(file: Path | None) -> Any:
    """The measure of a file, if there is one; what the YAML reader trips over is refused like any other fault."""
    from demeu.scoring.simulate.measure import read_measure

    try:
        return read_measure(file) if file is not None else None
    except (ValueError, RecursionError):
        raise invalid("simulate.measure", file=str(file), faults=["not YAML"]) from None


def _scoring(add_line: Callable[[str], Heard], text: str) -> Any:
    """Scores by the batch engine and shows how far it is."""
    from demeu.scoring.batch.country import score_country

    def score(facts: Path, folder: Path, rules: str, on: date) -> None:
        score_country(facts, folder, rules=rules, on=on, progress=add_line(text.format(rules=rules)))

    return score


def _by_code(words: Mapping[str, Any]) -> dict[str, Any]:
    """The words of refusals, by code."""
    return {name.removeprefix(REFUSED): text for name, text in words.items() if name.startswith(REFUSED)}
