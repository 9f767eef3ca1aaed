"""A payout held after a changed account waits for approval again, once the hold is over and the account was checked."""

from uuid import UUID

from django.db import transaction

from demeu.contracts.vault.payees import PayeeQuestion
from demeu.kernel import audit, clock
from demeu.kernel.errors import Refusal
from demeu.kernel.logs import logger
from demeu.treasury.payouts.actions.acting import ROLE, announce_payout, locked_payout
from demeu.treasury.payouts.actions.approve import free_payout
from demeu.treasury.payouts.actions.prepare import Screening, screen_in_vault
from demeu.treasury.payouts.models import Payout
from demeu.treasury.payouts.rules import PayoutState, check_screening

log = logger(__name__)


def release_held(*, screen: Screening = screen_in_vault) -> int:
    """Look at every held payout whose time is over; how many wait for approval again. One silence stops no other."""
    waiting = Payout.objects.filter(state=PayoutState.HELD, stopped=False, held_until__lte=clock.now())
    released = 0
    for payout in waiting.order_by("held_until").values_list("id", flat=True):
        try:
            released += release_payout(payout=payout, screen=screen)
        except Refusal as refusal:
            log.warning("payout.stays_held", payout=str(payout), reason=refusal.code)
    return released


@transaction.atomic
def release_payout(*, payout: UUID, screen: Screening = screen_in_vault) -> bool:
    """End one hold; False while the changed account is not checked. A payee listed meanwhile is not paid."""
    row = locked_payout(payout)
    if row.state != PayoutState.HELD or row.stopped or row.held_until is None or row.held_until > clock.now():
        return False
    found = screen(PayeeQuestion(payee=row.payee))
    try:
        check_screening(found.codes)
    except Refusal as refusal:
        free_payout(row=row, reason=refusal.code, actor=ROLE)
        return False
    if "account_unchecked" in found.signs:
        return False
    row.state = PayoutState.PREPARED
    row.save(update_fields=["state"])
    audit.record(actor=ROLE, action="payout.release", subject=f"payout:{payout}")
    announce_payout(row)
    return True
