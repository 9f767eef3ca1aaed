"""Officers approve a payout, each with a signature, until it is sent; or one rejects it, which frees its money."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction

from demeu.contracts import treasury as contract
from demeu.contracts.vault.identity import SIGNATURE_SHOW, SignatureFacts, SignatureQuestion
from demeu.kernel import audit, clock
from demeu.kernel.calling import ask
from demeu.kernel.errors import forbidden
from demeu.treasury.allocation.telling import announce_cases
from demeu.treasury.donations.locks import lock_funding
from demeu.treasury.ledger.actions import void_hold
from demeu.treasury.ledger.rules import Lot, step_id
from demeu.treasury.payouts.actions.acting import ROLE, announce_payout, check_actor, items_of, locked_payout
from demeu.treasury.payouts.approvals import check_needed, lacking_approvals
from demeu.treasury.payouts.models import Approval, Payout
from demeu.treasury.payouts.queries import payout_view
from demeu.treasury.payouts.rules import (
    PayoutState,
    approve_step,
    check_may_say_no,
    check_people,
    check_step,
    reserve_step,
)
from demeu.treasury.proofs.actions import append_step
from demeu.treasury.proofs.rules import Step

Vouching = Callable[[UUID], SignatureFacts]


def signature_in_vault(signature: UUID) -> SignatureFacts:
    """Whose signature this is and what it is about, as vault keeps it; raises `signature.unknown`."""
    return ask("vault", SIGNATURE_SHOW, SignatureQuestion(signature=signature), actor=ROLE, purpose="payout")


@transaction.atomic
def approve_payout(
    *, asked: contract.PayoutApprove, actor: str, send: bool = True, vouch: Vouching = signature_in_vault
) -> contract.Payout:
    """One more signed yes. With the last one that the amount asks for the payout is approved and sending follows.

    `send` off: the demo has no bank. Raises `payout.unknown`, `payout.not_yourself`, `payout.same_person`,
    `payout.wrong_state`, `payout.role_not_awaited`, `payout.signature_foreign`, `signature.unknown`.
    """
    from demeu.treasury.payouts.tasks import send_payout

    row = locked_payout(asked.payout)
    check_actor(actor, asked.approver)
    check_people(preparer=row.preparer, curator=row.curator, approver=asked.approver, payout=str(row.id))
    if row.approvals.filter(approver=asked.approver).exists():
        return payout_view(row.id)
    check_step(PayoutState(row.state), PayoutState.APPROVED, payout=str(row.id))
    check_needed(asked.role, row.required, _roles(row))
    check_signature(vouch(asked.signature), asked)
    _sign(row, asked, actor)
    if lacking_approvals(row.required, _roles(row)):
        announce_payout(row)
        return payout_view(row.id)
    row.state, row.approver, row.signature = PayoutState.APPROVED, asked.approver, asked.signature
    row.approved_at = clock.now()
    row.save(update_fields=["state", "approver", "signature", "approved_at"])
    signatures = [str(given) for given in row.approvals.order_by("id").values_list("signature", flat=True)]
    log_payout_step(row, approve_step(row.id), Step.PAYOUT_APPROVED, {"signatures": signatures})
    announce_payout(row)
    if send:
        send_payout.defer(payout=str(row.id))
    return payout_view(row.id)


def check_signature(kept: SignatureFacts, asked: contract.PayoutApprove) -> None:
    """The signature is the approver's own and about this payout: `payout.signature_foreign`."""
    if (kept.person, kept.kind, kept.subject) != (asked.approver, "payout", f"payout:{asked.payout}"):
        raise forbidden("payout.signature_foreign", payout=str(asked.payout))


def _roles(row: Payout) -> list[str]:
    return list(row.approvals.values_list("role", flat=True))


def _sign(row: Payout, asked: contract.PayoutApprove, actor: str) -> None:
    """Keep one yes; a signature that served another approval is refused: `payout.signature_foreign`."""
    if Approval.objects.filter(signature=asked.signature).exists():
        raise forbidden("payout.signature_foreign", payout=str(row.id))
    Approval.objects.create(
        payout=row, approver=asked.approver, role=asked.role, signature=asked.signature, at=clock.now()
    )
    audit.record(
        actor=actor, action="payout.approve", subject=f"payout:{row.id}", signature=asked.signature, role=asked.role
    )


@transaction.atomic
def reject_payout(*, asked: contract.PayoutReject, actor: str) -> contract.Payout:
    """The approver says no: the money is free again.

    Raises `payout.unknown`, `payout.not_yourself`, `payout.same_person`, `payout.wrong_state`.
    """
    row = locked_payout(asked.payout)
    check_actor(actor, asked.approver)
    check_people(preparer=row.preparer, curator=row.curator, approver=asked.approver, payout=str(row.id))
    check_may_say_no(PayoutState(row.state), payout=str(row.id))
    row.approver = asked.approver
    row.save(update_fields=["approver"])
    free_payout(row=row, reason=asked.reason, actor=actor)
    return payout_view(row.id)


def free_payout(*, row: Payout, reason: str, actor: str) -> None:
    """A payout ends without money leaving: what was set aside is mirrored back. Call with the payout locked."""
    lock_funding()
    row.state, row.reason = PayoutState.REJECTED, reason[:200]
    row.save(update_fields=["state", "reason"])
    void_hold(hold=reserve_step(row.id), reason={"payout": row.id, "reason": reason})
    log_payout_step(row, step_id(row.id, "reject"), Step.PAYOUT_REJECTED, {"reason": reason})
    audit.record(actor=actor, action="payout.reject", subject=f"payout:{row.id}", reason=reason)
    announce_payout(row)
    announce_cases(cases=[row.case])


def log_payout_step(row: Payout, leaf: UUID, step: Step, facts: dict[str, object]) -> None:
    """One step of a payout into the log."""
    items = items_of(row)
    lot = Lot(case=row.case, item=items[0] if len(items) == 1 else None, payout=row.id)
    listed = {"items": [str(item) for item in items]}
    append_step(leaf=leaf, step=step, lot=lot, amount_tiyn=row.amount_tiyn, facts={**listed, **facts})
