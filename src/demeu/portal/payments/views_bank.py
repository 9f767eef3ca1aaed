"""What the bank holds and what the books say: a page for all with its history, and open data."""

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from demeu.contracts import treasury
from demeu.contracts.words import Purpose
from demeu.kernel.calling import ask
from demeu.kernel.errors import Kind, suppressed, unavailable
from demeu.kernel.operations import Empty
from demeu.portal.ui.sheets import Cell, csv_file

HEAD: list[Cell] = ["day", "in_bank_tiyn", "in_ledger_tiyn", "waiting_tiyn", "suspense_tiyn", "suspense_lines"]


def _money() -> treasury.BankMoney | None:
    with suppressed(Kind.UNAVAILABLE):
        return ask("treasury", treasury.MONEY_BANK, Empty(), actor="guest", purpose=Purpose.DONATION)
    return None


@require_safe
def bank(request: HttpRequest) -> HttpResponse:
    """`/money/bank/`"""
    money = _money()
    agrees = money is not None and money.now.in_bank_tiyn == money.now.in_ledger_tiyn + money.now.waiting_tiyn
    return render(request, "payments/bank.html", {"money": money, "agrees": agrees}, status=200 if money else 503)


@require_safe
def bank_json(request: HttpRequest) -> HttpResponse:
    """`/money/bank.json`: the figures of the page."""
    money = _money()
    if money is None:
        raise unavailable("treasury.away")
    return JsonResponse(money.model_dump(mode="json"))


@require_safe
def bank_csv(request: HttpRequest) -> HttpResponseBase:
    """`/money/bank.csv`: one line for each day, newest first."""
    money = _money()
    if money is None:
        raise unavailable("treasury.away")
    rows: list[list[Cell]] = [
        [
            one.day.isoformat(),
            "" if one.in_bank_tiyn is None else one.in_bank_tiyn,
            one.in_ledger_tiyn,
            one.waiting_tiyn,
            one.suspense_tiyn,
            one.suspense_lines,
        ]
        for one in money.days
    ]
    return csv_file([HEAD, *rows], "demeu-bank.csv")
