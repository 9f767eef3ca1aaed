"""Pages of giving: how much, the bank's page, where the gift stands, its receipt, a donor's own gifts."""

import base64
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from demeu.contracts.words import Role
from demeu.kernel import clock
from demeu.kernel.errors import Kind, Refusal
from demeu.kernel.ids import new_id
from demeu.portal.accounts.desks import cabinet_items
from demeu.portal.accounts.entrance import actor_of_request, for_roles, language
from demeu.portal.giving import actions, asking
from demeu.portal.giving.forms import GiftForm
from demeu.portal.giving.models import GiftIntent
from demeu.portal.giving.offering import amount_page, choice_page, for_what, way_back
from demeu.portal.giving.origin import origin_of
from demeu.portal.giving.queries import basket_with, cases_by_id, found_target, gifts_of, intent, received_sum_tiyn
from demeu.portal.giving.rules import TARGET_KINDS, IntentState, wanted_of
from demeu.portal.giving.showing import Shown, destinations, is_over, question_of, title_of, trail
from demeu.portal.giving.wording import (
    DEDICATION_TEXTS,
    FALLBACK_TEXTS,
    GATEWAY_TEXTS,
    INTENT_TEXTS,
    REFUND_TEXTS,
    REFUSAL_TEXTS,
    STEPS,
)
from demeu.portal.ui.money_states import MoneyStates
from demeu.portal.ui.refusals import text_of

GIFTS_A_PAGE = 10
FORM_MISTAKES = (Kind.INVALID, Kind.CONFLICT, Kind.TOO_LATE, Kind.NOT_FOUND, Kind.UNAVAILABLE, Kind.TOO_MANY)


@require_http_methods(["GET", "HEAD", "POST"])
def amount(request: HttpRequest) -> HttpResponse:
    """How much, for what. POST begins the gift and goes on to the bank's page."""
    given = request.POST if request.method == "POST" else request.GET
    if request.method != "POST" and not any(given.get(kind, "").strip() for kind in TARGET_KINDS):
        return render(request, "giving/choose.html", choice_page())
    try:
        target = found_target(wanted_of({name: str(text) for name, text in given.items()}))
    except Refusal as refusal:
        return render(
            request, "giving/closed.html", {"problem": text_of(refusal), "target": None}, status=refusal.status
        )
    if request.method == "POST":
        return _begin(request, target)
    if not target.is_open:
        return render(request, "giving/closed.html", {"target": target})
    signed_in = actor_of_request(request).person is not None
    return render(
        request, "giving/amount.html", amount_page(target, written=given.get("amount", ""), signed_in=signed_in)
    )


def _begin(request: HttpRequest, target: Any) -> HttpResponse:
    form, actor = GiftForm(request.POST), actor_of_request(request)
    if not form.is_valid():
        return render(
            request, "giving/amount.html", amount_page(target, form, signed_in=actor.person is not None), status=422
        )
    fields = form.cleaned_data
    try:
        row = actions.begin_gift(
            gift=fields["gift"],
            target=target,
            amount_tiyn=fields["amount_tiyn"],
            fallback=fields["fallback"],
            anonymous=fields["anonymous"],
            gateway=fields["gateway"],
            dedication=fields["dedication"],
            monthly=fields["every"] == "month",
            addition_tiyn=0 if target.wanted.kind == "sustainability" else fields["addition_tiyn"],
            origin=origin_of(request),
            offer_version=fields["offer_version"],
            donor=actor.person,
            lang=language(),
            by=actor.name,
        )
        asking.payment_page(row, actor.name)
    except Refusal as refusal:
        return _not_begun(request, target, form, refusal)
    return redirect("giving:pay", gift=row.gift)


def _not_begun(request: HttpRequest, target: Any, form: GiftForm, refusal: Refusal) -> HttpResponse:
    """The form again with the reason. A gift begun with other words gets a fresh id, so that pressing again works."""
    if refusal.code == "gift.already_decided":
        return redirect("giving:gift", gift=form.cleaned_data["gift"])
    if refusal.kind not in FORM_MISTAKES:
        raise refusal
    form.add_error(None, text_of(refusal))
    fresh = refusal.kind in (Kind.CONFLICT, Kind.TOO_MANY)
    signed_in = actor_of_request(request).person is not None
    shown = amount_page(target, form, gift=new_id() if fresh else None, signed_in=signed_in)
    return render(request, "giving/amount.html", shown, status=refusal.status)


@require_safe
def pay(request: HttpRequest, gift: UUID) -> HttpResponse:
    """The way to the bank's own page, by its script or by a plain link."""
    row = intent(gift)
    if is_over(row):
        return redirect("giving:gift", gift=gift)
    shown: dict[str, Any] = {"intent": row, "steps": STEPS, "back": way_back(row), "basket": basket_with(gift)}
    try:
        page = asking.payment_page(row, actor_of_request(request).name)
    except Refusal as refusal:
        if refusal.kind == Kind.CONFLICT:
            return redirect("giving:gift", gift=gift)
        shown["problem"] = text_of(refusal)
        return render(request, "giving/pay.html", shown, status=refusal.status)
    return render(request, "giving/pay.html", {**shown, "page": page})


@require_safe
def status(request: HttpRequest, gift: UUID) -> HttpResponse:
    """Where a gift stands. Needs no sign-in: the page shows nothing about the donor."""
    shown = _shown(request, intent(gift))
    return _private(render(request, "giving/gift.html", _gift_page(request, shown)))


@require_safe
def status_now(request: HttpRequest, gift: UUID) -> HttpResponse:
    """The part of the page that asks again while the gift is being confirmed; reloads the page once it is decided."""
    shown = _shown(request, intent(gift))
    response = _private(render(request, "giving/parts/waiting.html", _gift_page(request, shown)))
    if not shown.is_waiting:
        response["HX-Refresh"] = "true"
    return response


def _shown(request: HttpRequest, row: GiftIntent) -> Shown:
    return Shown(row, asking.gift_now(row.gift, actor_of_request(request).name))


def _gift_page(request: HttpRequest, shown: Shown) -> dict[str, Any]:
    parts = shown.gift.parts if shown.gift else ()
    cases = cases_by_id([part.case for part in parts if part.case] + ([shown.intent.case] if shown.intent.case else []))
    own_case = cases.get(shown.intent.case) if shown.intent.case else None
    return {
        "shown": shown,
        "intent": shown.intent,
        "case": own_case,
        "case_title": title_of(own_case, language()) if own_case else "",
        "away": shown.gift is None,
        "failed": request.GET.get("failed") == "1",
        "steps": STEPS,
        "step": 3 if shown.is_received else 2,
        "trail": trail(shown),
        "destinations": destinations(parts, cases, language()),
        "fallback": FALLBACK_TEXTS[shown.intent.fallback][2],
        "gateway": GATEWAY_TEXTS[shown.intent.gateway][0],
        "dedication": DEDICATION_TEXTS.get(shown.intent.dedication, ""),
        "back": way_back(shown.intent),
        "refunds": _refunds(request, shown),
        "question": question_of(shown),
        "for_what": for_what(shown.intent),
        "basket": basket_with(shown.intent.gift),
    }


def _refunds(request: HttpRequest, shown: Shown) -> list[dict[str, Any]]:
    """What was asked back, each with its state and term in words."""
    if not shown.is_received or shown.gift is None:
        return []
    found = asking.refunds_of(shown.intent.gift, actor_of_request(request).name)
    return [
        {"refund": row, "state": REFUND_TEXTS[row.state], "why": REFUSAL_TEXTS.get(row.refusal, "")} for row in found
    ]


@require_safe
def receipt_pdf(request: HttpRequest, gift: UUID) -> HttpResponse:
    """The receipt as PDF with the proof inside."""
    found = asking.receipt(intent(gift).gift, language(), actor_of_request(request).name)
    return _file(base64.b64decode(found.pdf_b64), "application/pdf", f"demeu-{gift}.pdf")


@require_safe
def proof_text(request: HttpRequest, gift: UUID) -> HttpResponse:
    """The proof of inclusion by itself."""
    row = intent(gift)
    found = asking.receipt(row.gift, row.lang, actor_of_request(request).name)
    return _file(found.proof.encode(), "text/plain; charset=utf-8", f"demeu-{gift}.tlog-proof")


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return _private(response)


def _private(response: HttpResponse) -> HttpResponse:
    """Nobody between us and the donor keeps the page, and its address is not told on."""
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@for_roles(Role.DONOR)
def mine(request: HttpRequest) -> HttpResponse:
    """A signed-in donor's gifts, each with where its money is."""
    actor = actor_of_request(request)
    assert actor.person is not None
    page = Paginator(gifts_of(actor.person), GIFTS_A_PAGE).get_page(request.GET.get("page"))
    cases = cases_by_id([row.case for row in page if row.case])
    rows, away = [], False
    for row in page:
        found = None if away or row.state != IntentState.RECEIVED else asking.gift_now(row.gift, actor.name)
        away = away or (found is None and row.state == IntentState.RECEIVED)
        rows.append(_mine_row(Shown(row, found), cases.get(row.case) if row.case else None))
    moneys = [row["money"] for row in rows if row["money"]]
    year = clock.today().year
    shown = {
        "cabinet_items": cabinet_items("giving:mine"),
        "rows": rows,
        "page": page,
        "away": away,
        "year": year,
        "year_tiyn": received_sum_tiyn(actor.person, year),
        "money": _added(moneys) if moneys and not away and not page.has_other_pages() else None,
    }
    return render(request, "giving/mine.html", shown)


def _mine_row(shown: Shown, case: Any) -> dict[str, Any]:
    return {
        "intent": shown.intent,
        "href": reverse("giving:gift", args=[shown.intent.gift]),
        "state": INTENT_TEXTS.get(shown.state, shown.state),
        "at": shown.at,
        "money": shown.money,
        "case": case,
        "title": title_of(case, language()) if case else "",
        "for_what": for_what(shown.intent),
        "asks": shown.gift is not None and shown.gift.surplus is not None,
    }


def _added(moneys: list[MoneyStates]) -> MoneyStates:
    return MoneyStates(
        sum(money.delivered_tiyn for money in moneys),
        sum(money.paid_tiyn for money in moneys),
        sum(money.held_tiyn for money in moneys),
        sum(money.received_tiyn for money in moneys),
    )
