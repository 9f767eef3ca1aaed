"""Freedom Pay's addresses for merchants: signed forms in, signed XML out. Never answers an unsigned question."""

import secrets
from collections.abc import Callable, Mapping
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from demeu.kernel import clock
from demeu.kernel.errors import Refusal, invalid, not_found
from demeu.sandbox.banks import queries
from demeu.sandbox.banks.actions import cards, payments, tokens
from demeu.sandbox.banks.actions.faults import use_fault
from demeu.sandbox.banks.letters import card_token
from demeu.sandbox.banks.models import Order, Payment
from demeu.sandbox.banks.rules.cards import Outcome, Verdict
from demeu.sandbox.banks.rules.epay_states import Status
from demeu.sandbox.banks.rules.iban import is_kz_iban
from demeu.sandbox.banks.rules.pg_sig import response, sign
from demeu.sandbox.banks.rules.tenge import tenge_text
from demeu.sandbox.banks.views.edges import same_secret, text_in

Fields = Mapping[str, str]
STATES = {
    Status.NEW: "new",
    Status.AUTH: "success",
    Status.CHARGE: "success",
    Status.FAILED: "error",
    Status.CANCEL: "revoked",
    Status.REFUND: "refunded",
}
LANGUAGES = {"kz": "kaz", "ru": "rus", "en": "eng"}
NO_MONEY = Verdict(Outcome.DECLINED, 484, "Not enough money on the card")


def script(view: Callable[[HttpRequest, Fields], dict[str, str]]) -> Callable[[HttpRequest], HttpResponse]:
    """A signed question to a script: its answer is signed with the same script's name."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        name = request.path.rpartition("/")[2]
        fields = {key: str(value) for key, value in request.POST.items()}
        known = fields.get("pg_merchant_id") == settings.DEMEU_SANDBOX_FREEDOM_MERCHANT
        secret = settings.DEMEU_SANDBOX_FREEDOM_SECRET
        if not (known and same_secret(fields.get("pg_sig", ""), sign(name, fields, secret))):
            return _xml(name, {"pg_status": "error", "pg_error_code": "9998", "pg_error_description": "signature"})
        try:
            return _xml(name, view(request, fields))
        except Refusal as refusal:
            code = "340" if refusal.code == "epay.order" else "101"
            told = {"pg_status": "error", "pg_error_code": code, "pg_error_description": refusal.code}
            return _xml(name, told)

    return require_POST(guarded)


@script
def init_payment(request: HttpRequest, fields: Fields) -> dict[str, str]:
    """``init_payment.php``: a page for an order; the same order with the same sum again has the same page."""
    order = _order_for(fields)
    address = request.build_absolute_uri(reverse("freedom-page", args=[order.page]))
    return {"pg_status": "ok", "pg_payment_id": str(order.pk), "pg_redirect_url": address}


@script
def get_status(request: HttpRequest, fields: Fields) -> dict[str, str]:
    """``get_status3.php`` by the order number of a payment or the order id of a payout."""
    payout = queries.iban_payout(text_in(fields, "pg_order_id", 35))
    if payout is not None:
        return _payout_told(payout)
    order = _known(invoice_id=text_in(fields, "pg_order_id", 15))
    told = {
        "pg_status": "ok",
        "pg_payment_id": str(order.pk),
        "pg_amount": tenge_text(order.amount_tiyn),
        "pg_currency": "KZT",
        "pg_payment_status": STATES[Status(order.status)],
        "pg_refund_amount": f"-{tenge_text(order.refunded_tiyn)}" if order.refunded_tiyn else "0",
        "pg_reference": order.reference,
    }
    if order.card_mask:
        told |= {"pg_card_pan": order.card_mask, "pg_card_token": card_token(order), "pg_card_name": order.payer_name}
    if order.status == Status.FAILED:
        told["pg_failure_code"] = str(order.reason_code)
    if order.recurring and order.status == Status.CHARGE:
        told["pg_recurring_profile_id"] = order.operation.hex
    return told


@script
def revoke(request: HttpRequest, fields: Fields) -> dict[str, str]:
    """``revoke.php``: give back all or a part."""
    number = text_in(fields, "pg_payment_id", 18)
    order = _known(pk=int(number) if number.isdigit() else 0)
    amount = fields.get("pg_refund_amount", "0")
    wanted = None if amount in ("", "0") else tokens.amount_tiyn_of(amount)
    cards.refund(operation=order.operation, amount_tiyn=wanted)
    return {"pg_status": "ok"}


@script
def make_recurring_payment(request: HttpRequest, fields: Fields) -> dict[str, str]:
    """``make_recurring_payment.php``: charge a profile without the payer; fault ``decline_recurring`` refuses it."""
    try:
        profile = UUID(hex=fields.get("pg_recurring_profile", ""))
    except ValueError:
        raise invalid("freedom.profile") from None
    first = _known(operation=profile, recurring=True)
    with transaction.atomic():
        order = _order_for(fields)
        order = Order.objects.select_for_update().get(pk=order.pk)
        if order.status == Status.NEW:
            order.card_mask, order.tried_at = first.card_mask, clock.now()
            declined = use_fault("decline_recurring") is not None
            cards.conclude(order, NO_MONEY if declined else Verdict(Outcome.PAID))
    return {"pg_status": "ok", "pg_payment_id": str(order.pk)}


@script
def to_iban(request: HttpRequest, fields: Fields) -> dict[str, str]:
    """``api/to_iban``: money to a beneficiary, with КНП (three digits) and КБе (two)."""
    iban, knp, kbe = (text_in(fields, name) for name in ("pg_recipient_iban", "pg_knp", "pg_recipient_kbe"))
    if not is_kz_iban(iban) or len(knp) != 3 or not knp.isdigit() or len(kbe) != 2 or not kbe.isdigit():
        raise invalid("freedom.recipient")
    amount_tiyn = tokens.amount_tiyn_of(fields.get("pg_amount", ""))
    payout = payments.pay_to_iban(
        order=text_in(fields, "pg_order_id", 35),
        iban=iban,
        name=text_in(fields, "pg_recipient_name", 140),
        amount_tiyn=amount_tiyn,
    )
    return _payout_told(payout)


def _payout_told(payout: Payment) -> dict[str, str]:
    return {
        "pg_status": "ok",
        "pg_payment_id": str(payout.pk),
        "pg_amount": tenge_text(payout.amount_tiyn),
        "pg_currency": "KZT",
        "pg_payment_status": "success",
    }


@transaction.atomic
def _order_for(fields: Fields) -> Order:
    wish = tokens.Wish(
        invoice_id=text_in(fields, "pg_order_id", 15),
        amount=fields.get("pg_amount", ""),
        terminal=settings.DEMEU_SANDBOX_EPAY_TERMINAL,
        currency=text_in(fields, "pg_currency"),
        links=tokens.Links(
            post_link=text_in(fields, "pg_result_url", 500),
            back_link=text_in(fields, "pg_success_url", 500),
            failure_back_link=text_in(fields, "pg_failure_url", 500),
        ),
        language=LANGUAGES.get(text_in(fields, "pg_language"), "rus"),
        description=text_in(fields, "pg_description", 255),
    )
    return tokens.open_order(wish=wish, gateway="freedom", recurring=fields.get("pg_recurring_start") == "1")


def _known(**key: object) -> Order:
    order = Order.objects.filter(gateway="freedom", **key).first()
    if order is None:
        raise not_found("epay.order")
    return order


def _xml(name: str, fields: Fields) -> HttpResponse:
    text = response(name, fields, salt=secrets.token_hex(8), secret=settings.DEMEU_SANDBOX_FREEDOM_SECRET)
    return HttpResponse(text, content_type="application/xml; charset=utf-8")
