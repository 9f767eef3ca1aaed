"""Paying in the Kaspi app: the merchant is asked first (check), then told (pay); its «no» gives the money back.

Never pays an order twice, and never without the merchant's word on the sum.
"""

import json
from typing import Any

import httpx
from django.conf import settings
from django.db import transaction

from demeu.kernel import clock
from demeu.kernel.errors import conflict, not_found, unavailable
from demeu.sandbox.banks.actions import callbacks, settlement, tokens
from demeu.sandbox.banks.letters import kaspi_question
from demeu.sandbox.banks.models import CallbackPlan, Order
from demeu.sandbox.banks.rules.epay_states import Status

ASK_TIMEOUT_S = 10.0


def open_order(*, account: str, back: str) -> Order:
    """The order of an account with the sum that the merchant names; raises ``kaspi.refused``, ``kaspi.unavailable``."""
    known = Order.objects.filter(invoice_id=account).first()
    if known is not None and known.status != Status.NEW:
        return _of_kaspi(known)
    answer = _ask(kaspi_question(known or Order(pk=0, invoice_id=account), "check", 100))
    if answer.get("result") != 0:
        raise conflict("kaspi.refused", result=answer.get("result"))
    wish = tokens.Wish(
        invoice_id=account,
        amount=answer.get("sum", ""),
        terminal=settings.DEMEU_SANDBOX_EPAY_TERMINAL,
        currency="KZT",
        links=tokens.Links(post_link=settings.DEMEU_SANDBOX_KASPI_MERCHANT_URL, back_link=back),
    )
    return tokens.open_order(wish=wish, gateway="kaspi")


def pay(*, invoice_id: str) -> Order:
    """Take the payer's money and tell the merchant, by the plan if there is one; a refused payment fails."""
    order = _begin(invoice_id)
    if order.status != Status.NEW:
        return order
    plan = CallbackPlan.objects.filter(invoice_id=invoice_id).first()
    late = plan is not None and (plan.drop or plan.delay_s > 0)
    answer = {"result": 0} if late else _ask(kaspi_question(order, "pay", order.amount_tiyn))
    return _end(invoice_id, accepted=answer.get("result") == 0, late=late)


@transaction.atomic
def _begin(invoice_id: str) -> Order:
    order = _of_kaspi(Order.objects.select_for_update().filter(invoice_id=invoice_id).first())
    if order.tried_at is None:
        order.tried_at = clock.now()
        order.save()
    return order


@transaction.atomic
def _end(invoice_id: str, *, accepted: bool, late: bool) -> Order:
    order = Order.objects.select_for_update().get(invoice_id=invoice_id)
    if order.status != Status.NEW:
        return order
    order.status = Status.CHARGE if accepted else Status.FAILED
    order.reference = str(700_000_000 + order.pk)
    order.save()
    if accepted:
        settlement.settle(order=order, amount_tiyn=order.amount_tiyn)
        callbacks.announce_outcome(order=order, told=not late)
    return order


def _of_kaspi(order: Order | None) -> Order:
    if order is None or order.gateway != "kaspi":
        raise not_found("epay.order")
    return order


def _ask(address: str) -> dict[str, Any]:
    try:
        with httpx.Client(timeout=ASK_TIMEOUT_S, trust_env=False) as http:
            read = json.loads(http.get(address).content)
    except (httpx.HTTPError, ValueError):
        raise unavailable("kaspi.unavailable") from None
    return read if isinstance(read, dict) else {}
