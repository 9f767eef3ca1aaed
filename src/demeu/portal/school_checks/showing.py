"""Rows of the desk's pages and of the figures, in words. No names and no numbers of people here."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from demeu.contracts.scoring import Assessment
from demeu.portal.school_checks.models import SchoolCheck
from demeu.portal.school_checks.reading import Fault
from demeu.portal.school_checks.rules import CheckState, Figures, Quarter
from demeu.portal.school_checks.wording import FAULTS, STATES
from demeu.portal.ui.regions import region_name
from demeu.portal.ui.sheets import Cell, csv_lines

HIDDEN_IN_CSV = ""
ICONS = {
    CheckState.RECEIVED: "clock",
    CheckState.ASKED: "clock",
    CheckState.GATHERING: "clock",
    CheckState.ASSESSED: "check",
}


def check_rows(checks: Iterable[SchoolCheck], now: UUID | None = None) -> list[dict[str, Any]]:
    """The queue: the school's own numbers and where each check stands; no category, that is on its page."""
    return [
        {
            "href": reverse("school_checks:check", args=[row.id]),
            "number": row.number,
            "state": STATES[row.state],
            "icon": ICONS.get(CheckState(row.state), "cross"),
            "opened_at": row.opened_at,
            "now": row.id == now,
        }
        for row in checks
    ]


def state_rows(counted: dict[str, int]) -> list[tuple[Any, int]]:
    """How many checks stand where, in the order of the way."""
    return [(STATES[str(state)], counted[str(state)]) for state in CheckState if str(state) in counted]


def fault_rows(faults: Sequence[Fault]) -> list[dict[str, Any]]:
    """Line and reason of each fault."""
    return [{"line": fault.line, "reason": FAULTS[fault.reason]} for fault in faults]


def reason_rows(verdict: Assessment) -> list[dict[str, Any]]:
    """The reasons: what gave or took points, or is not known. What counts nothing is left out."""
    return [
        {"code": one.code, "title": one.title, "reason": one.reason, "confirmed": one.confirmed}
        for one in verdict.indicators
        if one.points != 0 or one.low != one.high
    ]


def figure_rows(rows: Iterable[Figures]) -> list[dict[str, Any]]:
    """Rows of the form with the region in words; None = hidden."""
    return [{"region": region_name(row.region_kato), "figures": row} for row in rows]


def quarter_name(quarter: Quarter) -> str:
    """«IV квартал 2026»."""
    roman = ("I", "II", "III", "IV")[quarter.number - 1]
    return _("quarter %(number)s of %(year)s") % {"number": roman, "year": quarter.year}


def figures_csv(quarter: Quarter, rows: Iterable[Figures], total: Figures) -> str:
    """The form as CSV: one line a region and one for all; a hidden cell is empty."""
    lines: list[list[Cell]] = [["period", "region_kato", "region", "schools", "requests", "category_6"]]
    for row in (*rows, total):
        cells = [HIDDEN_IN_CSV if cell is None else cell for cell in (row.schools, row.requests, row.category_six)]
        place = region_name(row.region_kato) if row.region_kato else _("All regions")
        lines.append([quarter.code, row.region_kato, place, *cells])
    return "".join(csv_lines(lines))
