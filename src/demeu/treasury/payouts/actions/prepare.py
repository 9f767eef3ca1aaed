"""The first officer prepares a payout: held money is set aside for it."""

from collections import Counter
from collections.abc import Callable, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from demeu.contracts import treasury as contract
from demeu.contracts.vault.payees import PAYEE_SCREEN, PayeeQuestion, PayeeScreened
from demeu.kernel import audit, clock
from demeu.kernel.calling import ask
from demeu.kernel.errors import conflict
from demeu.treasury.allocation.telling import announce_cases
from demeu.treasury.donations.locks import lock_funding
from demeu.treasury.donations.queries import donors_of
from demeu.treasury.ledger.actions import hold_money
from demeu.treasury.ledger.rules import Kind, Lot
from demeu.treasury.payouts.actions.acting import ROLE, announce_payout, check_actor
from demeu.treasury.payouts.approvals import required_approvals
from demeu.treasury.payouts.looking import Twins, numbers_today, reasons_of, twins_in_vault
from demeu.treasury.payouts.models import Payout, PayoutItem, Quote
from demeu.treasury.payouts.queries import held_lots, item_means, payout_view
from demeu.treasury.payouts.reasons import check_quotes, held_until
from demeu.treasury.payouts.rules import (
    PayoutState,
    check_items,
    check_payee_kind,
    check_people,
    check_screening,
    normal_invoice,
    reserve_legs,
    reserve_step,
    take_from,
)
from demeu.treasury.proofs.actions import append_step
from demeu.treasury.proofs.rules import Step

Screening = Callable[[PayeeQuestion], PayeeScreened]

DONORS_MAX = 2_000


def screen_in_vault(question: PayeeQuestion) -> PayeeScreened:
    """What vault finds against the payee, and what else it tells of it."""
    return ask("vault", PAYEE_SCREEN, question, actor=ROLE, purpose="payout")


@transaction.atomic
def prepare_payout(
    *,
    asked: contract.PayoutPrepare,
    actor: str,
    screen: Screening = screen_in_vault,
    twins: Twins = twins_in_vault,
) -> contract.Payout:
    """Set held money aside for a payee. The same payout again is the same payout.

    To an account that replaced another one, it is held until the account is checked and the hold is over.
    Raises `payout.not_yourself`, `payout.same_person`, `payout.items_unknown`, `payout.item_not_funded`,
    `payout.item_not_held`, `payout.above_held`, `payout.payee_blocked`, `payout.invoice_used`, `payout.differs`,
    `payout.quotes_wrong`, `payout.payee_not_allowed`, `payout.payee_kind_wrong`.
    """
    lock_funding()
    check_actor(actor, asked.preparer)
    known = Payout.objects.filter(id=asked.payout).first()
    if known is not None:
        return _same(known, asked)
    curator = check_items(asked.case, asked.items, item_means(asked.items))
    check_people(preparer=asked.preparer, curator=curator, payout=str(asked.payout))
    check_quotes(asked.items, [(quote.item, quote.chosen) for quote in asked.quotes])
    taken = take_from(held_lots(asked.items), asked.amount_tiyn)
    screened = screen(_question(asked, curator, taken))
    warnings = check_screening(screened.codes)
    check_payee_kind(
        asked.payee_kind,
        asked.items,
        {one.item: one.kinds for one in asked.payable_to},
        natural_person="natural_person" in screened.signs,
    )
    row = _write(asked, curator, warnings, screened)
    _look_closely(row, asked, screened, twins)
    hold_money(transfer=reserve_step(row.id), kind=Kind.RESERVE, legs=reserve_legs(row.id, taken))
    _log_items(row, taken)
    audit.record(actor=actor, action="payout.prepare", subject=f"payout:{row.id}", amount_tiyn=row.amount_tiyn)
    announce_payout(row)
    announce_cases(cases=[row.case])
    return payout_view(row.id)


def _same(known: Payout, asked: contract.PayoutPrepare) -> contract.Payout:
    same = (known.case, known.payee, known.payee_kind, known.amount_tiyn, known.invoice_number, known.preparer) == (
        asked.case,
        asked.payee,
        asked.payee_kind,
        asked.amount_tiyn,
        asked.invoice_number,
        asked.preparer,
    )
    if not same:
        raise conflict("payout.differs", payout=str(known.id))
    return payout_view(known.id)


def _question(asked: contract.PayoutPrepare, curator: UUID, taken: Sequence[tuple[Lot, int]]) -> PayeeQuestion:
    """The payee, and who must not be it: the officers, the curator, the donors whose money it is."""
    donors = donors_of([lot.gift for lot, _ in taken if lot.gift])
    return PayeeQuestion(payee=asked.payee, officers=(asked.preparer, curator), donors=tuple(donors[:DONORS_MAX]))


def _look_closely(row: Payout, asked: contract.PayoutPrepare, screened: PayeeScreened, twins: Twins) -> None:
    """Keep quotes, and the reasons that the approvers will read."""
    places = Counter[UUID]()
    for quote in asked.quotes:
        Quote.objects.create(payout=row, position=places[quote.item], **quote.model_dump())
        places[quote.item] += 1
    found = reasons_of(asked, screened, twins)
    row.reasons = [{"code": reason.code, "facts": dict(reason.facts)} for reason in found]
    row.save(update_fields=["reasons"])


def _write(asked: contract.PayoutPrepare, curator: UUID, warnings: tuple[str, ...], screened: PayeeScreened) -> Payout:
    """Payout and items; the same invoice of the same payee is refused by the database."""
    until = held_until(screened.changed_at, numbers_today())
    held = until is not None and (until > clock.now() or "account_unchecked" in screened.signs)
    try:
        with transaction.atomic():
            row = Payout.objects.create(
                id=asked.payout,
                case=asked.case,
                payee=asked.payee,
                payee_kind=asked.payee_kind,
                amount_tiyn=asked.amount_tiyn,
                invoice_number=asked.invoice_number,
                invoice_key=normal_invoice(asked.invoice_number),
                invoice_document=asked.invoice_document,
                state=PayoutState.HELD if held else PayoutState.PREPARED,
                held_until=until,
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
