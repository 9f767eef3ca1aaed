"""What gateways take and who pays for it: a page for all, and the same as open data, in all and gift by gift."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from demeu.contracts.treasury import GatewayFees
from demeu.kernel.errors import unavailable
from demeu.portal.giving import asking
from demeu.portal.giving.wording import DEMO_GATEWAY, GATEWAY_TEXTS
from demeu.portal.ui.sheets import Cell, csv_file

PPM = 1_000_000
HEAD: list[Cell] = ["log_record", "confirmed_at", "gateway", "amount_tiyn", "added_for_platform_tiyn", "fee_tiyn"]
LINES_MAX = 50_000


@require_safe
def fees(request: HttpRequest) -> HttpResponse:
    """`/fees/`"""
    report = asking.fees_report()
    shown: dict[str, Any] = {"report": report}
    if report is not None:
        shown |= {
            "rows": [_row(one) for one in report.gateways],
            "fee_tiyn": sum(one.fee_tiyn for one in report.gateways),
            "for_platform_tiyn": report.sustainability_tiyn + report.additions_tiyn,
        }
    return render(request, "giving/fees.html", shown, status=200 if report else 503)


@require_safe
def fees_json(request: HttpRequest) -> HttpResponse:
    """`/fees.json`: the figures of the page, sums in tiyn."""
    report = asking.fees_report()
    if report is None:
        raise unavailable("treasury.away")
    return JsonResponse(report.model_dump(mode="json"))


@require_safe
def fees_csv(request: HttpRequest) -> HttpResponseBase:
    """`/fees.csv`: each confirmed gift by its record in the log, which leads to no gift's page. `after` = a record."""
    after = request.GET.get("after", "")
    last = int(after) if after.isascii() and after.isdigit() and len(after) < 19 else -1
    rows: list[list[Cell]] = [HEAD]
    while len(rows) <= LINES_MAX:
        lines = asking.fee_lines(last)
        rows += [
            [one.log_index, one.held_at, one.gateway, one.amount_tiyn, one.addition_tiyn, one.fee_tiyn] for one in lines
        ]
        if not lines:
            break
        last = lines[-1].log_index
    return csv_file(rows, "demeu-fees.csv")


def _row(one: GatewayFees) -> dict[str, Any]:
    ppm = PPM * one.fee_tiyn // one.amount_tiyn if one.amount_tiyn else 0
    name = GATEWAY_TEXTS[one.gateway][0] if one.gateway in GATEWAY_TEXTS else DEMO_GATEWAY
    return {"fees": one, "name": name, "share": f"{ppm / 10_000:.2f} %".replace(".", ",")}
