"""Making a pledge, doubling gifts with it, and ending it. One row lock a pledge: two workers double a gift once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from demeu.contracts.treasury import GiftStart, PledgeMake
from demeu.kernel import audit, clock
from demeu.kernel.errors import Refusal, conflict
from demeu.kernel.logs import logger
from demeu.treasury.allocation.tasks import allocate
from demeu.treasury.donations.actions.gifts import keep_for_later
from demeu.treasury.donations.locks import lock_funding
from demeu.treasury.donations.queries import gift_view
from demeu.treasury.gateways.actions import start_payment
from demeu.treasury.gateways.refund_rules import RefundReason
from demeu.treasury.gateways.refunds import ask_refund
from demeu.treasury.gateways.registry import gateway_named
from demeu.treasury.ledger.rules import step_id
from demeu.treasury.pledges.models import CompanyPledge, Match
from demeu.treasury.pledges.queries import candidates
from demeu.treasury.pledges.rules import Kind, Rest, check_pledge, matched

log = logger(__name__)
ROLE = "role:treasury"
SAME = ("company", "kind", "amount_tiyn", "target_kind", "target_code", "until", "rest")


@transaction.atomic
def make_pledge(*, asked: PledgeMake, actor: str) -> CompanyPledge:
    """A company's promise with its invoice; the same pledge again is the same.

    Raises `pledge.target`, `pledge.until`, `pledge.differs`, `gift.target_unreadable`.
    """
    now = clock.now()
    wanted = {
        "company": asked.company,
        "kind": asked.kind,
        "amount_tiyn": asked.amount_tiyn,
        "target_kind": asked.target.kind,
        "target_code": asked.target.code or "",
        "until": asked.until,
        "rest": asked.rest,
    }
    known = CompanyPledge.objects.filter(id=asked.pledge).first()
    if known is not None:
        if any(getattr(known, name) != wanted[name] for name in SAME):
            raise conflict("pledge.differs")
        return known
    check_pledge(kind=Kind(asked.kind), target=asked.target.kind, until=asked.until, now=now)
    start_payment(asked=_gift_of(asked), gateway=gateway_named("transfer"))
    if Kind(asked.kind) is Kind.MATCH:
        keep_for_later(gift=asked.pledge, kept_tiyn=asked.amount_tiyn)
    row = CompanyPledge.objects.create(id=asked.pledge, made_at=now, **wanted)
    audit.record(actor=actor, action="pledge.make", subject=f"pledge:{row.id}", amount_tiyn=row.amount_tiyn)
    return row


@transaction.atomic
def double_gifts(*, pledge: UUID) -> int:
    """Double what the bank has confirmed since the pledge was paid; how much was added. Ends the pledge in time."""
    lock_funding()
    row = CompanyPledge.objects.select_for_update().get(id=pledge)
    given = gift_view(pledge)
    if row.kind != Kind.MATCH or row.ended_at is not None or given.held_at is None:
        return 0
    left = row.amount_tiyn - row.matched_tiyn - given.returned_tiyn
    added = _double(row, since=given.held_at, left_tiyn=max(left, 0))
    if added:
        keep_for_later(gift=pledge, kept_tiyn=max(left - added, 0))
        allocate.defer(gift=str(pledge))
        audit.record(actor=ROLE, action="pledge.double", subject=f"pledge:{pledge}", amount_tiyn=added)
    if row.matched_tiyn == row.amount_tiyn or (row.until is not None and row.until <= clock.now()):
        _end(row)
    return added


def _double(row: CompanyPledge, *, since: datetime, left_tiyn: int) -> int:
    """Match what is there: money that went back to the company doubles nothing."""
    added = 0
    for gift, part in matched(candidates(row, since=since), left_tiyn=left_tiyn):
        Match.objects.create(pledge=row, gift=gift, amount_tiyn=part, at=clock.now())
        added += part
    CompanyPledge.objects.filter(id=row.id).update(matched_tiyn=F("matched_tiyn") + added)
    row.refresh_from_db()
    return added


def _end(row: CompanyPledge) -> None:
    """What doubled nothing is given all the same, or goes back, as the company chose."""
    row.ended_at = clock.now()
    row.save(update_fields=["ended_at"])
    left = row.amount_tiyn - row.matched_tiyn - gift_view(row.id).returned_tiyn
    audit.record(actor=ROLE, action="pledge.end", subject=f"pledge:{row.id}", left_tiyn=left)
    if left > 0 and row.rest == Rest.GIVE:
        keep_for_later(gift=row.id, kept_tiyn=0)
        allocate.defer(gift=str(row.id))
    elif left > 0:
        _give_back(row, left)


def _give_back(row: CompanyPledge, left: int) -> None:
    refund = step_id(row.id, "rest")
    try:
        ask_refund(refund=refund, gift=row.id, amount_tiyn=left, reason=RefundReason.SURPLUS, by=ROLE)
    except Refusal as refusal:
        log.warning("pledge.no_refund", pledge=str(row.id), reason=refusal.code)


def _gift_of(asked: PledgeMake) -> GiftStart:
    return GiftStart.model_validate(
        {
            "gift": asked.pledge,
            "amount_tiyn": asked.amount_tiyn,
            "target": asked.target,
            "fallback": "most_urgent",
            "anonymous": True,
            "donor": asked.donor,
            "offer_version": asked.offer_version,
            "lang": asked.lang,
            "gateway": "transfer",
            "back_url": "",
            "failure_url": "",
        }
    )
