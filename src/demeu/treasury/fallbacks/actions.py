"""Asking a donor about surplus money, taking the answer, and giving back where that was chosen."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from demeu.contracts.treasury import GiftAsks
from demeu.kernel import audit, clock
from demeu.kernel.errors import Refusal
from demeu.kernel.events import announce
from demeu.kernel.ids import new_id
from demeu.kernel.logs import logger
from demeu.treasury.allocation.tasks import allocate
from demeu.treasury.donations.actions.gifts import note_answer
from demeu.treasury.donations.locks import lock_funding
from demeu.treasury.donations.queries import GiftView, gift_view
from demeu.treasury.donations.rules import GiftState
from demeu.treasury.fallbacks.models import SurplusQuestion
from demeu.treasury.fallbacks.queries import free_tiyn, is_wanted, open_question
from demeu.treasury.fallbacks.rules import Terms, Way, check_answer, check_may_answer, default_of, is_surplus
from demeu.treasury.fallbacks.terms import present_terms
from demeu.treasury.gateways.refund_rules import RefundReason
from demeu.treasury.gateways.refunds import ask_refund
from demeu.treasury.ledger.rules import step_id

log = logger(__name__)
ROLE = "role:treasury"
DONOR, TERMS, NOBODY = "donor", "terms", "nobody"


@transaction.atomic
def look_at(*, gift: UUID) -> bool:
    """Ask about a gift's surplus, or give it back where that was chosen; a question that has become needless ends."""
    lock_funding()
    given, now = gift_view(gift), clock.now()
    asked = open_question(gift)
    free, terms = free_tiyn(gift), present_terms(clock.today())
    if given.state is not GiftState.RECEIVED or given.received_at is None:
        return False
    surplus = is_surplus(
        kind=given.target_kind,
        free_tiyn=free,
        wanted=is_wanted(given),
        received_at=given.received_at,
        now=now,
        terms=terms,
    )
    if asked is not None:
        return False if surplus else _end(asked, answer="", by=NOBODY)
    if not surplus or given.fallback_now not in ("ask", Way.RETURN):
        return False
    if given.fallback_now == Way.RETURN:
        return _give_back(gift, free)
    return _ask(given, free, terms)


@transaction.atomic
def answer(*, gift: UUID, way: str, actor: str) -> None:
    """The donor's answer holds from now on for this gift.

    Raises `gift.unknown`, `fallback.not_yours`, `fallback.way`, `fallback.answered`.
    """
    lock_funding()
    given = gift_view(gift)
    check_may_answer(actor=actor, donor=str(given.donor) if given.donor else None)
    asked = open_question(gift)
    chosen = check_answer(way, kind=given.target_kind, open_=asked is not None)
    assert asked is not None
    _take(asked, given, chosen, by=DONOR, actor=actor)


@transaction.atomic
def answer_by_terms(*, gift: UUID) -> bool:
    """No answer came in time: the written default holds. False when one came meanwhile."""
    lock_funding()
    asked, given = open_question(gift), gift_view(gift)
    if asked is None or asked.answer_by > clock.now():
        return False
    terms = present_terms(asked.asked_at.astimezone(clock.ALMATY).date())
    _take(asked, given, default_of(given.target_kind, terms), by=TERMS, actor=ROLE)
    return True


def _ask(given: GiftView, free: int, terms: Terms) -> bool:
    now = clock.now()
    row = SurplusQuestion.objects.create(
        id=new_id(), gift=given.id, amount_tiyn=free, asked_at=now, answer_by=now + timedelta(days=terms.answer_days)
    )
    audit.record(actor=ROLE, action="surplus.ask", subject=f"gift:{given.id}", amount_tiyn=free)
    announce(GiftAsks(gift=given.id, donor=given.donor, amount_tiyn=free, answer_by=row.answer_by))
    return True


def _take(asked: SurplusQuestion, given: GiftView, way: Way, *, by: str, actor: str) -> None:
    """Write the answer down and act on it."""
    _end(asked, answer=way, by=by)
    note_answer(gift=given.id, answer=way)
    audit.record(actor=actor, action="surplus.answer", subject=f"gift:{given.id}", way=way.value, by=by)
    if way is Way.RETURN:
        _give_back(given.id, free_tiyn(given.id))
    else:
        allocate.defer(gift=str(given.id))


def _end(asked: SurplusQuestion, *, answer: str, by: str) -> bool:
    asked.answer, asked.answered_by, asked.answered_at = answer, by, clock.now()
    asked.save()
    return True


def _give_back(gift: UUID, free: int) -> bool:
    """Open a refund of what is free, once for a sum; a gift without a source has none and stays."""
    if free <= 0:
        return False
    refund = step_id(gift, f"surplus:{free}")
    try:
        row = ask_refund(refund=refund, gift=gift, amount_tiyn=free, reason=RefundReason.SURPLUS, by=ROLE)
    except Refusal as refusal:
        log.warning("surplus.no_refund", gift=str(gift), reason=refusal.code)
        return False
    return row.id == refund
