"""The words of papers: heads of tables, letters for the tax office."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from demeu.contracts.treasury import StatementLine
from demeu.kernel.money import format_tenge
from demeu.portal.giving.wording import GATEWAY_TEXTS
from demeu.portal.papers.rules import Deduction
from demeu.portal.ui.sheets import Cell
from demeu.portal.ui.wording import day

TARGETS = {
    "case": gettext_lazy("one case"),
    "item": gettext_lazy("one item of a case"),
    "group": gettext_lazy("a group of people in need"),
    "region": gettext_lazy("a region"),
    "fund": gettext_lazy("where it is needed most"),
    "sustainability": gettext_lazy("the running of the platform"),
    "reserve": gettext_lazy("the reserve for emergencies"),
}
PAYERS = {
    "large": gettext_lazy("companies under the monitoring of large taxpayers"),
    "other": gettext_lazy("other companies"),
}
MONEY_COLUMNS = (4, 5, 6, 7, 8, 9)


def table(lines: Sequence[StatementLine]) -> list[list[Cell]]:
    """The gifts of a year as rows with a head; the columns in `MONEY_COLUMNS` are tiyn."""
    head: list[Cell] = [
        _("Received"), _("Gift number"), _("Given for"), _("Way of payment"), _("Sum"), _("Given back"),
        _("Received, not yet at the bank"), _("In reserve"), _("Paid"), _("Delivered"), _("Record in the log"),
    ]  # fmt: skip
    return [head, *(_row(line) for line in lines)]


def _row(line: StatementLine) -> list[Cell]:
    sums = line.sums
    return [
        line.received_at, str(line.gift), target(line.target_kind), str(GATEWAY_TEXTS[line.gateway][0]),
        line.amount_tiyn, line.returned_tiyn, sums.received_tiyn, sums.held_tiyn, sums.paid_tiyn,
        sums.delivered_tiyn, line.log_index,
    ]  # fmt: skip


def target(kind: str) -> str:
    """What a gift is for."""
    return str(TARGETS.get(kind, kind))


def deduction_rows(rows: Sequence[Deduction], given_tiyn: int, income_tiyn: int | None, lang: str) -> list[list[str]]:
    """Each limit of the year in words: for whom, how much, by which law, whether confirmed, and what it comes to."""
    return [
        [
            str(PAYERS[row.payer]),
            f"{row.percent} %",
            row.law,
            _("confirmed") if row.confirmed else _("not confirmed"),
            _limit(row, given_tiyn, income_tiyn, lang),
        ]
        for row in rows
    ]


def _limit(row: Deduction, given_tiyn: int, income_tiyn: int | None, lang: str) -> str:
    if income_tiyn is None:
        return "–"
    limit = row.limit_tiyn(income_tiyn)
    fits = min(limit, given_tiyn)
    return _("limit %(limit)s, of the gifts %(fits)s fit") % {
        "limit": format_tenge(limit, lang),
        "fits": format_tenge(fits, lang),
    }


def gift_rows(lines: Sequence[StatementLine], lang: str) -> list[list[str]]:
    """Date, number, purpose and what stayed given, for a letter."""
    return [
        [day(line.received_at), str(line.gift), target(line.target_kind), format_tenge(kept_tiyn(line), lang)]
        for line in lines
    ]


def kept_tiyn(line: StatementLine) -> int:
    """What was given and not given back."""
    return line.amount_tiyn - line.returned_tiyn


def letters(company: dict[str, Any], fund: dict[str, str], year: int, total: str) -> dict[str, dict[str, Any]]:
    """The three letters of the set: title, paragraphs, who signs."""
    names = {**company, "fund": fund["name"], "fund_bin": fund["bin"], "year": year, "total": total}
    blank = "______________________"
    return {
        "1-request": {
            "title": _("Request for charitable aid"),
            "text": [
                _("From: %(fund)s, BIN %(fund_bin)s. To: %(company)s, BIN %(bin)s.") % names,
                _(
                    "We ask for charitable aid, free of charge, for people in need whose cases are verified and shown"
                    " on our platform. The aid is used for the purposes named below, and every tenge is accounted for"
                    " in the public log."
                ),
            ],
            "sign": [_("For the fund: %(blank)s") % {"blank": blank}],
        },
        "2-decision": {
            "title": _("Decision to give charitable aid"),
            "text": [
                _("%(company)s, BIN %(bin)s, having considered the request of %(fund)s, BIN %(fund_bin)s, decides:")
                % names,
                _("to give charitable aid of %(total)s in %(year)s, free of charge, for the purposes below.") % names,
            ],
            "sign": [_("Head of the company: %(blank)s") % {"blank": blank}, _("Date: %(blank)s") % {"blank": blank}],
        },
        "4-limit": {
            "title": _("Limit of the deduction for %(year)s") % names,
            "text": [
                _("Given in the year and not given back: %(total)s.") % names,
                _(
                    "The figures below are our reading of the law. Those marked «not confirmed» were confirmed neither"
                    " by a tax adviser nor by the tax office: ask yours before you use them."
                ),
            ],
            "sign": [],
        },
    }
