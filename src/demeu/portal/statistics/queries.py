"""Reading the kept tables. A table that nobody has counted yet is counted for its reader alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from demeu.kernel import clock
from demeu.portal.statistics.counting import COUNTED, MONTHS, SUMS
from demeu.portal.statistics.models import KeptTable
from demeu.portal.ui.money_states import MoneyStates

Rows = list[dict[str, Any]]


@dataclass(frozen=True)
class Kept:
    """All tables by name, and when the oldest of the counted ones was counted."""

    tables: dict[str, Rows]
    counted_at: datetime


def kept() -> Kept:
    """Every table. One query."""
    rows = {row.name: row for row in KeptTable.objects.all()}
    missing = [name for name in COUNTED if name not in rows]
    tables = {name: list(row.rows) for name, row in rows.items()} | {name: COUNTED[name]() for name in missing}
    moments = [rows[name].counted_at for name in COUNTED if name in rows] or [clock.now()]
    return Kept({MONTHS: [], **tables}, min(moments))


def stamp() -> datetime:
    """When the tables were last counted: pages kept under it are fresh until the next count."""
    newest = KeptTable.objects.order_by("-counted_at").values_list("counted_at", flat=True).first()
    return newest or kept().counted_at


def summed(rows: Iterable[dict[str, Any]], by: str = "") -> dict[str, dict[str, int]]:
    """Rows of `money` summed by `group` or `region`; under "" when by nothing."""
    found: dict[str, dict[str, int]] = {}
    for row in rows:
        line = found.setdefault(str(row[by]) if by else "", dict.fromkeys(("open", "way", "done", "gifts", *SUMS), 0))
        for name in line:
            line[name] += row[name]
    return found or ({} if by else {"": dict.fromkeys(("open", "way", "done", "gifts", *SUMS), 0)})


def money_states(line: dict[str, int], *, goal: bool = False) -> MoneyStates:
    """The four states of a summed line."""
    return MoneyStates(
        line["delivered"], line["paid"], line["held"], line["received"], line["needed"] if goal else None
    )
