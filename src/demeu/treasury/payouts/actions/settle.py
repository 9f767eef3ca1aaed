"""The bank's statement about payouts: paid, or returned after payment."""

from uuid import UUID

from django.db import transaction

from demeu.kernel import audit, clock
from demeu.treasury.allocation.telling import announce_cases
from demeu.treasury.donations.locks import lock_funding
from demeu.treasury.ledger.actions import post_hold, reverse_transfer
from demeu.treasury.ledger.rules import Account, Kind, step_id
from demeu.treasury.payouts.actions.acting import ROLE, announce_payout, items_of, locked_payout
from demeu.treasury.payouts.actions.approve import log_payout_step
from demeu.treasury.payouts.models import Delivery
from demeu.treasury.payouts.queries import reserved_lots
from demeu.treasury.payouts.rules import PayoutState, check_step, reserve_step, settle_legs, settle_step
from demeu.treasury.proofs.rules import Step


@transaction.atomic
def settle_payout(*, payout: UUID, amount_tiyn: int, entry: str, bank: Account = Account.BANK) -> bool:
    """The bank booked the payment: set-aside money becomes paid. False when the sum is another or it was settled.

    Raises `payout.unknown`, `payout.wrong_state`.
    """
    row = locked_payout(payout)
    if row.amount_tiyn != amount_tiyn or row.state == PayoutState.SETTLED:
        return False
    check_step(PayoutState(row.state), PayoutState.SETTLED, payout=str(payout))
    transfer = settle_step(payout)
    legs = settle_legs(payout, reserved_lots(payout), bank)
    post_hold(hold=reserve_step(payout), transfer=transfer, kind=Kind.PAY, legs=legs, reason={"entry": entry})
    row.state, row.settled_at = PayoutState.SETTLED, clock.now()
    row.save(update_fields=["state", "settled_at"])
    log_payout_step(row, transfer, Step.PAID, {"transfer": str(transfer)})
    audit.record(actor=ROLE, action="payout.settle", subject=f"payout:{payout}", entry=entry)
    announce_payout(row)
    announce_cases(cases=[row.case])
    return True


@transaction.atomic
def return_payout(*, payout: UUID, amount_tiyn: int, entry: str, reason: str) -> bool:
    """The bank gave the money back: payment and setting aside are mirrored exactly, and it is held again.

    False when the sum is another, or when an item is confirmed as delivered already: people must look then.
    Raises `payout.unknown`, `payout.wrong_state`.
    """
    lock_funding()
    row = locked_payout(payout)
    delivered = Delivery.objects.filter(item__in=items_of(row), confirmed_at__isnull=False).exists()
    if row.amount_tiyn != amount_tiyn or row.state == PayoutState.RETURNED or delivered:
        return False
    check_step(PayoutState(row.state), PayoutState.RETURNED, payout=str(payout))
    reverse_transfer(transfer=settle_step(payout), reason={"entry": entry, "reason": reason})
    reverse_transfer(transfer=reserve_step(payout), reason={"entry": entry, "reason": reason})
    row.state, row.reason = PayoutState.RETURNED, f"bank:{reason}"[:200]
    row.save(update_fields=["state", "reason"])
    log_payout_step(row, step_id(payout, "return"), Step.RETURNED, {"reason": reason})
    audit.record(actor=ROLE, action="payout.return", subject=f"payout:{payout}", entry=entry, reason=reason)
    announce_payout(row)
    announce_cases(cases=[row.case])
    return True
