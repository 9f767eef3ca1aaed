"""What the report says, without its looks: figures and tables in one language, with hidden counts already hidden.

The CSV files are these tables with codes in place of words. No count comes here but through `Cells`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, cast

import yaml

from demeu.scoring.simulate.cells import CATEGORIES, SIDES, Cells
from demeu.scoring.simulate.measure import Measure

WORDS = Path(__file__).with_name("words.yaml")
HIDDEN_IN_CSV = "hidden"
RECEIVING_BY_OUR_CHOICE = (1, 2)
Row = tuple[object, ...]


@dataclass(frozen=True)
class Line:
    """A poverty line, tiyn a head and month. `source` is None for the default, the subsistence minimum in force."""

    tiyn: int
    source: str | None = None


@dataclass(frozen=True)
class Simulation:
    """All that a report is written from."""

    base: str
    against: str
    hashes: tuple[str, str]
    on: date
    line: Line
    measure: Measure | None
    cells: Cells
    dimensions: Mapping[str, tuple[str, ...]]
    lacking: tuple[str, ...]
    need_declared: bool

    @property
    def receiving(self) -> tuple[int, ...]:
        """Categories that get help."""
        return self.measure.categories if self.measure else RECEIVING_BY_OUR_CHOICE

    def rate(self, side: str, *group: object) -> float | None:
        """Share of the households of a group (of all, if none is named) that get help."""
        if group:
            return self.cells.share((*group, "gets", side), group)
        return self.cells.share(("gets", side), ("all",))

    def ratio(self, side: str, *group: object) -> float | None:
        """The rate of a group to that of all."""
        here, everywhere = self.rate(side, *group), self.rate(side)
        return None if here is None or not everywhere else here / everywhere

    def leakage(self, side: str) -> float | None:
        """Recipients that are not poor, of recipients whose need is known."""
        return self._error(side, top=("above", "gets"), rest=("poor", "gets"))

    def undercoverage(self, side: str) -> float | None:
        """Poor that get nothing, of all poor."""
        return self._error(side, top=("poor", "not"), rest=("poor", "gets"))

    def cost_tiyn(self, side: str, category: int | None = None) -> int | None:
        """The measure's cost a month; None without a measure, or when the counts behind it are hidden."""
        key = ("gets", side) if category is None else (side, category)
        households, members = self.cells.households(*key), self.cells.members(*key)
        if self.measure is None or households is None or members is None:
            return None
        return self.measure.cost_tiyn(households, members)

    def _error(self, side: str, top: tuple[str, str], rest: tuple[str, str]) -> float | None:
        one = self.cells.households("need", *top, side)
        two = self.cells.households("need", *rest, side)
        return None if one is None or two is None or one + two == 0 else one / (one + two)


@cache
def words() -> Mapping[str, Any]:
    """Every text of the report, in kk, ru and en."""
    return cast(Mapping[str, Any], yaml.safe_load(WORDS.read_text("utf-8")))


def tables(told: Simulation) -> dict[str, list[Row]]:
    """Each table by the name of its file; the first row names the columns."""
    found = {
        "categories": _categories(told),
        "moves": _moves(told),
        "targeting": _targeting(told),
        "fairness": _fairness(told),
    }
    return found | {"budget": _budget(told)} if told.measure else found


def shown(count: int | float | None) -> object:
    """A number of a CSV cell, or the word that stands for a hidden one."""
    if count is None:
        return HIDDEN_IN_CSV
    return round(count, 6) if isinstance(count, float) else count


def _names(told: Simulation) -> dict[str, str]:
    return dict(zip(SIDES, (told.base, told.against), strict=True))


def _categories(told: Simulation) -> list[Row]:
    rows: list[Row] = [("rule_set", "category", "households", "people")]
    for side, name in _names(told).items():
        for category in CATEGORIES:
            key = (side, category)
            rows.append((name, category, shown(told.cells.households(*key)), shown(told.cells.members(*key))))
    return rows


def _moves(told: Simulation) -> list[Row]:
    rows: list[Row] = [("from", *(f"to_{category}" for category in CATEGORIES), "total")]
    for base in CATEGORIES:
        moved = (shown(told.cells.households("move", base, against)) for against in CATEGORIES)
        rows.append((base, *moved, shown(told.cells.households("base", base))))
    margins = (shown(told.cells.households("against", category)) for category in CATEGORIES)
    rows.append(("total", *margins, shown(told.cells.households("all"))))
    return rows


def _budget(told: Simulation) -> list[Row]:
    rows: list[Row] = [("rule_set", "category", "households", "people", "month_tiyn", "year_tiyn")]
    for side, name in _names(told).items():
        for category in (*told.receiving, None):
            key = ("gets", side) if category is None else (side, category)
            cost = told.cost_tiyn(side, category)
            counts = (shown(told.cells.households(*key)), shown(told.cells.members(*key)))
            year = None if cost is None else 12 * cost
            rows.append((name, category or "total", *counts, shown(cost), shown(year)))
    return rows


def _targeting(told: Simulation) -> list[Row]:
    rows: list[Row] = [("rule_set", "need", "getting", "not_getting", "leakage", "undercoverage", "line_tiyn")]
    for side, name in _names(told).items():
        for need in ("poor", "above", "unknown"):
            counts = (shown(told.cells.households("need", need, part, side)) for part in ("gets", "not"))
            errors = (shown(told.leakage(side)), shown(told.undercoverage(side)))
            rows.append((name, need, *counts, *errors, told.line.tiyn))
    return rows


def _fairness(told: Simulation) -> list[Row]:
    categories = tuple(f"category_{category}" for category in CATEGORIES)
    rows: list[Row] = [("dimension", "group", "rule_set", "households", *categories, "getting", "rate", "ratio")]
    for dimension, groups in told.dimensions.items():
        for group in groups:
            for side, name in _names(told).items():
                whole = (dimension, group)
                counts = [shown(told.cells.households(*whole, side, category)) for category in CATEGORIES]
                gets = shown(told.cells.households(*whole, "gets", side))
                rates = (shown(told.rate(side, *whole)), shown(told.ratio(side, *whole)))
                rows.append((*whole, name, shown(told.cells.households(*whole)), *counts, gets, *rates))
    return rows
