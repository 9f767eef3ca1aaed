"""The life of a gift: start, the gateway's word, the bank's word."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from demeu.contracts.treasury import GiftFailed, GiftReceived, GiftStart
from demeu.kernel import audit, clock
from demeu.kernel.errors import not_found
from demeu.kernel.events import announce
from demeu.treasury.donations.locks import lock_funding
from demeu.treasury.donations.models import Gift, NeedItem
from demeu.treasury.donations.queries import GiftView, need_is_open, view_of
from demeu.treasury.donations.rules import (
    BANK_ACCOUNT,
    GATEWAY_ACCOUNT,
    SESSION,
    GiftState,
    Word,
    check_need_open,
    check_paid_sum,
    check_startable,
    check_target,
    kept_of,
    next_state,
)
from demeu.treasury.ledger.actions import post_transfer
from demeu.treasury.ledger.queries import lots
from demeu.treasury.ledger.rules import Account, Kind, Leg, Lot, moved, step_id
from demeu.treasury.proofs.actions import append_step
from demeu.treasury.proofs.rules import Step

ROLE = "role:treasury"


@dataclass(frozen=True)
class GatewayWord:
    """The answer of a gateway about one order, in our words."""

    word: Word
    amount_tiyn: int = 0
    currency: str = ""
    reference: str = ""
    reason: str = ""
    instrument: str = ""
    """What names the card at its gateway: hashed at once, never kept."""


@transaction.atomic
def start_gift(*, asked: GiftStart, gateway: str, at: datetime | None = None) -> GiftView:
    """A donor is about to pay. The same gift again is the same gift.

    Raises `gift.target_unreadable`, `gift.addition`, `need.unknown`, `need.closed`, `gift.differs`,
    `gift.already_decided`.
    """
    target = asked.target
    check_target(target.kind, has_id=target.id is not None, code=target.code)
    now = at or clock.now()
    wanted = {
        "amount_tiyn": asked.amount_tiyn,
        "addition_tiyn": asked.addition_tiyn,
        "currency": asked.currency,
        "target_kind": target.kind,
        "target_id": target.id,
        "target_code": target.code or "",
        "fallback": asked.fallback,
        "anonymous": asked.anonymous,
        "donor": asked.donor,
        "offer_version": asked.offer_version,
        "lang": asked.lang,
        "gateway": gateway,
    }
    kept = kept_of(kind=target.kind, amount_tiyn=asked.amount_tiyn, addition_tiyn=asked.addition_tiyn)
    fresh = {**wanted, "kept_tiyn": kept, "state": GiftState.STARTED, "started_at": now, "expires_at": now + SESSION}
    row, made = Gift.objects.get_or_create(id=asked.gift, defaults=fresh)
    if made:
        _check_open(target.kind, target.id)
        audit.record(actor=ROLE, action="gift.start", subject=f"gift:{row.id}", amount_tiyn=row.amount_tiyn)
    else:
        same = all(getattr(row, name) == value for name, value in wanted.items())
        check_startable(GiftState(row.state), same=same, gift=str(row.id))
    return view_of(row)


@transaction.atomic
def page_given(*, gift: UUID) -> GiftView:
    """The donor has the gateway's page."""
    row = _locked(gift)
    if row.state == GiftState.STARTED:
        row.state = GiftState.PENDING
        row.save(update_fields=["state"])
    return view_of(row)


@transaction.atomic
def hear_gateway(*, gift: UUID, heard: GatewayWord) -> bool:
    """Apply the gateway's word; True when the gift became received just now. A repeat changes nothing."""
    row = _locked(gift)
    before, now = GiftState(row.state), clock.now()
    row.asked_at = now
    paid = heard.word is Word.PAID
    if paid and not check_paid_sum(asked_tiyn=row.amount_tiyn, paid_tiyn=heard.amount_tiyn, currency=heard.currency):
        _note_wrong_sum(row, heard)
        return False
    after = next_state(before, heard.word, now=now, expires_at=row.expires_at)
    row.state = after
    if after is GiftState.DECLINED:
        row.decline_reason = heard.reason[:80]
    if after is GiftState.RECEIVED and before is not after:
        row.received_at = now
        row.decline_reason = ""
        _receive(row)
    row.save(update_fields=["state", "asked_at", "received_at", "decline_reason"])
    if after is not before:
        audit.record(actor=ROLE, action=f"gift.{after}", subject=f"gift:{gift}", reference=heard.reference)
    if after is not before and after in (GiftState.DECLINED, GiftState.EXPIRED):
        announce(GiftFailed(gift=gift, state=after.value))
    return after is GiftState.RECEIVED and before is not after


@transaction.atomic
def hold_gift(*, gift: UUID, net_tiyn: int, fee_tiyn: int, entry: str) -> bool:
    """The bank's statement shows the gateway's settlement: received money becomes held. False on a repeat.

    Under the funding lock: an allocation at the same moment would move money that is no longer where it looked.
    """
    lock_funding()
    row = _locked(gift)
    if row.held_at is not None or row.received_at is None:
        return False
    bank, gateway = BANK_ACCOUNT[row.gateway], GATEWAY_ACCOUNT[row.gateway]
    legs = [Leg(bank, net_tiyn, Lot(gift)), Leg(gateway, -(net_tiyn + fee_tiyn), Lot(gift))]
    legs += [Leg(Account.FEES, fee_tiyn, Lot(gift))] if fee_tiyn else []
    for standing in lots(gift=gift, accounts=[Account.RECEIVED]):
        legs += moved(standing.amount_tiyn, out_of=Account.RECEIVED, into=Account.HELD, lot=standing.lot)
    transfer = step_id(gift, "settle")
    post_transfer(transfer=transfer, kind=Kind.SETTLE, legs=legs, reason={"entry": entry})
    row.held_at = clock.now()
    row.save(update_fields=["held_at"])
    facts = {"fee_tiyn": fee_tiyn, "transfer": str(transfer)}
    append_step(leaf=transfer, step=Step.HELD, lot=Lot(gift), amount_tiyn=row.amount_tiyn, facts=facts)
    audit.record(actor=ROLE, action="gift.hold", subject=f"gift:{gift}", entry=entry, fee_tiyn=fee_tiyn)
    return True


@transaction.atomic
def note_returned(*, gift: UUID, amount_tiyn: int, state: GiftState | None = None) -> None:
    """A part of a gift is no longer here: on its way back to its source, or recalled. A negative amount undoes it."""
    row = _locked(gift)
    row.returned_tiyn += amount_tiyn
    if state is not None:
        row.state = state
    row.save(update_fields=["returned_tiyn", "state"])


@transaction.atomic
def keep_for_later(*, gift: UUID, kept_tiyn: int) -> None:
    """How much of a gift is not shared out among needs for now. Call under `lock_funding`."""
    row = _locked(gift)
    row.kept_tiyn = kept_tiyn
    row.save(update_fields=["kept_tiyn"])


@transaction.atomic
def note_answer(*, gift: UUID, answer: str) -> None:
    """What the donor, or the written term, said about a surplus of this gift."""
    row = _locked(gift)
    row.answer = answer
    row.save(update_fields=["answer"])


def receive_step(gift: UUID) -> UUID:
    """The id of a gift's receiving: of its transfer and of its leaf in the log."""
    return step_id(gift, "receive")


def _receive(row: Gift) -> None:
    """Double entry, leaf and news of a received gift; its transfer id makes a second one impossible."""
    transfer, lot = receive_step(row.id), Lot(row.id)
    legs = moved(row.amount_tiyn, out_of=GATEWAY_ACCOUNT[row.gateway], into=Account.RECEIVED, lot=lot)
    post_transfer(transfer=transfer, kind=Kind.RECEIVE, legs=legs)
    facts = {"gateway": row.gateway, "target": row.target_kind, "transfer": str(transfer)}
    append_step(leaf=transfer, step=Step.RECEIVED, lot=lot, amount_tiyn=row.amount_tiyn, facts=facts)
    announce(
        GiftReceived(
            gift=row.id,
            amount_tiyn=row.amount_tiyn,
            target_kind=row.target_kind,
            case=_case_of(row.target_kind, row.target_id),
            donor=row.donor,
        )
    )


def _note_wrong_sum(row: Gift, heard: GatewayWord) -> None:
    """The gateway took another sum than asked: nothing is posted, people must look."""
    if GiftState(row.state) is not GiftState.RECEIVED:
        row.state = GiftState.UNKNOWN
    row.save(update_fields=["state", "asked_at"])
    audit.record(
        actor=ROLE,
        action="gift.sum_differs",
        subject=f"gift:{row.id}",
        asked_tiyn=row.amount_tiyn,
        paid_tiyn=heard.amount_tiyn,
        currency=heard.currency,
    )


def _check_open(kind: str, target: UUID | None) -> None:
    case = _case_of(kind, target)
    if kind not in ("case", "item"):
        return
    open_ = need_is_open(case) if case else None
    if open_ is None:
        raise not_found("need.unknown", target=str(target))
    check_need_open(open_=open_, case=str(case))


def _case_of(kind: str, target: UUID | None) -> UUID | None:
    if kind == "item" and target:
        return NeedItem.objects.filter(item=target).values_list("need_id", flat=True).first()
    return target if kind == "case" else None


def _locked(gift: UUID) -> Gift:
    row = Gift.objects.select_for_update().filter(id=gift).first()
    if row is None:
        raise not_found("gift.unknown", gift=str(gift))
    return row
