"""Machine addresses of the gateway: token, payment link, status, operations (Halyk ePay 2.0).

Never trusts a body it could not read: wrong input is answered in the gateway's own form of error.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from demeu.kernel.errors import Refusal, forbidden, invalid
from demeu.sandbox.banks import queries
from demeu.sandbox.banks.actions import cards, tokens
from demeu.sandbox.banks.models import Order, Token
from demeu.sandbox.banks.rules.cards import Outcome, Verdict
from demeu.sandbox.banks.rules.notices import status_answer, transaction_of
from demeu.sandbox.banks.views.edges import body_of, json_answer, same_secret, text_in

_OPERATIONS: dict[str, Callable[[UUID, int | None], Order]] = {
    "charge": lambda operation, amount: cards.charge(operation=operation, amount_tiyn=amount),
    "cancel": lambda operation, amount: cards.cancel(operation=operation),
    "refund": lambda operation, amount: cards.refund(operation=operation, amount_tiyn=amount),
}

NO_MONEY = Verdict(Outcome.DECLINED, 484, "Not enough money on the card")


@require_POST
def token(request: HttpRequest) -> HttpResponse:
    """``POST /epay/oauth2/token``."""
    form = request.POST
    if form.get("grant_type") != "client_credentials":
        return _oauth_error("unsupported_grant_type", "grant_type must be client_credentials")
    known = same_secret(form.get("client_id", ""), settings.DEMEU_SANDBOX_EPAY_CLIENT_ID)
    if not (same_secret(form.get("client_secret", ""), settings.DEMEU_SANDBOX_EPAY_CLIENT_SECRET) and known):
        return _oauth_error("invalid_client", "unknown client_id or client_secret", 401)
    wish = None
    if form.get("invoiceID"):
        links = tokens.Links(text_in(form, "postLink", 2000), text_in(form, "failurePostLink", 2000))
        wish = tokens.Wish(
            invoice_id=text_in(form, "invoiceID", 40),
            amount=form.get("amount", ""),
            terminal=text_in(form, "terminal"),
            currency=text_in(form, "currency"),
            links=links,
            secret_hash=text_in(form, "secret_hash", 255),
        )
    try:
        issued = tokens.issue_token(wish=wish)
    except Refusal as refusal:
        return _oauth_error("invalid_request", refusal.code)
    scope = text_in(form, "scope", 255) or "payment"
    answer = {"access_token": issued, "expires_in": str(tokens.TOKEN_LIFE_S), "scope": scope, "token_type": "Bearer"}
    return json_answer(answer)


def bearer(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Give the view the request's token and answer refusals as the gateway does."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        scheme, _, given = request.headers.get("Authorization", "").partition(" ")
        try:
            if scheme.lower() != "bearer":
                raise forbidden("epay.token")
            return view(request, tokens.live_token(given.strip()[:64]), *args, **kwargs)
        except Refusal as refusal:
            status = 401 if refusal.code == "epay.token" else 404 if refusal.code == "epay.order" else 400
            return json_answer({"code": "error", "message": refusal.code}, status)

    return guarded


@require_POST
@bearer
def invoice(request: HttpRequest, held: Token) -> HttpResponse:
    """``POST /epay/invoice``: a payment link."""
    body = body_of(request)
    names = ("post_link", "failure_post_link", "back_link", "failure_back_link")
    wish = tokens.Wish(
        invoice_id=text_in(body, "invoice_id", 40),
        amount=body.get("amount", ""),
        terminal=text_in(body, "terminal") or settings.DEMEU_SANDBOX_EPAY_TERMINAL,
        currency=text_in(body, "currency"),
        links=tokens.Links(*(text_in(body, name, 2000) for name in names)),
        secret_hash=text_in(body, "secret_hash", 255),
        language=text_in(body, "language"),
        description=text_in(body, "description", 255),
        account_id=text_in(body, "account_id", 64),
        save_card=body.get("card_save") is True,
    )
    order = tokens.make_link(token=held.token, wish=wish)
    address = request.build_absolute_uri(reverse("epay-page", args=[order.page]))
    return json_answer({"id": str(order.operation), "invoice_id": order.invoice_id, "invoice_url": address})


@require_POST
@bearer
def charge_card(request: HttpRequest, held: Token) -> HttpResponse:
    """``POST /epay/payments/cards/auth``: charge a saved card without its holder; fault ``decline_recurring``."""
    body = body_of(request)
    card = body.get("cardId")
    saved = text_in(card, "id", 40) if isinstance(card, dict) else ""
    wish = tokens.Wish(
        invoice_id=text_in(body, "invoiceId", 40),
        amount=body.get("amount", ""),
        terminal=text_in(body, "terminalId"),
        currency=text_in(body, "currency"),
        links=tokens.Links(*(text_in(body, name, 2000) for name in ("postLink", "failurePostLink"))),
        secret_hash=text_in(body, "secret_hash", 255),
        description=text_in(body, "description", 255),
    )
    order = cards.charge_saved(
        card=saved, order=lambda: tokens.make_link(token=held.token, wish=wish), refusal=NO_MONEY
    )
    return json_answer({"code": "ok", "transaction": transaction_of(queries.operation_of(order))})


@require_GET
@bearer
def status(request: HttpRequest, held: Token, invoice_id: str) -> HttpResponse:
    """``GET /epay/check-status/payment/transaction/{invoiceId}``."""
    order = queries.opened_order(invoice_id)
    _must_cover(held, order)
    return json_answer(status_answer(queries.operation_of(order) if order else None))


@require_POST
@bearer
def operation(request: HttpRequest, held: Token, key: str, verb: str) -> HttpResponse:
    """``POST /epay/operation/{id}/charge|cancel|refund[?amount=]``."""
    wanted = UUID(key)
    _must_cover(held, Order.objects.filter(operation=wanted).first())
    amount = request.GET.get("amount")
    order = _OPERATIONS[verb](wanted, None if amount is None else tokens.amount_tiyn_of(amount))
    return json_answer({"code": "ok", "transaction": transaction_of(queries.operation_of(order))})


def _must_cover(held: Token, order: Order | None) -> None:
    if order is not None and held.order_id not in (None, order.pk):
        raise invalid("epay.token_of_another_invoice")


def _oauth_error(error: str, description: str, status: int = 400) -> HttpResponse:
    return json_answer({"error": error, "error_description": description}, status)
