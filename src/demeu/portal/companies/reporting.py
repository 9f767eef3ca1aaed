"""A company's year as a spreadsheet with a chart and as a PDF. Keeps nothing; every figure also stands on the page."""

import json
from collections.abc import Sequence
from pathlib import Path

import typst
from django.utils.translation import gettext as _

from demeu.kernel.money import format_tenge
from demeu.portal.companies.planning import OTHER, Theme
from demeu.portal.ui.groups import name_of
from demeu.portal.ui.sheets import Cell, xlsx_bytes

TEMPLATE = Path(__file__).with_name("report.typ")


def theme_name(code: str) -> str:
    """The name of a theme in the reader's language."""
    return _("Everything else") if code == OTHER else str(name_of(code))


def heads() -> list[Cell]:
    """Heads of the table."""
    return [_("Theme"), _("Budget"), _("Promised"), _("Paid"), _("Left of the budget")]


def report_xlsx(themes: Sequence[Theme], *, year: int, company: str) -> bytes:
    """The table, and a chart of it below."""
    rows: list[list[Cell]] = [
        [theme_name(theme.code), theme.budget_tiyn, theme.promised_tiyn, theme.paid_tiyn, theme.left_tiyn]
        for theme in themes
    ]
    return xlsx_bytes([heads(), *rows], title=f"{year} {company}", money=(1, 2, 3, 4), bars=(1, 2, 3))


def report_pdf(
    themes: Sequence[Theme], employees: tuple[int, int] | None, *, year: int, company: str, lang: str
) -> bytes:
    """The same on one sheet, with bars."""
    most = max([max(theme.budget_tiyn, theme.promised_tiyn) for theme in themes] + [1])
    promised, paid = sum(theme.promised_tiyn for theme in themes), sum(theme.paid_tiyn for theme in themes)
    facts = [[_("Promised in the year"), format_tenge(promised, lang)], [_("Paid"), format_tenge(paid, lang)]]
    if employees:
        facts.append([_("Employees gave together"), format_tenge(employees[1], lang)])
    words = {
        "title": _("Report of %(year)s") % {"year": year},
        "company": company,
        "lang": lang,
        "facts": facts,
        "bars": [
            {
                "name": theme_name(theme.code),
                "budget": 100 * theme.budget_tiyn / most,
                "promised": 100 * theme.promised_tiyn / most,
                "paid": 100 * theme.paid_tiyn / most,
                "sum": format_tenge(theme.promised_tiyn, lang),
            }
            for theme in themes
        ],
        "legend": _("Three bars a theme, from above: budget, promised, paid."),
        "heads": heads(),
        "rows": [_row(theme, lang) for theme in themes],
        "note": _("Figures are as the bank and the ledger know them today; budgets are the company's own plan."),
    }
    inputs = {"words": json.dumps(words, ensure_ascii=False)}
    pdf = typst.compile(TEMPLATE, format="pdf", sys_inputs=inputs, ignore_system_fonts=True, pdf_standards=["a-2b"])
    assert isinstance(pdf, bytes)
    return pdf


def _row(theme: Theme, lang: str) -> list[str]:
    sums = (theme.budget_tiyn, theme.promised_tiyn, theme.paid_tiyn, theme.left_tiyn)
    return [theme_name(theme.code), *(format_tenge(tiyn, lang) for tiyn in sums)]
