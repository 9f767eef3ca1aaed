"""Payouts: the list, preparing, one payout with signing and rejecting, new payees, the invoice."""

import base64
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from demeu.contracts import treasury
from demeu.contracts.words import Purpose, Role
from demeu.kernel.errors import Refusal, not_found
from demeu.kernel.ids import new_id
from demeu.kernel.money import decimal_tenge
from demeu.portal.accounts.entrance import actor_of_request, for_roles
from demeu.portal.accounts.rules import Actor
from demeu.portal.cases.models import Case
from demeu.portal.cases.queries import public_case
from demeu.portal.payments import actions, asking
from demeu.portal.payments.desk import away, detail, item_words, page, paid_to, rows
from demeu.portal.payments.forms import PaidTo, PayeeForm, PayoutForm, RejectForm
from demeu.portal.payments.queries import cases_with_funded_items, invoice_of
from demeu.portal.payments.quotes import QuoteRow, given_quotes, has_errors, read_quotes
from demeu.portal.payments.rules import PAYOUT_STATES, approval_problem, busy_items, fitting_kind, payable
from demeu.portal.payments.wording import APPROVAL_TEXTS, PAYOUT_TEXTS
from demeu.portal.ui.refusals import text_of
from demeu.portal.wishes.models import Item
from demeu.portal.wishes.queries import asked_items

FINANCE = (Role.FINANCE_PREPARER, Role.FINANCE_APPROVER, Role.FUND_STAFF)
APPROVERS = (Role.FINANCE_APPROVER, Role.FUND_STAFF)
NOW = "payments:payouts"
TABS = [("", _("All")), *[(state, PAYOUT_TEXTS[state]) for state in PAYOUT_STATES]]


@require_safe
@for_roles(*FINANCE, Role.AUDITOR)
def payouts(request: HttpRequest) -> HttpResponse:
    """Payouts by state (`?state=`)."""
    actor, state = actor_of_request(request), request.GET.get("state", "")
    state = state if state in PAYOUT_STATES else ""
    tabs = [{"href": f"?state={word}" if word else "?", "label": label, "now": word == state} for word, label in TABS]
    shown: dict[str, Any] = {"tabs": tabs, "may_prepare": actor.is_(Role.FINANCE_PREPARER)}
    shown["may_see_payees"] = actor.is_(Role.FINANCE_PREPARER, Role.FINANCE_APPROVER, Role.AUDITOR)
    try:
        found = asking.payouts(actor, [state] if state else [])
    except Refusal as refusal:
        return away(request, refusal, "payouts", NOW, **shown)
    listed = rows(found, asking.payees_if_there(actor))
    waiting = [row for row in listed if row["payout"].state == "prepared"]
    return page(request, "payouts", NOW, rows=listed, waiting=waiting, **shown)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.FINANCE_PREPARER)
def new_payout(request: HttpRequest) -> HttpResponse:
    """Choose a case; then items, payee and invoice. POST prepares the payout."""
    actor, number = actor_of_request(request), request.GET.get("case", "")
    if not number:
        return page(request, "new_case", NOW, cases=cases_with_funded_items())
    case = public_case(number[:10].replace("\x00", ""))
    try:
        items, payees = _payable(actor, case), asking.payees(actor)
    except Refusal as refusal:
        return away(request, refusal, "new", NOW, case=case)
    sums = {str(row["item"].id): row["item"].amount_tiyn for row in items}
    choices = [(str(card.payee), f"{card.name} · {card.bin} · {card.masked_iban}") for card in payees.values()]
    total = decimal_tenge(sum(sums.values())).removesuffix(".00")
    named = {str(row["item"].id): PaidTo(row["name"], paid_to(row["item"])) for row in items}
    first = {
        "payout": new_id(),
        "items": list(sums),
        "payee": request.GET.get("payee", ""),
        "payee_kind": fitting_kind([one.kinds for one in named.values()]),
        "amount": total,
    }
    posted = request.POST if request.method == "POST" else None
    form = PayoutForm(posted, request.FILES or None, items=sums, payees=choices, named=named, initial=first)
    quotes = read_quotes(list(sums), request.POST, request.FILES)
    for row in items:
        row["quotes"] = quotes[str(row["item"].id)]
    shown = {"case": case, "items": items, "fields": form, "form": form if posted is not None else None}
    if posted is not None and form.is_valid() and not has_errors(quotes):
        known = {str(row["item"].id): row["item"] for row in items}
        chosen = {item: lines for item, lines in quotes.items() if item in form.cleaned_data["items"]}
        try:
            return redirect("payments:payout", payout=_prepare(actor, case, form.cleaned_data, chosen, known))
        except Refusal as refusal:
            form.add_error(None, text_of(refusal))
            return page(request, "new", NOW, refusal.status, **shown)
    wrong = posted is not None and (form.errors or has_errors(quotes))
    return page(request, "new", NOW, 422 if wrong else 200, **shown)


def _payable(actor: Actor, case: Case) -> list[dict[str, Any]]:
    money = asking.money_of(actor, case.id)
    known = {item.id: item for item in asked_items(case.id)}
    busy = busy_items(asking.payouts(actor, case=case.id))
    found = payable(money.items if money else (), busy)
    return [{"item": known[row.item], "name": item_words(known[row.item])} for row in found if row.item in known]


def _prepare(
    actor: Actor, case: Case, cleaned: dict[str, Any], quotes: dict[str, list[QuoteRow]], known: dict[str, Item]
) -> UUID:
    """Invoice and quotes to vault, then the payout to treasury."""
    identifier: UUID = cleaned["payout"]
    file = cleaned["invoice"]

    def keep(name: str, content: bytes, kind: str = "quote") -> UUID:
        subject = f"payout:{identifier}"
        return asking.keep_file(
            actor, subject=subject, kind=kind, name=name, content=content, purpose=Purpose.PAYOUT
        ).document

    kept = keep(file.name, file.read(), "invoice") if file is not None else None
    assert actor.person is not None
    body = treasury.PayoutPrepare(
        payout=identifier,
        case=case.id,
        items=tuple(UUID(item) for item in cleaned["items"]),
        payee=UUID(cleaned["payee"]),
        amount_tiyn=min(cleaned["amount_tiyn"], treasury.AMOUNT_TIYN_MAX),
        invoice_number=cleaned["invoice_number"],
        invoice_document=kept,
        preparer=actor.person,
        quotes=given_quotes(quotes, known, keep),
        payee_kind=cleaned["payee_kind"],
        payable_to=tuple(treasury.PayableTo(item=UUID(item), kinds=paid_to(known[item])) for item in cleaned["items"]),
    )
    asking.prepare(actor, body)
    if kept:
        actions.note_invoice(payout=identifier, document=kept, by=actor.name)
    return identifier


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.FINANCE_PREPARER)
def new_payee(request: HttpRequest) -> HttpResponse:
    """Register a payee; then back to the payout that is being prepared (`?case=`)."""
    actor, number = actor_of_request(request), request.GET.get("case", "")[:10]
    posted = request.POST if request.method == "POST" else None
    form = PayeeForm(posted, initial={"payee": new_id()})
    status = 422 if form.errors else 200
    if posted is not None and form.is_valid():
        given = form.cleaned_data
        try:
            card = asking.register_payee(
                actor, payee=given["payee"], name=given["name"], number=given["bin"], iban=given["iban"]
            )
            return redirect(f"{reverse('payments:new')}?case={number}&payee={card.payee}")
        except Refusal as refusal:
            form.add_error(None, text_of(refusal))
            status = refusal.status
    shown = {"fields": form, "form": form if posted is not None else None, "number": number}
    return page(request, "payee", NOW, status, **shown)


@require_safe
@for_roles(*FINANCE, Role.AUDITOR)
def payout(request: HttpRequest, payout: UUID) -> HttpResponse:
    """Everything about one payout; the approver signs here."""
    return _payout_page(request, payout)


def _payout_page(
    request: HttpRequest,
    identifier: UUID,
    *,
    problem: str = "",
    reject_form: RejectForm | None = None,
    status: int = 200,
) -> HttpResponse:
    actor = actor_of_request(request)
    try:
        found = asking.payout(actor, identifier)
    except Refusal as refusal:
        return away(request, refusal, "payout", NOW, identifier=identifier)
    shown = detail(found, asking.payees_if_there(actor))
    curator = shown["case"].curator if shown["case"] else None
    why_not = approval_problem(found, actor.person, actor.roles, curator)
    shown |= {
        "why_not": APPROVAL_TEXTS[why_not] if why_not else "",
        "code": why_not,
        "reject_form": reject_form or RejectForm(),
        "invoice": invoice_of(identifier),
        "problem": problem,
    }
    if why_not is None:
        shown |= _signing(request, identifier, shown)
    return page(request, "payout", NOW, status, **shown)


def _signing(request: HttpRequest, identifier: UUID, shown: dict[str, Any]) -> dict[str, Any]:
    text = asking.payout_text(shown)
    try:
        return {"begun": asking.begin_approval(request, identifier, text), "text": text}
    except Refusal as refusal:
        return {"signing_away": text_of(refusal), "text": text}


@require_POST
@for_roles(*APPROVERS)
def approve(request: HttpRequest, payout: UUID) -> HttpResponse:
    """Approve with the signature that the form brought."""
    try:
        asking.approve(request, actor_of_request(request), payout)
    except Refusal as refusal:
        return _payout_page(request, payout, problem=text_of(refusal), status=refusal.status)
    return redirect("payments:payout", payout=payout)


@require_POST
@for_roles(*APPROVERS)
def reject(request: HttpRequest, payout: UUID) -> HttpResponse:
    """Say no, with a reason."""
    form = RejectForm(request.POST)
    if not form.is_valid():
        return _payout_page(request, payout, reject_form=form, status=422)
    try:
        asking.reject(actor_of_request(request), payout, form.cleaned_data["reason"])
    except Refusal as refusal:
        return _payout_page(request, payout, problem=text_of(refusal), status=refusal.status)
    return redirect("payments:payout", payout=payout)


@require_safe
@for_roles(*FINANCE, Role.AUDITOR)
def invoice(request: HttpRequest, payout: UUID) -> HttpResponse:
    """The invoice of a payout, as vault keeps it."""
    paper = invoice_of(payout)
    if paper is None:
        raise not_found("payout.no_invoice")
    return _paper(request, paper.document)


@require_safe
@for_roles(*FINANCE, Role.AUDITOR)
def quote(request: HttpRequest, payout: UUID, document: UUID) -> HttpResponse:
    """The file of one quote of this payout, as vault keeps it."""
    if document not in [row.document for row in asking.payout(actor_of_request(request), payout).quotes]:
        raise not_found("payout.no_invoice")
    return _paper(request, document)


def _paper(request: HttpRequest, document: UUID) -> HttpResponse:
    found = asking.document(actor_of_request(request), document, Purpose.PAYOUT)
    response = HttpResponse(base64.b64decode(found.content_b64), content_type=found.media_type)
    response["Content-Disposition"] = "inline"
    response["Cache-Control"] = "private, no-store"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response
