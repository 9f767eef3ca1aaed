"""Figures of the platform and the same as a file. Says plainly when the journal does not answer."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from demeu.contracts.words import NeedGroup
from demeu.portal.catalogue import ledger, queries
from demeu.portal.catalogue.views.home import money_of_all
from demeu.portal.ui.groups import name_of
from demeu.portal.ui.regions import region_name
from demeu.portal.ui.sheets import Cell, csv_file


@require_safe
def statistics(request: HttpRequest) -> HttpResponse:
    """`/stats/`"""
    platform, totals = ledger.platform(), queries.totals()
    shown = {
        "money": money_of_all(platform, totals),
        "platform": platform,
        "totals": totals,
        "by_group": _("By group"),
        "by_region": _("By region"),
        "groups": _by("group"),
        "regions": _by("region_kato"),
    }
    return render(request, "statistics/statistics.html", shown)


def _by(field: str) -> list[dict[str, Any]]:
    rows = queries.sums_by(field)
    names = name_of if field == "group" else region_name
    order = [str(group) for group in NeedGroup]
    for row in rows:
        row["name"] = str(names(row["key"]))
    return sorted(rows, key=lambda row: order.index(row["key"]) if field == "group" else row["name"])


@require_safe
def statistics_csv(request: HttpRequest) -> HttpResponse:
    """`/stats.csv`: the tables of the statistics page, sums in tiyn."""
    sums = ("needed", "received", "held", "paid", "delivered")
    rows: list[list[Cell]] = [["by", "key", "open", "completed", *(f"{name}_tiyn" for name in sums)]]
    for field in ("group", "region_kato"):
        for row in queries.sums_by(field):
            rows.append([field, row["key"], row["open"], row["done"], *(row[f"sum_{name}"] for name in sums)])
    return csv_file(rows, "demeu-statistics.csv")
