"""Monitoring has reported a payout: it is rejected and its money is free again."""

from uuid import UUID

from django.db import transaction

from demeu.treasury.payouts.actions.acting import ROLE, locked_payout
from demeu.treasury.payouts.actions.approve import free_payout
from demeu.treasury.payouts.rules import PayoutState


@transaction.atomic
def reject_stopped(*, payout: UUID) -> None:
    """End a payout that monitoring stopped; one that it did not stop stays."""
    row = locked_payout(payout)
    if row.state == PayoutState.HELD and row.stopped:
        free_payout(row=row, reason="payout.reported", actor=ROLE)
