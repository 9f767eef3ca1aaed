"""A donor's months as a chart drawn at the server: rectangles of one SVG, stacked by state. Arithmetic only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from demeu.portal.patron.counting import Month

WIDTH, HEIGHT, BASE, TOP = 720, 220, 190, 14
GAP_SHARE = 0.3


@dataclass(frozen=True)
class Bar:
    """One stretch of a column: its state and place in the drawing."""

    key: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Column:
    """A month: where its label stands, its sum, its stretches from the ground up."""

    first: date
    middle: float
    top: float
    amount_tiyn: int
    bars: tuple[Bar, ...]


def columns(months: Sequence[Month]) -> tuple[Column, ...]:
    """The months left to right; the tallest fills the height, an empty one has no stretch."""
    most = max([month.money.collected_tiyn for month in months] + [1])
    step = WIDTH / max(len(months), 1)
    width = step * (1 - GAP_SHARE)
    found = []
    for place, month in enumerate(months):
        x, ground, bars = place * step + step * GAP_SHARE / 2, float(BASE), []
        for part in month.money.segments:
            height = (BASE - TOP) * part.amount_tiyn / most
            ground -= height
            bars.append(Bar(part.key, x, ground, width, height))
        found.append(Column(month.first, x + width / 2, ground - 4, month.money.collected_tiyn, tuple(bars)))
    return tuple(found)
