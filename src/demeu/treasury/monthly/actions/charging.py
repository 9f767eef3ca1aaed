"""Charging a month: one attempt at a time, its end noted, the donor told. Two workers make one charge."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from demeu.contracts.treasury import GiftStart, GiftTarget, MonthlyNews
from demeu.kernel import audit, clock
from demeu.kernel.errors import Kind, Refusal
from demeu.kernel.events import announce
from demeu.treasury.donations.actions.gifts import GatewayWord
from demeu.treasury.donations.queries import gift_view
from demeu.treasury.donations.rules import GiftState, Word
from demeu.treasury.gateways.actions import apply_word, begin_charge, resolve_gift
from demeu.treasury.gateways.ports import Gateway, Order
from demeu.treasury.gateways.queries import order_of
from demeu.treasury.gateways.refund_rules import RefundReason
from demeu.treasury.gateways.refunds import ask_refund
from demeu.treasury.gateways.registry import gateway_named
from demeu.treasury.ledger.rules import step_id
from demeu.treasury.monthly.actions.plans import ROLE, charge_id, locked_plan, point_to
from demeu.treasury.monthly.models import Attempt, Charge, Plan
from demeu.treasury.monthly.rules import (
    CHARGING,
    ENDED,
    ChargeState,
    PlanState,
    due_day,
    is_over,
    moment_on,
    month_after,
    retry_day,
)
from demeu.treasury.monthly.terms import present_terms

FAILED = (GiftState.DECLINED, GiftState.EXPIRED)


@dataclass(frozen=True)
class Tried:
    """An attempt that is to be sent: the gift, its order, and the order by which the gateway knows the card."""

    charge: UUID
    gift: UUID
    order: Order
    first_order: int
    gateway: Gateway


def charge_month(*, plan: UUID) -> bool:
    """Charge what is due of a plan; False when nothing is, or another worker does it already."""
    tried = _begin_attempt(plan=plan)
    if tried is None:
        return False
    try:
        tried.gateway.charge_again(tried.order, first_order=tried.first_order)
        refused = ""
    except Refusal as refusal:
        refused = "" if refusal.kind is Kind.UNAVAILABLE else refusal.code
    state = resolve_gift(gift=tried.gift)
    if refused and state in (GiftState.STARTED, GiftState.PENDING):
        apply_word(gift=tried.gift, heard=GatewayWord(Word.FAILED, reason=refused))
    conclude(charge=tried.charge)
    return True


@transaction.atomic
def conclude(*, charge: UUID) -> bool:
    """Note how the attempt under way has ended; False while it has not."""
    month = Charge.objects.get(id=charge)
    row = locked_plan(month.plan_id)
    month.refresh_from_db()
    attempt = month.attempts.filter(failed=False).first()
    if month.state != ChargeState.TRYING or attempt is None:
        return False
    given = gift_view(attempt.gift)
    if given.received_at is not None:
        _end_month(row, month, ChargeState.PAID)
    elif given.state in FAILED:
        attempt.failed = True
        attempt.save()
        _after_failure(row, month, attempt.number)
    else:
        return False
    row.save()
    audit.record(actor=ROLE, action=f"monthly.{month.state}", subject=f"plan:{row.id}", month=str(month.month))
    return True


@transaction.atomic
def take_late_money(*, gift: UUID) -> bool:
    """An attempt that failed was paid after all: it is the month's gift, or, when the month has one, goes back."""
    attempt = Attempt.objects.select_related("charge").get(gift=gift)
    row = locked_plan(attempt.charge.plan_id)
    attempt.refresh_from_db()
    if gift_view(gift).received_at is None or not attempt.failed or attempt.returned:
        return False
    month = attempt.charge
    if month.attempts.filter(failed=False).exists():
        attempt.returned = True
        attempt.save()
        ask_refund(
            refund=step_id(gift, "month-twice"), gift=gift, amount_tiyn=None, reason=RefundReason.DOUBLE, by=ROLE
        )
        return True
    attempt.failed = False
    attempt.save()
    if month.month == row.next_month and row.state == PlanState.ACTIVE:
        _end_month(row, month, ChargeState.PAID)
        row.save()
    else:
        month.state = ChargeState.PAID
        month.save()
    return True


@transaction.atomic
def tell_coming(*, plan: UUID) -> bool:
    """Tell the donor, once a month, that a charge is ahead."""
    row = locked_plan(plan)
    if row.state != PlanState.ACTIVE or row.due_at is None or row.noticed_for == row.next_month:
        return False
    if row.gateway not in CHARGING:
        return False
    row.noticed_for = row.next_month
    row.save(update_fields=["noticed_for"])
    assert row.next_month is not None
    _tell(row, "coming", row.next_month, next_on=due_day(row.next_month, row.day))
    return True


@transaction.atomic
def _begin_attempt(*, plan: UUID) -> Tried | None:
    """Under the plan's lock: is it due, has the month had its attempt, may this gateway charge at all."""
    row = locked_plan(plan)
    now = clock.now()
    if row.state != PlanState.ACTIVE or row.due_at is None or row.due_at > now or row.next_month is None:
        return None
    month, _ = Charge.objects.get_or_create(
        plan=row,
        month=row.next_month,
        defaults={
            "id": charge_id(row.id, row.next_month),
            "state": ChargeState.PLANNED,
            "amount_tiyn": row.amount_tiyn,
            "at": now,
        },
    )
    if month.state != ChargeState.PLANNED:
        return None
    if row.gateway not in CHARGING:
        _end_month(row, month, ChargeState.REMINDED)
        row.save()
        return None
    return _attempt(row, month)


def _attempt(row: Plan, month: Charge) -> Tried:
    number = month.attempts.count() + 1
    gift = step_id(month.id, f"attempt:{number}")
    gateway = gateway_named(row.gateway)
    first = order_of(row.id)
    assert first is not None
    Attempt.objects.create(gift=gift, charge=month, number=number, at=clock.now())
    month.state, month.amount_tiyn, month.at = ChargeState.TRYING, row.amount_tiyn, clock.now()
    month.save()
    order = begin_charge(asked=_gift_of(row, gift), gateway=gateway)
    audit.record(actor=ROLE, action="monthly.charge", subject=f"plan:{row.id}", gift=str(gift), attempt=number)
    return Tried(month.id, gift, order, first.number, gateway)


def _gift_of(row: Plan, gift: UUID) -> GiftStart:
    return GiftStart.model_validate(
        {
            "gift": gift,
            "amount_tiyn": row.amount_tiyn,
            "target": GiftTarget.model_validate({"kind": row.target_kind, "code": row.target_code or None}),
            "fallback": row.fallback,
            "anonymous": row.anonymous,
            "donor": row.donor,
            "offer_version": row.offer_version,
            "lang": row.lang,
            "gateway": row.gateway,
            "back_url": "",
            "failure_url": "",
        }
    )


def _after_failure(row: Plan, month: Charge, failed: int) -> None:
    """The next attempt by the written terms, or the month is left out."""
    due = due_day(month.month, row.day)
    terms = present_terms(due)
    again = retry_day(due=due, failed=failed, terms=terms)
    if again is None or row.state != PlanState.ACTIVE:
        _end_month(row, month, ChargeState.MISSED)
        return
    month.state = ChargeState.PLANNED
    month.save()
    row.due_at = max(moment_on(again, terms), clock.now() + timedelta(hours=1))
    _tell(row, "failed", month.month, next_on=again, attempt=failed)


def _end_month(row: Plan, month: Charge, state: ChargeState) -> None:
    """A month is decided: on to the next; the donor hears of all but a month that was paid."""
    month.state, month.at = state, clock.now()
    month.save()
    ended = Charge.objects.filter(plan=row, state__in=ENDED).order_by("month").values_list("state", flat=True)
    point_to(row, month_after(month.month))
    if state is ChargeState.REMINDED:
        _tell(row, "remind", month.month, next_on=None)
    elif state is ChargeState.MISSED and is_over(
        [ChargeState(one) for one in ended], present_terms(due_day(month.month, row.day))
    ):
        row.state, row.ended_by = PlanState.STOPPED, "missed"
        _tell(row, "stopped", month.month, next_on=None)
    elif state is ChargeState.MISSED and row.next_month is not None:
        _tell(row, "missed", month.month, next_on=due_day(row.next_month, row.day))


def _tell(row: Plan, what: str, month: date, *, next_on: date | None, attempt: int = 0) -> None:
    news = {
        "plan": row.id,
        "donor": row.donor,
        "what": what,
        "month": month,
        "on": due_day(month, row.day),
        "amount_tiyn": row.amount_tiyn,
        "next_on": next_on,
        "attempt": attempt,
    }
    announce(MonthlyNews.model_validate(news))
