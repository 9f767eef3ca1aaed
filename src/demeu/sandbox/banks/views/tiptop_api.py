"""TipTop Pay's addresses for merchants: JSON with Basic authorisation. Never answers a stranger."""

from base64 import b64decode
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from demeu.kernel import clock
from demeu.kernel.errors import Refusal, not_found
from demeu.sandbox.banks.actions import cards, tokens
from demeu.sandbox.banks.actions.faults import use_fault
from demeu.sandbox.banks.letters import card_token
from demeu.sandbox.banks.models import Order
from demeu.sandbox.banks.rules.cards import Outcome, Verdict
from demeu.sandbox.banks.rules.epay_states import Status
from demeu.sandbox.banks.rules.tenge import tenge_number
from demeu.sandbox.banks.views.edges import body_of, json_answer, same_secret, text_in

Fields = dict[str, Any]
STATES = {Status.CHARGE: "Completed", Status.REFUND: "Completed", Status.FAILED: "Declined", Status.AUTH: "Authorized"}
LANGUAGES = {"kk-KZ": "kaz", "ru-RU": "rus", "en-US": "eng"}
NO_MONEY = Verdict(Outcome.DECLINED, 5051, "Insufficient funds")


def method(view: Callable[[HttpRequest, Fields], Fields | None]) -> Callable[[HttpRequest], HttpResponse]:
    """A method of the API: 401 for strangers, `Success: false` with a message for what cannot be done."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        expected = f"{settings.DEMEU_SANDBOX_TIPTOP_ID}:{settings.DEMEU_SANDBOX_TIPTOP_SECRET}"
        if not same_secret(_credentials(request), expected):
            return HttpResponse(status=401)
        try:
            model = view(request, body_of(request))
        except Refusal as refusal:
            message = "Not found" if refusal.code == "epay.order" else refusal.code
            return json_answer({"Success": False, "Message": message})
        return json_answer({"Success": True, "Message": None, **({"Model": model} if model else {})})

    return require_POST(guarded)


@method
def create_order(request: HttpRequest, fields: Fields) -> Fields:
    """``/orders/create``: a page for an order."""
    order = _order_for(fields)
    return {"Id": str(order.page), "Url": request.build_absolute_uri(reverse("tiptop-page", args=[order.page]))}


@method
def find(request: HttpRequest, fields: Fields) -> Fields:
    """``/payments/find``: the payment of an order, once somebody tried."""
    order = _known(invoice_id=text_in(fields, "InvoiceId", 15))
    if order.status not in STATES:
        raise not_found("epay.order")
    return _model(order)


@method
def refund(request: HttpRequest, fields: Fields) -> None:
    """``/payments/refund``: all or a part."""
    number = text_in(fields, "TransactionId", 18)
    order = _known(pk=int(number) if number.isdigit() else 0)
    cards.refund(operation=order.operation, amount_tiyn=tokens.amount_tiyn_of(fields.get("Amount", "")))


@method
def charge_token(request: HttpRequest, fields: Fields) -> Fields:
    """``/payments/tokens/charge``: charge a card known by its token; fault ``decline_recurring`` refuses it."""
    token = text_in(fields, "Token", 64)
    paid = Order.objects.filter(gateway="tiptop", status=Status.CHARGE)
    first = next((order for order in paid if card_token(order) == token), None)
    if first is None:
        raise not_found("tiptop.token")
    with transaction.atomic():
        order = Order.objects.select_for_update().get(pk=_order_for(fields).pk)
        if order.status == Status.NEW:
            order.card_mask, order.tried_at = first.card_mask, clock.now()
            declined = use_fault("decline_recurring") is not None
            order = cards.conclude(order, NO_MONEY if declined else Verdict(Outcome.PAID))
    return _model(order)


def _order_for(fields: Fields) -> Order:
    hooks = settings.DEMEU_SANDBOX_TIPTOP_WEBHOOKS_URL
    wish = tokens.Wish(
        invoice_id=text_in(fields, "InvoiceId", 15),
        amount=fields.get("Amount", ""),
        terminal=settings.DEMEU_SANDBOX_EPAY_TERMINAL,
        currency=text_in(fields, "Currency"),
        links=tokens.Links(
            post_link=f"{hooks}/pay" if hooks else "",
            failure_post_link=f"{hooks}/fail" if hooks else "",
            back_link=text_in(fields, "SuccessRedirectUrl", 500),
            failure_back_link=text_in(fields, "FailRedirectUrl", 500),
        ),
        language=LANGUAGES.get(text_in(fields, "CultureName"), "rus"),
        description=text_in(fields, "Description", 255),
    )
    return tokens.open_order(wish=wish, gateway="tiptop")


def _model(order: Order) -> Fields:
    return {
        "TransactionId": order.pk,
        "InvoiceId": order.invoice_id,
        "Amount": tenge_number(order.amount_tiyn),
        "RefundedAmount": tenge_number(order.refunded_tiyn),
        "Currency": "KZT",
        "Status": STATES[Status(order.status)],
        "ReasonCode": order.reason_code,
        "CardFirstSix": order.card_mask[:6],
        "CardLastFour": order.card_mask[-4:],
        "Token": card_token(order),
        "Name": order.payer_name,
    }


def _known(**key: object) -> Order:
    order = Order.objects.filter(gateway="tiptop", **key).first()
    if order is None:
        raise not_found("epay.order")
    return order


def _credentials(request: HttpRequest) -> str:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    try:
        return b64decode(given).decode() if scheme.lower() == "basic" else ""
    except ValueError:
        return ""
