"""Figures of the platform and each open report as a page, a file and lines of data, from kept tables alone."""

from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from demeu.portal.catalogue import ledger
from demeu.portal.statistics import queries, showing
from demeu.portal.statistics.reports import REPORTS, Report, fairness_spread, report
from demeu.portal.ui.money_states import MoneyStates
from demeu.portal.ui.sheets import Cell, csv_file, xlsx_file
from demeu.portal.ui.wording import language

KEPT_S = 60
FRESH = "public, max-age=60"


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """`/stats/`: the middle of the page is written once after each count and language, and then only sent."""
    platform = ledger.platform()
    key = f"statistics.page:{language()}:{queries.stamp():%s%f}:{platform.as_of.isoformat() if platform else ''}"
    written = cache.get(key)
    if written is None:
        written = render_to_string("statistics/parts/whole.html", _whole(platform), request=request)
        cache.set(key, written, KEPT_S)
    return render(request, "statistics/statistics.html", {"written": mark_safe(written)})  # noqa: S308


def _whole(platform: Any) -> dict[str, Any]:
    kept = queries.kept()
    totals = queries.summed(kept.tables["money"])[""]
    return {
        "money": sums_of_all(platform, totals),
        "platform": platform,
        "totals": totals,
        "kept": kept,
        "reports": [showing.shown(report(name, kept)) for name in REPORTS],
        "spread": fairness_spread(kept),
    }


def sums_of_all(platform: Any, totals: dict[str, int]) -> MoneyStates:
    """Treasury's sums; without it the sum of what is known of each case."""
    if platform is None:
        return queries.money_states(totals)
    sums = platform.sums
    return MoneyStates(sums.delivered_tiyn, sums.paid_tiyn, sums.held_tiyn, sums.received_tiyn)


def _known(name: str) -> Report:
    if name not in REPORTS:
        raise Http404(name)
    return report(name, queries.kept())


@require_safe
def report_csv(request: HttpRequest, name: str) -> HttpResponse:
    """`/stats/<report>.csv`: sums in tenge; a hidden cell is empty."""
    rows, money = showing.sheet(_known(name))
    return _fresh(csv_file(rows, f"demeu-{name}.csv", money=money, bom=True))


@require_safe
def report_xlsx(request: HttpRequest, name: str) -> HttpResponse:
    """`/stats/<report>.xlsx`: the same as a spreadsheet."""
    found = _known(name)
    rows, money = showing.sheet(found)
    return _fresh(xlsx_file(rows, f"demeu-{name}.xlsx", title=found.title, money=money))


@require_safe
def report_json(request: HttpRequest, name: str) -> HttpResponse:
    """`/stats/<report>.json`: sums in tiyn; a hidden cell is null."""
    found, kept = _known(name), queries.kept()
    answer = JsonResponse({"report": name, "counted_at": kept.counted_at, "rows": showing.as_lines(found)})
    answer["Access-Control-Allow-Origin"] = "*"
    return _fresh(answer)


@require_safe
def statistics_csv(request: HttpRequest) -> HttpResponse:
    """`/stats.csv`: published cases and their money by group and by region, sums in tiyn."""
    money = queries.kept().tables["money"]
    names = ("needed", "received", "held", "paid", "delivered")
    rows: list[list[Cell]] = [["by", "key", "open", "completed", *(f"{name}_tiyn" for name in names)]]
    for by in ("group", "region"):
        for key, line in sorted(queries.summed(money, by).items()):
            rows.append([by, key, line["open"], line["done"], *(line[name] for name in names)])
    return _fresh(csv_file(rows, "demeu-statistics.csv"))


def _fresh(answer: HttpResponse) -> HttpResponse:
    answer["Cache-Control"] = FRESH
    return answer
