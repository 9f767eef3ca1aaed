"""A company's year as a spreadsheet with a chart and as a PDF. Keeps nothing; every figure also stands on the page."""

import io
import json
from collections.abc import Sequence
from pathlib import Path

import typst
import xlsxwriter
from django.utils.translation import gettext as _

from demeu.kernel.money import format_tenge
from demeu.portal.companies.planning import OTHER, Theme
from demeu.portal.ui.groups import name_of
from demeu.portal.ui.sheets import safe_text

TEMPLATE = Path(__file__).with_name("report.typ")


def theme_name(code: str) -> str:
    """The name of a theme in the reader's language."""
    return _("Everything else") if code == OTHER else str(name_of(code))


def heads() -> list[str]:
    """Heads of the table."""
    return [_("Theme"), _("Budget"), _("Promised"), _("Paid"), _("Left of the budget")]


def report_xlsx(themes: Sequence[Theme], *, year: int, company: str) -> bytes:
    """The table, and a chart of it beside."""
    made = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, plain) as book:
        sheet, bold = book.add_worksheet(str(year)), book.add_format({"bold": True})
        tenge = book.add_format({"num_format": "#,##0.00"})
        sheet.write_string(0, 0, safe_text(f"{company}, {year}"), bold)
        sheet.write_row(2, 0, heads(), bold)
        for number, theme in enumerate(themes, start=3):
            sheet.write_string(number, 0, theme_name(theme.code))
            sums = (theme.budget_tiyn, theme.promised_tiyn, theme.paid_tiyn, theme.left_tiyn)
            for place, tiyn in enumerate(sums, start=1):
                sheet.write_number(number, place, tiyn / 100, tenge)
        last = 2 + len(themes)
        chart = book.add_chart({"type": "bar"})
        for place in (1, 2, 3):
            chart.add_series(
                {
                    "name": [str(year), 2, place],
                    "categories": [str(year), 3, 0, last, 0],
                    "values": [str(year), 3, place, last, place],
                }
            )
        chart.set_title({"name": str(year)})
        sheet.insert_chart(last + 2, 0, chart, {"x_scale": 1.6, "y_scale": 1.4})
        sheet.autofit()
    return made.getvalue()


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
