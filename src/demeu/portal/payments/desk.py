"""What the pages of payouts show: rows with case, payee and items in words. Nothing is kept."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from demeu.contracts import treasury, vault
from demeu.contracts.words import Purpose
from demeu.kernel.calling import ask
from demeu.kernel.errors import Kind, Refusal
from demeu.kernel.operations import Message, Operation
from demeu.portal.accounts.desks import desk_items, desk_name
from demeu.portal.accounts.entrance import actor_of_request, language
from demeu.portal.payments.explaining import explained
from demeu.portal.payments.queries import cases_by_ids
from demeu.portal.payments.wording import APPROVAL_ROLES, PAYEE_KINDS, PAYOUT_TEXTS
from demeu.portal.ui.refusals import text_of
from demeu.portal.wishes.models import Item
from demeu.portal.wishes.prices import price_list
from demeu.portal.wishes.queries import asked_items


def page(request: HttpRequest, template: str, now: str, status: int = 200, **shown: Any) -> HttpResponse:
    """A page of a desk with its navigation."""
    actor = actor_of_request(request)
    frame = {"desk_items": desk_items(actor, now), "desk_name": desk_name(actor), "actor": actor}
    return render(request, f"payments/{template}.html", {**frame, **shown}, status=status)


def away(request: HttpRequest, refusal: Refusal, template: str, now: str, **shown: Any) -> HttpResponse:
    """The same page without what the silent service would have told; any other refusal goes on its way."""
    if refusal.kind != Kind.UNAVAILABLE:
        raise refusal
    return page(request, template, now, 503, **{**shown, "problem": text_of(refusal)})


def say(request: HttpRequest, operation: Operation[Any, Any], body: Message) -> None:
    """Tell treasury an officer's word; a refusal is shown on the page that comes next."""
    actor = actor_of_request(request)
    try:
        ask("treasury", operation, body, actor=actor.name, purpose=Purpose.PAYOUT)
    except Refusal as refusal:
        messages.error(request, text_of(refusal))


def item_words(item: Item) -> str:
    """«Winter jacket × 3» in the reader's language."""
    name = price_list().price(item.code).names[language()]
    return f"{name} × {item.quantity}" if item.quantity > 1 else name


def paid_to(item: Item) -> tuple[treasury.PayeeKind, ...]:
    """Who may be paid for an item, by the price list."""
    return price_list().price(item.code).paid_to


def rows(found: Sequence[treasury.Payout], payees: dict[UUID, vault.PayeeCard]) -> list[dict[str, Any]]:
    """Payouts for the list."""
    cases = cases_by_ids([row.case for row in found])
    return [
        {
            "payout": row,
            "case": cases.get(row.case),
            "payee": payees.get(row.payee),
            "state": PAYOUT_TEXTS.get(row.state, row.state),
        }
        for row in found
    ]


def detail(row: treasury.Payout, payees: dict[UUID, vault.PayeeCard]) -> dict[str, Any]:
    """One payout with everything that an approver must see."""
    case = cases_by_ids([row.case]).get(row.case)
    known = {item.id: item for item in asked_items(row.case)}
    things = [known[item] for item in row.items if item in known]
    quotes = {item.id: [quote for quote in row.quotes if quote.item == item.id] for item in things}
    return {
        "payout": row,
        "case": case,
        "number": f"№ {case.number}" if case else str(row.case),
        "payee": payees.get(row.payee),
        "paid_as": PAYEE_KINDS[row.payee_kind],
        "things": [{"name": item_words(item), "item": item, "quotes": quotes[item.id]} for item in things],
        "items": [item_words(item) for item in things],
        "state": PAYOUT_TEXTS.get(row.state, row.state),
        "reasons": explained(row, {item.id: item_words(item) for item in things}),
        "signed": [{"role": APPROVAL_ROLES.get(given.role, given.role), "given": given} for given in row.approvals],
        "awaited": [{"role": APPROVAL_ROLES.get(role, role), "count": count} for role, count in row.lacking.items()],
    }
