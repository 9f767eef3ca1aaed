"""Money of card operations between the gateway and the fund's account.

Never books one settlement twice: its row is locked and marked.
"""

from django.conf import settings
from django.db import transaction

from demeu.kernel import clock
from demeu.sandbox.banks.actions import booking
from demeu.sandbox.banks.actions.faults import use_fault
from demeu.sandbox.banks.models import Order, Settlement
from demeu.sandbox.banks.rules.epay_states import fee_tiyn
from demeu.sandbox.banks.rules.gateways import GATEWAYS


@transaction.atomic
def settle(*, order: Order, amount_tiyn: int) -> None:
    """Credit the fund's account with a charge, at once unless a fault delays it."""
    accounts = booking.lock_accounts(booking.OUTSIDE, booking.GATEWAY)
    slip = booking.Slip(code="TRANSFER", text=_text(order))
    booking.transfer(accounts[booking.OUTSIDE[0]], accounts[booking.GATEWAY[0]], amount_tiyn, slip)
    fee = fee_tiyn(amount_tiyn, settings.DEMEU_SANDBOX_EPAY_FEE_BP)
    row = Settlement.objects.create(order=order, amount_tiyn=amount_tiyn, fee_tiyn=fee)
    fault = use_fault("delay_settlement")
    if fault is None:
        book(settlement_id=row.pk)
        return
    from demeu.sandbox.banks.tasks import book_settlement

    book_settlement.defer(delay_s=fault.delay_s, settlement_id=row.pk)


@transaction.atomic
def book(*, settlement_id: int) -> None:
    """Move a settlement's net amount from the gateway to the fund, once."""
    row = Settlement.objects.select_for_update().select_related("order").get(pk=settlement_id)
    if row.booked_at is not None:
        return
    accounts = booking.lock_accounts(booking.OUTSIDE, booking.GATEWAY, booking.fund())
    slip = booking.Slip(code="SETTLEMENT", text=_text(row.order), fee_tiyn=row.fee_tiyn)
    fund = accounts[booking.fund()[0]]
    _, credit = booking.transfer(accounts[booking.GATEWAY[0]], fund, row.amount_tiyn - row.fee_tiyn, slip)
    if use_fault("duplicate_entry"):
        booking.repeat_line(fund, credit, accounts[booking.OUTSIDE[0]])
    row.booked_at = clock.now()
    row.save()


@transaction.atomic
def take_back(*, order: Order, amount_tiyn: int, code: str = "REFUND") -> None:
    """Debit the fund's account with a refund or a chargeback; raises ``bank.not_enough``."""
    accounts = booking.lock_accounts(booking.OUTSIDE, booking.fund())
    slip = booking.Slip(code=code, text=_text(order))
    booking.transfer(accounts[booking.fund()[0]], accounts[booking.OUTSIDE[0]], amount_tiyn, slip)
    Settlement.objects.create(order=order, amount_tiyn=-amount_tiyn, booked_at=clock.now())


def _text(order: Order) -> str:
    return f"{GATEWAYS[order.gateway].prefix}/{order.invoice_id}/{order.reference}"
