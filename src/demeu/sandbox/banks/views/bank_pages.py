"""Pages of the bank: accounts, movements of one account, one movement.

Never changes anything.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from demeu.kernel.errors import Refusal
from demeu.kernel.money import format_tenge
from demeu.sandbox.banks import queries
from demeu.sandbox.banks.actions.booking import fund, open_account
from demeu.sandbox.banks.models import Account, Movement
from demeu.sandbox.banks.rules.iban import spaced


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """``/bank/``."""
    open_account(holder=fund())
    cards = [_account(row) for row in queries.accounts() if row.kind != "outside"]
    lines = [_line(row) for row in queries.latest_movements()]
    return render(request, "sandbox_banks/bank.html", {"accounts": cards, "lines": lines, "of": cards[0]})


@require_safe
def account(request: HttpRequest, iban: str) -> HttpResponse:
    """``/bank/accounts/<IBAN>/``."""
    try:
        owner = queries.account(iban)
    except Refusal as refusal:
        return _missing(request, refusal)
    lines = [_line(row) for row in queries.latest_movements(iban)]
    return render(request, "sandbox_banks/account.html", {"account": _account(owner), "lines": lines})


@require_safe
def movement(request: HttpRequest, number: int) -> HttpResponse:
    """``/bank/movements/<id>/``."""
    try:
        row = queries.movement(number)
    except Refusal as refusal:
        return _missing(request, refusal)
    context = {"line": _line(row), "row": row, "account": _account(row.account)}
    return render(request, "sandbox_banks/movement.html", context)


def _missing(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return render(request, "sandbox_banks/refused.html", {"code": refusal.code}, status=404)


def _account(row: Account) -> dict[str, object]:
    return {
        "iban": row.iban,
        "spaced": spaced(row.iban),
        "holder": row.holder,
        "kind": row.kind,
        "balance": _tenge(row.balance_tiyn),
    }


def _line(row: Movement) -> dict[str, object]:
    sign = "+" if row.amount_tiyn > 0 else ""
    return {
        "id": row.pk,
        "amount": sign + _tenge(row.amount_tiyn),
        "came": row.amount_tiyn > 0,
        "fee": _tenge(row.fee_tiyn) if row.fee_tiyn else "",
        "after": _tenge(row.balance_after_tiyn),
        "code": row.code,
        "other_name": row.other_name,
        "other_iban": spaced(row.other_iban),
        "text": row.text,
        "at": row.booked_at,
    }


def _tenge(amount_tiyn: int) -> str:
    return format_tenge(amount_tiyn, get_language() or "ru")
