"""Each open report as one table: what stands in it, in which unit, what is hidden. Every form of it is made from here.

A cell of None is hidden because it counts fewer than eleven families, or because it would give such a cell away.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from demeu.contracts.words import NeedGroup
from demeu.portal.statistics import wording
from demeu.portal.statistics.counting import SHARE_STEPS, SUMS
from demeu.portal.statistics.queries import Kept, Rows, summed
from demeu.portal.statistics.rules import gini, hidden_cells
from demeu.portal.ui.groups import name_of
from demeu.portal.ui.regions import region_name

Cell = int | float | None
Words = str | Promise
GROUPS = [str(group) for group in NeedGroup]
BAND = 2  # steps of a twentieth in one bar


@dataclass(frozen=True)
class Column:
    """`kind`: number, tenge (in tiyn), days or share (percent). `drawn`: a series of the chart."""

    code: str
    label: Words
    kind: str = "number"
    drawn: bool = False


@dataclass(frozen=True)
class Line:
    """One row: its stable key, its name, where its cases are found, its cells in the order of the columns."""

    key: str
    name: str
    cells: tuple[Cell, ...]
    query: str = ""


@dataclass(frozen=True)
class Report:
    """A table with what stands above it; `chart` is bars, stack (bars on each other) or nothing."""

    name: str
    title: str
    first: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    lead: str = ""
    chart: str = ""
    hides: bool = field(default=False, kw_only=True)


def report(name: str, kept: Kept) -> Report:
    """A report by its name, in the reader's language. An unknown name is a KeyError."""
    return REPORTS[name](kept)


def months(kept: Kept) -> Report:
    """Money by month."""
    columns = (
        Column("gifts", _("Gifts")),
        Column("received_tiyn", _("Came in"), "tenge", True),
        Column("returned_tiyn", _("Went back to donors"), "tenge"),
        Column("paid_tiyn", _("Paid to suppliers"), "tenge", True),
        Column("delivered_tiyn", _("Delivered to families"), "tenge", True),
    )
    lines = tuple(
        Line(row["month"][:7], row["month"][:7], tuple(row[column.code] for column in columns))
        for row in kept.tables["months"]
    )
    lead = _("What moved in each month. Money paid in one month may have come in another; the last month is not over.")
    return Report("months", _("Money by month"), _("Month"), columns, lines, lead, "bars")


def _money(name: str, title: str, by: str, kept: Kept) -> Report:
    columns = (
        Column("open", _("Raising")),
        Column("way", _("On its way")),
        Column("done", _("Completed")),
        *(Column(code, wording.MONEY[code], "tenge", code != "needed") for code in ("needed", *reversed(SUMS[1:]))),
    )
    sums = summed(kept.tables["money"], by)
    keys = GROUPS if by == "group" else sorted(sums, key=lambda key: region_name(key))
    lines = tuple(
        Line(key, _name(by, key), tuple(sums[key][column.code] for column in columns), f"{by}={key}")
        for key in keys
        if key in sums
    )
    return Report(name, title, _("Group") if by == "group" else _("Region"), columns, lines, "", "stack")


def _name(by: str, key: str) -> str:
    named: dict[str, Callable[[str], Any]] = {
        "group": name_of,
        "region": region_name,
        "urgency": lambda code: wording.URGENCY.get(code, code),
        "category": lambda code: _("category %(number)s") % {"number": code},
    }
    return str(named[by](key))


def fairness(by: str, kept: Kept) -> Report:
    """What part of the sums asked has been collected, and how many cases are left behind."""
    columns = (
        Column("families", _("Cases")),
        Column("needed", wording.MONEY["needed"], "tenge"),
        Column("collected", _("Collected"), "tenge"),
        Column("share", _("Part collected"), "share", True),
        Column("behind", _("Left behind")),
    )
    lines = []
    for row in (row for row in kept.tables["fairness"] if row["by"] == by):
        collected = sum(row[name] for name in SUMS if name != "needed")
        share = round(min(100 * collected / row["needed"], 100), 1) if row["needed"] else 0.0
        cells = (row["families"], row["needed"], collected, share, row["behind"])
        lines.append(Line(row["key"], _name(by, row["key"]), cells))
    lead = _("Left behind: open for sixty days with less than a fifth of the sum.")
    order = sorted(lines, key=lambda line: line.cells[3] or 0)
    first = {"group": _("Group"), "region": _("Region"), "urgency": _("Urgency"), "category": _("Category of need")}[by]
    return Report(f"fairness-{by}", str(wording.FAIR_BY[by]), first, columns, tuple(order), lead, "bars")


def fairness_spread(kept: Kept) -> float | None:
    """How unevenly the part collected is spread over open cases (Gini): 0 all alike, near 1 a few have all."""
    middle = 0.5 / SHARE_STEPS
    return gini({row["step"] / SHARE_STEPS + middle: row["families"] for row in kept.tables["shares"]})


def shares(kept: Kept) -> Report:
    """Open cases by the part of the sum that they have."""
    bands: dict[int, int] = {}
    for row in kept.tables["shares"]:
        step = min(row["step"], SHARE_STEPS - 1) // BAND
        bands[step] = bands.get(step, 0) + row["families"]
    width = 100 // SHARE_STEPS * BAND
    lines = tuple(
        Line(str(band * width), f"{band * width}–{band * width + width} %", (bands.get(band, 0),))
        for band in range(SHARE_STEPS // BAND)
    )
    columns = (Column("families", _("Cases"), drawn=True),)
    return Report("shares", _("How far open cases are"), _("Part collected"), columns, lines, "", "bars")


def waiting(kept: Kept) -> Report:
    """How long families wait for each step."""
    columns = (
        Column("families", _("Families")),
        Column("median_days", _("Half wait less than, days"), "days", True),
        Column("most_days", _("Nine of ten wait less than, days"), "days", True),
    )
    rows = {(row["step"], row["group"]): row for row in kept.tables["waiting"]}
    by_group = {(step, group): row["families"] for (step, group), row in rows.items() if group}
    hidden = hidden_cells(by_group).cells
    lines = [
        _waited(rows.get((step, group)), step, group, hidden, columns)
        for step in wording.STEPS
        for group in ("", *GROUPS)
    ]
    lead = _("Families that finished the step in the last year. Numbers from fewer than eleven families are hidden.")
    found = tuple(line for line in lines if line)
    return Report("waiting", _("How long families wait"), _("Step"), columns, found, lead, "bars", hides=True)


def _waited(
    row: dict[str, Any] | None, step: str, group: str, hidden: frozenset[Any], columns: tuple[Column, ...]
) -> Line | None:
    if row is None:
        return None
    gone = (step, group) in hidden or (not group and row["families"] < 11)
    cells = tuple(None if gone else row[column.code] for column in columns)
    name = str(wording.STEPS[step]) + (f": {name_of(group)}" if group else "")
    return Line(f"{step}:{group}" if group else step, name, cells)


def _crossed(name: str, title: str, first: str, lead: str, rows: Rows, keys: tuple[str, str], words: Any) -> Report:
    """Counts by two keys with small cells hidden; `words`: names of the second key's values."""
    counts: Mapping[tuple[str, str], int] = {
        (one, other): sum(row["families"] for row in rows if (row[keys[0]], row[keys[1]]) == (one, other))
        for one in sorted({row[keys[0]] for row in rows})
        for other in words
    }
    hidden = hidden_cells(counts)
    lines = []
    for one in sorted({one for one, _other in counts}):
        cells: list[Cell] = [None if (one, other) in hidden.cells else counts[one, other] for other in words]
        whole = sum(counts[one, other] for other in words)
        cells.append(None if one in hidden.rows or 0 < whole < 11 else whole)
        label = str(wording.COMPLAINTS.get(one, one)) if name == "complaints" else one
        lines.append(Line(one, label, tuple(cells)))
    columns = (*(Column(code, label, drawn=True) for code, label in words.items()), Column("all", _("In all")))
    return Report(name, title, first, columns, tuple(lines), lead, "stack", hides=True)


def applications(kept: Kept) -> Report:
    """Applications by month and outcome."""
    lead = _("By the month in which the family sent its application. Numbers below eleven are hidden.")
    rows, keys = kept.tables["applications"], ("month", "outcome")
    return _crossed("applications", _("Applications"), _("Month"), lead, rows, keys, wording.OUTCOMES)


def complaints(kept: Kept) -> Report:
    """Reports of a problem by what is wrong and where they stand."""
    lead = _("Reports of the last year. Numbers below eleven are hidden.")
    rows, keys = kept.tables["complaints"], ("code", "state")
    title = _("Reports of a problem")
    return _crossed("complaints", title, _("What is wrong"), lead, rows, keys, wording.COMPLAINT_STATES)


REPORTS: dict[str, Callable[[Kept], Report]] = {
    "months": months,
    "groups": lambda kept: _money("groups", _("By group"), "group", kept),
    "regions": lambda kept: _money("regions", _("By region"), "region", kept),
    "waiting": waiting,
    "shares": shares,
    **{f"fairness-{by}": (lambda kept, by=by: fairness(by, kept)) for by in wording.FAIR_BY},  # type: ignore[misc]
    "applications": applications,
    "complaints": complaints,
}
