"""Monitoring stops a payout before its approval, and lets it go on."""

from uuid import UUID

from django.db import transaction

from demeu.kernel import audit
from demeu.treasury.payouts.actions.acting import ROLE, announce_payout, locked_payout
from demeu.treasury.payouts.rules import PayoutState


@transaction.atomic
def stop_payout(*, payout: UUID) -> bool:
    """A payout that waits for approval waits for monitoring now; False when it is past that or gone."""
    row = locked_payout(payout)
    if row.state not in (PayoutState.PREPARED, PayoutState.HELD):
        return False
    row.state, row.stopped = PayoutState.HELD, True
    row.save(update_fields=["state", "stopped"])
    audit.record(actor=ROLE, action="payout.stop", subject=f"payout:{payout}")
    announce_payout(row)
    return True


@transaction.atomic
def resume_payout(*, payout: UUID) -> None:
    """Monitoring has cleared it: it waits for approval, or for the end of the hold after a changed account."""
    row = locked_payout(payout)
    if row.state != PayoutState.HELD or not row.stopped:
        return
    row.stopped = False
    if row.held_until is None:
        row.state = PayoutState.PREPARED
    row.save(update_fields=["state", "stopped"])
    audit.record(actor=ROLE, action="payout.resume", subject=f"payout:{payout}")
    announce_payout(row)
