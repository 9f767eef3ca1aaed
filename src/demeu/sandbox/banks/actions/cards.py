"""Paying an order by card and the merchant's later operations on it.

Never pays an order twice: every verb locks the order and asks its state first.
"""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from demeu.kernel import clock
from demeu.kernel.errors import conflict, not_found
from demeu.sandbox.banks.actions import callbacks, settlement
from demeu.sandbox.banks.actions.faults import use_fault
from demeu.sandbox.banks.models import Order
from demeu.sandbox.banks.rules import cards
from demeu.sandbox.banks.rules.epay_states import Status, may_charge, may_refund

_STATUS_AFTER = {
    cards.Outcome.PAID: Status.CHARGE,
    cards.Outcome.HELD: Status.AUTH,
    cards.Outcome.DECLINED: Status.FAILED,
}


@transaction.atomic
def pay(*, page: UUID, card: str, name: str, address: str | None) -> Order:
    """Ask the issuer about a card number (digits, already well formed); the order with its new state."""
    order = _locked(page=page)
    if order.status != Status.NEW:
        return order
    verdict = cards.verdict_on(card)
    order.card_mask, order.payer_name, order.payer_address = cards.mask_of(card), name[:60], address
    order.tried_at = clock.now()
    if verdict.outcome is cards.Outcome.ASK_CODE:
        order.secure3d = True
        order.save()
        return order
    return conclude(order, verdict)


@transaction.atomic
def confirm_code(*, page: UUID, code: str) -> Order:
    """Conclude a payment that waits on the 3-D Secure page."""
    order = _locked(page=page)
    if order.status != Status.NEW or not order.secure3d:
        return order
    return conclude(order, cards.verdict_on_code(code))


@transaction.atomic
def charge(*, operation: UUID, amount_tiyn: int | None) -> Order:
    """Take held money, all or part; raises ``epay.not_possible``."""
    order = _locked(operation=operation)
    amount_tiyn = order.amount_tiyn if amount_tiyn is None else amount_tiyn
    if not may_charge(order.status, order.amount_tiyn, amount_tiyn):
        raise conflict("epay.not_possible")
    order.amount_tiyn, order.status = amount_tiyn, Status.CHARGE
    order.save()
    settlement.settle(order=order, amount_tiyn=amount_tiyn)
    return order


@transaction.atomic
def cancel(*, operation: UUID) -> Order:
    """Let held money go; raises ``epay.not_possible``."""
    order = _locked(operation=operation)
    if order.status != Status.AUTH:
        raise conflict("epay.not_possible")
    order.status = Status.CANCEL
    order.save()
    return order


@transaction.atomic
def refund(*, operation: UUID, amount_tiyn: int | None) -> Order:
    """Give charged money back, all that is left or part; raises ``epay.not_possible``, ``bank.not_enough``."""
    order = _locked(operation=operation)
    left_tiyn = order.amount_tiyn - order.refunded_tiyn
    amount_tiyn = left_tiyn if amount_tiyn is None else amount_tiyn
    if not may_refund(order.status, left_tiyn, amount_tiyn):
        raise conflict("epay.not_possible")
    order.refunded_tiyn += amount_tiyn
    order.status = Status.REFUND if order.refunded_tiyn == order.amount_tiyn else Status.CHARGE
    order.save()
    settlement.take_back(order=order, amount_tiyn=amount_tiyn)
    return order


@transaction.atomic
def charge_back(*, invoice_id: str) -> Order:
    """The payer's bank takes back what is left of a payment; the bank's line is the only news of it.

    Raises ``epay.order``, ``epay.not_possible``, ``bank.not_enough``.
    """
    order = _locked(invoice_id=invoice_id)
    left_tiyn = order.amount_tiyn - order.refunded_tiyn
    if not may_refund(order.status, left_tiyn, left_tiyn):
        raise conflict("epay.not_possible")
    order.refunded_tiyn, order.status = order.amount_tiyn, Status.REFUND
    order.save()
    settlement.take_back(order=order, amount_tiyn=left_tiyn, code="CHARGEBACK")
    return order


@transaction.atomic
def charge_saved(*, card: str, order: Callable[[], Order], refusal: cards.Verdict) -> Order:
    """Charge a card that was saved with an earlier paid order; the same order again is charged once. ``epay.card``."""
    first = _saved(card)
    made = _locked(invoice_id=order().invoice_id)
    if made.status == Status.NEW:
        made.card_mask, made.tried_at = first.card_mask, clock.now()
        declined = use_fault("decline_recurring") is not None
        conclude(made, refusal if declined else cards.Verdict(cards.Outcome.PAID))
    return made


def _saved(card: str) -> Order:
    try:
        found = Order.objects.filter(operation=UUID(card), recurring=True, status=Status.CHARGE).first()
    except ValueError:
        found = None
    if found is None:
        raise not_found("epay.card")
    return found


def _locked(**key: UUID | str) -> Order:
    order = Order.objects.select_for_update().filter(**key).first()
    if order is None:
        raise not_found("epay.order")
    return order


def conclude(order: Order, verdict: cards.Verdict) -> Order:
    """End a payment as the issuer says: state, money, notice. The order must be locked."""
    order.status = _STATUS_AFTER[verdict.outcome]
    order.reason, order.reason_code = verdict.reason, verdict.reason_code
    order.reference = f"{clock.today():%y%j}{order.pk % 10_000_000:07d}"
    if order.status != Status.FAILED:
        order.approval_code = f"{order.pk * 7919 % 1_000_000:06d}"
    order.save()
    if order.status == Status.CHARGE:
        settlement.settle(order=order, amount_tiyn=order.amount_tiyn)
    callbacks.announce_outcome(order=order)
    return order
