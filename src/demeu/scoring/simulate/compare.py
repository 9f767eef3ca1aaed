"""Compares two rule sets on one country: scores by both, counts, hides, and writes the report. Nothing else is kept.

The scores of households stand in a scratch folder beside the report while it is made, and are gone with it.
"""

import csv
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from demeu.kernel.errors import invalid
from demeu.scoring.batch.columns import FACTS, STRATA
from demeu.scoring.batch.duckdb_engine import DuckDB
from demeu.scoring.batch.files import is_there, sources
from demeu.scoring.folders import is_taken, whole_folder
from demeu.scoring.rule_sets import rules_on
from demeu.scoring.simulate.aggregate import aggregate
from demeu.scoring.simulate.cells import cells
from demeu.scoring.simulate.hiding import TooFew
from demeu.scoring.simulate.measure import Measure
from demeu.scoring.simulate.page import Page
from demeu.scoring.simulate.report import RECEIVING_BY_OUR_CHOICE, Line, Row, Simulation, tables

MEMORY_BYTES = 2 * 10**9
Score = Callable[[Path, Path, str, date], object]
"""Writes `scores` of the facts in the first folder into the second, by a rule set, on a day."""


def compare(
    facts: Path,
    out: Path,
    *,
    base: str,
    against: str,
    on: date,
    score: Score,
    lang: str = "ru",
    measure: Measure | None = None,
    line: Line | None = None,
) -> Simulation:
    """Writes `report.html` and `tables/*.csv` into `out`, which must not exist or be empty.

    Raises `rules.unknown`, `score.no_minimum`, `batch.facts`, `simulate.*` and what `score` raises; then nothing is
    left in `out`.
    """
    for name in (base, against):
        rules_on(name, on)
    if is_taken(out):
        raise invalid("simulate.not_empty", out=str(out))
    sources(facts, (*FACTS, STRATA) if is_there(facts, STRATA) else FACTS)
    with whole_folder(out) as folder:
        scratch = folder / ".scores"
        for side, name in (("base", base), ("against", against)):
            score(facts, scratch / side, name, on)
        told = simulate(facts, scratch, base=base, against=against, on=on, measure=measure, line=line)
        shutil.rmtree(scratch)
        _write(told, folder, lang)
    return told


def simulate(
    facts: Path, scored: Path, *, base: str, against: str, on: date, measure: Measure | None, line: Line | None
) -> Simulation:
    """The figures, from scores in `scored/base` and `scored/against`."""
    stated = line or Line(_minimum_tiyn(base, on))
    engine = DuckDB(MEMORY_BYTES, os.cpu_count() or 1, scored / "spilled")
    found = aggregate(facts, scored / "base", scored / "against", stated.tiyn, engine)
    engine.close()
    if not found.moves:
        raise invalid("simulate.no_scores", facts=str(facts))
    try:
        shown = cells(found, measure.categories if measure else RECEIVING_BY_OUR_CHOICE)
    except TooFew:
        raise invalid("simulate.too_few", facts=str(facts)) from None
    if shown.households("all") is None:
        raise invalid("simulate.too_few", facts=str(facts))
    return Simulation(
        base=base,
        against=against,
        hashes=(rules_on(base, on).rule_set.hash, rules_on(against, on).rule_set.hash),
        on=on,
        line=stated,
        measure=measure,
        cells=shown,
        dimensions={name: tuple(groups) for name, groups in found.groups.items()},
        lacking=found.lacking,
        need_declared=found.need_declared,
    )


def _minimum_tiyn(rules: str, on: date) -> int:
    """The subsistence minimum a head in force, as the rule set has it."""
    return int(
        next(one.limits.minimum_tiyn for one in rules_on(rules, on).criteria if hasattr(one.limits, "minimum_tiyn"))
    )


def _write(told: Simulation, folder: Path, lang: str) -> None:
    (folder / "report.html").write_text(Page(told, lang).text(), "utf-8")
    (folder / "tables").mkdir()
    for name, rows in tables(told).items():
        _write_table(folder / "tables" / f"{name}.csv", rows)


def _write_table(file: Path, rows: list[Row]) -> None:
    with file.open("w", encoding="utf-8", newline="") as opened:
        csv.writer(opened, lineterminator="\n").writerows(rows)
