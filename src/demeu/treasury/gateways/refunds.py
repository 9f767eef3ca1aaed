"""Money back to its source: asked for, decided by a second person, mirrored in the books, sent, closed by the bank."""

from uuid import UUID

from django.db import transaction

from demeu.contracts.treasury import GiftReturned
from demeu.kernel import audit, clock
from demeu.kernel.errors import Refusal, not_found
from demeu.kernel.events import announce
from demeu.kernel.ids import new_id
from demeu.treasury.allocation.actions import release_gift
from demeu.treasury.allocation.tasks import allocate
from demeu.treasury.donations.actions.gifts import note_returned
from demeu.treasury.donations.locks import lock_funding
from demeu.treasury.donations.queries import gift_view
from demeu.treasury.donations.rules import BANK_ACCOUNT, GiftState
from demeu.treasury.gateways.instruments import block_instrument
from demeu.treasury.gateways.models import Refund
from demeu.treasury.gateways.ports import Gateway
from demeu.treasury.gateways.queries import order_of
from demeu.treasury.gateways.refund_rules import (
    DECISION_WORKING_DAYS,
    RefundReason,
    RefundState,
    check_askable,
    check_decidable,
    granted_tiyn,
    refund_legs,
    refundable_tiyn,
)
from demeu.treasury.gateways.working_days import due_after
from demeu.treasury.ledger.actions import post_transfer, reverse_transfer
from demeu.treasury.ledger.queries import lots
from demeu.treasury.ledger.rules import Account, Kind, Leg, Lot, step_id
from demeu.treasury.proofs.actions import append_step
from demeu.treasury.proofs.rules import Step

ROLE = "role:treasury"
FREE = (Account.RECEIVED, Account.HELD)


@transaction.atomic
def ask_refund(*, refund: UUID, gift: UUID, amount_tiyn: int | None, reason: RefundReason, by: str) -> Refund:
    """Somebody wants a gift back; again with the same id, or while one is open, it is the same refund.

    Raises `refund.not_received`, `refund.no_source`, `refund.all_spent`, `refund.partly_spent`.
    """
    lock_funding()
    known = Refund.objects.filter(id=refund).first() or open_refund(gift)
    if known is not None:
        return known
    given = gift_view(gift)
    check_askable(received=given.state is GiftState.RECEIVED, demo=given.gateway == "demo", gift=str(gift))
    amount = granted_tiyn(asked_tiyn=amount_tiyn, refundable=refundable_tiyn(lots(gift=gift)))
    now = clock.now()
    row = Refund.objects.create(
        id=refund,
        gift=gift,
        amount_tiyn=amount,
        state=RefundState.ASKED,
        reason=reason,
        asked_by=by,
        asked_at=now,
        due_at=due_after(now, DECISION_WORKING_DAYS),
    )
    audit.record(actor=by, action="refund.ask", subject=f"gift:{gift}", amount_tiyn=amount, reason=reason.value)
    return row


@transaction.atomic
def decide_refund(*, refund: UUID, approve: bool, refusal: str, by: str) -> Refund:
    """A second person says yes (the money leaves its lots now) or no, with a reason code.

    Raises `refund.unknown`, `refund.decided`, `refund.same_person`, `refund.partly_spent`.
    """
    from demeu.treasury.gateways.tasks import send_refunds

    lock_funding()
    row = _locked(refund)
    check_decidable(RefundState(row.state), asked_by=row.asked_by, decider=by)
    row.state = RefundState.APPROVED if approve else RefundState.REFUSED
    row.decider, row.decided_at, row.refusal = by, clock.now(), "" if approve else refusal[:40]
    if approve:
        _take_out(row)
        send_refunds.defer()
    row.save()
    audit.record(actor=by, action=f"refund.{row.state}", subject=f"gift:{row.gift}", amount_tiyn=row.amount_tiyn)
    return row


def send_refund(*, refund: UUID, gateway: Gateway) -> bool:
    """Ask the gateway to give it back, unless it says that it has; False while the bank has not confirmed the gift."""
    row = Refund.objects.get(id=refund)
    given, order = gift_view(row.gift), order_of(row.gift)
    if row.state != RefundState.APPROVED or given.held_at is None or order is None:
        return False
    by_hand = False
    _note_trying(refund)
    try:
        before = given.returned_tiyn - row.amount_tiyn
        if gateway.refunded_tiyn(order.number) < before + row.amount_tiyn:
            gateway.refund(order.number, row.amount_tiyn)
    except Refusal as refusal:
        if refusal.code != "gateway.refund_by_hand":
            raise
        by_hand = True
    _note_sent(refund, by_hand=by_hand)
    return True


@transaction.atomic
def settle_refund(*, gift: UUID, amount_tiyn: int, entry: str) -> bool:
    """The bank's line shows money going back: a refund of that very sum is paid. False when none is on its way."""
    row = Refund.objects.select_for_update().filter(gift=gift, state__in=["approved", "sent"]).first()
    if row is None or row.sent_at is None or row.amount_tiyn != amount_tiyn:
        return False
    given = gift_view(gift)
    transfer, lot = step_id(row.id, "refund_paid"), Lot(gift)
    legs = [Leg(Account.REFUNDS, amount_tiyn, lot), Leg(BANK_ACCOUNT[given.gateway], -amount_tiyn, lot)]
    post_transfer(transfer=transfer, kind=Kind.REFUND_PAID, legs=legs, reason={"entry": entry})
    row.state, row.paid_at, row.entry = RefundState.PAID, clock.now(), entry
    row.save()
    whole = given.returned_tiyn == given.amount_tiyn
    if whole:
        note_returned(gift=gift, amount_tiyn=0, state=GiftState.REFUNDED)
    append_step(leaf=transfer, step=Step.REFUNDED, lot=lot, amount_tiyn=amount_tiyn, facts={"transfer": str(transfer)})
    audit.record(actor=ROLE, action="refund.paid", subject=f"gift:{gift}", amount_tiyn=amount_tiyn, entry=entry)
    state = GiftState.REFUNDED if whole else GiftState.RECEIVED
    announce(GiftReturned(gift=gift, amount_tiyn=amount_tiyn, state=state.value))
    return True


@transaction.atomic
def book_chargeback(*, gift: UUID, amount_tiyn: int, entry: str) -> bool:
    """The payer's bank took money back: unspent lots are reversed, what was spent is a loss, the card is blocked."""
    lock_funding()
    given = gift_view(gift)
    if given.held_at is None or given.state is GiftState.CHARGED_BACK:
        return False
    _cancel_open_refund(gift)
    free = min(release_gift(gift=gift), amount_tiyn)
    legs = refund_legs(lots(gift=gift, accounts=FREE), free, Lot(gift))[:-1] if free else []
    if amount_tiyn > free:
        legs.append(Leg(Account.CHARGEBACKS, amount_tiyn - free, Lot(gift)))
    legs.append(Leg(BANK_ACCOUNT[given.gateway], -amount_tiyn, Lot(gift)))
    transfer = step_id(gift, "chargeback")
    post_transfer(transfer=transfer, kind=Kind.CHARGEBACK, legs=legs, reason={"entry": entry})
    note_returned(gift=gift, amount_tiyn=free, state=GiftState.CHARGED_BACK)
    facts = {"transfer": str(transfer), "charged_back": True, "lost_tiyn": amount_tiyn - free}
    append_step(leaf=transfer, step=Step.REFUNDED, lot=Lot(gift), amount_tiyn=amount_tiyn, facts=facts)
    block_instrument(gift=gift)
    audit.record(actor=ROLE, action="gift.charged_back", subject=f"gift:{gift}", amount_tiyn=amount_tiyn, entry=entry)
    announce(GiftReturned(gift=gift, amount_tiyn=amount_tiyn, state=GiftState.CHARGED_BACK.value))
    return True


def ask_refund_of_blocked(*, gift: UUID) -> None:
    """A gift from a blocked card is not shared out: people decide about giving it back."""
    ask_refund(refund=new_id(), gift=gift, amount_tiyn=None, reason=RefundReason.BLOCKED_CARD, by=ROLE)


def open_refund(gift: UUID) -> Refund | None:
    """The refund of a gift that is not ended."""
    return Refund.objects.filter(gift=gift, state__in=["asked", "approved", "sent"]).first()


def _take_out(row: Refund) -> None:
    """Release the gift, mirror the sum out of its lots, and let the rest be shared out again."""
    free_tiyn = release_gift(gift=row.gift)
    legs = refund_legs(lots(gift=row.gift, accounts=FREE), row.amount_tiyn, Lot(row.gift))
    post_transfer(transfer=_out_step(row.id), kind=Kind.REFUND, legs=legs, reason={"refund": str(row.id)})
    note_returned(gift=row.gift, amount_tiyn=row.amount_tiyn)
    if free_tiyn > row.amount_tiyn:
        allocate.defer(gift=str(row.gift))


def _cancel_open_refund(gift: UUID) -> None:
    """A recalled payment is not given back a second time."""
    row = Refund.objects.select_for_update().filter(gift=gift, state__in=["asked", "approved"]).first()
    if row is None:
        return
    if row.state == RefundState.APPROVED:
        reverse_transfer(transfer=_out_step(row.id), reason={"refund": str(row.id)})
        note_returned(gift=gift, amount_tiyn=-row.amount_tiyn)
    row.state, row.decider, row.decided_at = RefundState.CANCELLED, row.decider or "bank", clock.now()
    row.save()


def _out_step(refund: UUID) -> UUID:
    return step_id(refund, "refund")


@transaction.atomic
def _note_trying(refund: UUID) -> None:
    """From now on the bank's line may be this refund's, even if we never hear the gateway's answer."""
    row = _locked(refund)
    row.sent_at = row.sent_at or clock.now()
    row.save(update_fields=["sent_at"])


@transaction.atomic
def _note_sent(refund: UUID, *, by_hand: bool) -> None:
    row = _locked(refund)
    if row.state == RefundState.APPROVED:
        row.state, row.by_hand = RefundState.SENT, by_hand
        row.save()
        audit.record(actor=ROLE, action="refund.sent", subject=f"gift:{row.gift}", by_hand=by_hand)


def _locked(refund: UUID) -> Refund:
    row = Refund.objects.select_for_update().filter(id=refund).first()
    if row is None:
        raise not_found("refund.unknown", refund=str(refund))
    return row
