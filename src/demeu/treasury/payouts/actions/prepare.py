"""The first officer prepares a payout: held money is set aside for it."""

from collections.abc import Callable
from uuid import UUID

from django.db import IntegrityError, transaction

from demeu.contracts import treasury as contract
from demeu.contracts.vault.payees import PAYEE_SCREEN, PayeeQuestion
from demeu.kernel import audit, clock
from demeu.kernel.calling import ask
from demeu.kernel.errors import conflict
from demeu.treasury.allocation.telling import announce_cases
from demeu.treasury.donations.locks import lock_funding
from demeu.treasury.ledger.actions import hold_money
from demeu.treasury.ledger.rules import Kind, Lot
from demeu.treasury.payouts.actions.acting import announce_payout, check_actor
from demeu.treasury.payouts.approvals import required_approvals
from demeu.treasury.payouts.models import Payout, PayoutItem
from demeu.treasury.payouts.queries import held_lots, item_means, payout_view
from demeu.treasury.payouts.rules import (
    PayoutState,
    check_items,
    check_people,
    check_screening,
    normal_invoice,
    reserve_legs,
    reserve_step,
    take_from,
)
from demeu.treasury.proofs.actions import append_step
from demeu.treasury.proofs.rules import Step

Screening = Callable[[UUID], tuple[str, ...]]


def screen_in_vault(payee: UUID) -> tuple[str, ...]:
    """Codes of what vault finds against the payee."""
    return ask("vault", PAYEE_SCREEN, PayeeQuestion(payee=payee), actor="role:treasury", purpose="payout").codes


@transaction.atomic
def prepare_payout(
    *, asked: contract.PayoutPrepare, actor: str, screen: Screening = screen_in_vault
) -> contract.Payout:
    """Set held money aside for a payee. The same payout again is the same payout.

    Raises `payout.not_yourself`, `payout.same_person`, `payout.items_unknown`, `payout.item_not_funded`,
    `payout.item_not_held`, `payout.above_held`, `payout.payee_blocked`, `payout.invoice_used`, `payout.differs`.
    """
    lock_funding()
    check_actor(actor, asked.preparer)
    known = Payout.objects.filter(id=asked.payout).first()
    if known is not None:
        return _same(known, asked)
    curator = check_items(asked.case, asked.items, item_means(asked.items))
    check_people(preparer=asked.preparer, curator=curator, payout=str(asked.payout))
    taken = take_from(held_lots(asked.items), asked.amount_tiyn)
    warnings = check_screening(screen(asked.payee))
    row = _write(asked, curator, warnings)
    hold_money(transfer=reserve_step(row.id), kind=Kind.RESERVE, legs=reserve_legs(row.id, taken))
    _log_items(row, taken)
    audit.record(actor=actor, action="payout.prepare", subject=f"payout:{row.id}", amount_tiyn=row.amount_tiyn)
    announce_payout(row)
    announce_cases(cases=[row.case])
    return payout_view(row.id)


def _same(known: Payout, asked: contract.PayoutPrepare) -> contract.Payout:
    same = (known.case, known.payee, known.amount_tiyn, known.invoice_number, known.preparer) == (
        asked.case,
        asked.payee,
        asked.amount_tiyn,
        asked.invoice_number,
        asked.preparer,
    )
    if not same:
        raise conflict("payout.differs", payout=str(known.id))
    return payout_view(known.id)


def _write(asked: contract.PayoutPrepare, curator: UUID, warnings: tuple[str, ...]) -> Payout:
    """Payout and items; the same invoice of the same payee is refused by the database."""
    try:
        with transaction.atomic():
            row = Payout.objects.create(
                id=asked.payout,
                case=asked.case,
                payee=asked.payee,
                amount_tiyn=asked.amount_tiyn,
                invoice_number=asked.invoice_number,
                invoice_key=normal_invoice(asked.invoice_number),
                invoice_document=asked.invoice_document,
                state=PayoutState.PREPARED,
                preparer=asked.preparer,
                curator=curator,
                required=required_approvals(asked.amount_tiyn, clock.today()),
                warnings=list(warnings),
                prepared_at=clock.now(),
            )
    except IntegrityError as error:
        if "payouts_invoice_once" not in str(error):
            raise
        raise conflict("payout.invoice_used", payee=str(asked.payee)) from None
    PayoutItem.objects.bulk_create(
        PayoutItem(payout=row, item=item, position=position) for position, item in enumerate(asked.items)
    )
    return row


def _log_items(row: Payout, taken: list[tuple[Lot, int]]) -> None:
    """One leaf for the payout; its facts say how much each item pays."""
    parts: dict[str, int] = {}
    for lot, part in taken:
        parts[str(lot.item)] = parts.get(str(lot.item), 0) + part
    append_step(
        leaf=reserve_step(row.id),
        step=Step.PAYOUT_PREPARED,
        lot=Lot(case=row.case, item=_only(parts), payout=row.id),
        amount_tiyn=row.amount_tiyn,
        facts={"items": parts, "transfer": str(reserve_step(row.id))},
    )


def _only(parts: dict[str, int]) -> UUID | None:
    return UUID(next(iter(parts))) if len(parts) == 1 else None
