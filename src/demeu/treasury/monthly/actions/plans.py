"""Beginning a plan, and what its donor does to it: skip, change, stop, take the last change back."""

from datetime import date
from uuid import UUID

from django.db import transaction

from demeu.contracts.treasury import GiftStart, MonthlyChange
from demeu.kernel import audit, clock
from demeu.kernel.errors import invalid, not_found
from demeu.treasury.donations.queries import gift_view
from demeu.treasury.donations.rules import GiftState, kept_of
from demeu.treasury.ledger.rules import step_id
from demeu.treasury.monthly.models import Attempt, Charge, Plan, PlanChange
from demeu.treasury.monthly.queries import charged_since, undoable_change
from demeu.treasury.monthly.rules import (
    ChargeState,
    PlanState,
    What,
    check_day,
    check_going,
    check_own,
    check_skippable,
    check_target,
    check_undoable,
    due_day,
    first_month,
    moment_on,
    month_after,
    month_of,
    next_due_month,
)
from demeu.treasury.monthly.terms import present_terms

ROLE = "role:treasury"
KEPT = ("state", "amount_tiyn", "day", "ended_by")


@transaction.atomic
def open_plan(*, asked: GiftStart) -> None:
    """A first gift that is to come again every month; it begins when that gift has come. Again, it is the same plan.

    What the donor adds for running the platform is added once.

    Raises `monthly.one_need`, `monthly.sign_in`, `gift.addition`.
    """
    check_target(asked.target.kind)
    once = kept_of(kind=asked.target.kind, amount_tiyn=asked.amount_tiyn, addition_tiyn=asked.addition_tiyn)
    if asked.donor is None:
        raise invalid("monthly.sign_in")
    now = clock.now()
    _, made = Plan.objects.get_or_create(
        id=asked.gift,
        defaults={
            "donor": asked.donor,
            "state": PlanState.WAITING,
            "amount_tiyn": asked.amount_tiyn - once,
            "day": now.astimezone(clock.ALMATY).day,
            "target_kind": asked.target.kind,
            "target_code": asked.target.code or "",
            "fallback": asked.fallback,
            "anonymous": asked.anonymous,
            "gateway": asked.gateway,
            "lang": asked.lang,
            "offer_version": asked.offer_version,
            "made_at": now,
        },
    )
    if made:
        audit.record(actor=ROLE, action="monthly.open", subject=f"plan:{asked.gift}", amount_tiyn=asked.amount_tiyn)


@transaction.atomic
def begin_plan(*, plan: UUID) -> bool:
    """The first gift came: the plan goes on from the month after it. It never came: the plan ends. False = wait."""
    row = locked_plan(plan)
    first = gift_view(row.id)
    if row.state != PlanState.WAITING:
        return False
    if first.received_at is None:
        if first.state in (GiftState.DECLINED, GiftState.EXPIRED):
            row.state, row.ended_by = PlanState.STOPPED, "never_paid"
            row.save()
        return False
    month = month_of(first.received_at)
    charge = Charge.objects.create(
        id=charge_id(row.id, month), plan=row, month=month, state=ChargeState.PAID, amount_tiyn=first.amount_tiyn,
        at=first.received_at,
    )  # fmt: skip
    Attempt.objects.create(gift=first.id, charge=charge, number=0, at=first.received_at)
    row.state = PlanState.ACTIVE
    row.day = first.received_at.astimezone(clock.ALMATY).day
    point_to(row, first_month(given_at=first.received_at))
    row.save()
    audit.record(actor=ROLE, action="monthly.begin", subject=f"plan:{plan}", day=row.day)
    return True


@transaction.atomic
def change_plan(*, asked: MonthlyChange, actor: str) -> Plan:
    """One thing that the donor wants otherwise; the same `change` again is the same change.

    Raises `monthly.unknown`, `monthly.not_yours`, `monthly.stopped`, `monthly.month_begun`, `monthly.day`,
    `monthly.nothing_to_undo`, `monthly.too_late_to_undo`.
    """
    row = locked_plan(asked.plan)
    check_own(actor=actor, donor=str(row.donor))
    if PlanChange.objects.filter(id=asked.change).exists():
        return row
    what = What(asked.what)
    before = _kept(row)
    if what is What.UNDO:
        undone: UUID | None = _undo(row)
    else:
        check_going(PlanState(row.state))
        undone = None
        _apply(row, what, asked)
    PlanChange.objects.create(
        id=asked.change, plan=row, what=what, before=before, undoes=undone, by=actor, at=clock.now()
    )
    row.save()
    audit.record(actor=actor, action=f"monthly.{what}", subject=f"plan:{row.id}", amount_tiyn=row.amount_tiyn)
    return row


def point_to(row: Plan, month: date) -> None:
    """The month that is charged next, and its moment."""
    row.next_month = month
    day = due_day(month, row.day)
    row.due_at = moment_on(day, present_terms(day))


def locked_plan(plan: UUID) -> Plan:
    """The plan's row, locked; raises `monthly.unknown`."""
    row = Plan.objects.select_for_update().filter(id=plan).first()
    if row is None:
        raise not_found("monthly.unknown", plan=str(plan))
    return row


def charge_id(plan: UUID, month: date) -> UUID:
    """The one id of a plan's month."""
    return step_id(plan, month.isoformat())


def _apply(row: Plan, what: What, asked: MonthlyChange) -> None:
    assert row.next_month is not None
    known = Charge.objects.filter(plan=row, month=row.next_month).first()
    if what is What.SKIP:
        check_skippable(ChargeState(known.state) if known else None)
        _skip(row)
    elif what is What.CHANGE:
        row.amount_tiyn = asked.amount_tiyn or row.amount_tiyn
        if asked.day is not None and asked.day != row.day:
            check_day(asked.day)
            check_skippable(ChargeState(known.state) if known else None)
            row.day = asked.day
            _go_on(row)
    else:
        row.state, row.ended_by = PlanState.STOPPED, "donor"


def _skip(row: Plan) -> None:
    """Leave the next month out by the donor's wish."""
    assert row.next_month is not None
    Charge.objects.update_or_create(
        plan=row,
        month=row.next_month,
        defaults={
            "id": charge_id(row.id, row.next_month),
            "state": ChargeState.SKIPPED,
            "amount_tiyn": row.amount_tiyn,
            "at": clock.now(),
        },
    )
    point_to(row, month_after(row.next_month))


def _undo(row: Plan) -> UUID:
    """What was before the last change is again."""
    last = undoable_change(row)
    now = clock.now()
    terms = present_terms(now.astimezone(clock.ALMATY).date())
    age = now - last.at if last else now - now
    check_undoable(
        found=last is not None, age=age, terms=terms, charged_since=last is not None and charged_since(row, last.at)
    )
    assert last is not None
    for name in KEPT:
        setattr(row, name, last.before[name])
    if last.what == What.SKIP:
        skipped = date.fromisoformat(last.before["next_month"])
        Charge.objects.filter(plan=row, month=skipped, state=ChargeState.SKIPPED).update(state=ChargeState.PLANNED)
    row.next_month = date.fromisoformat(last.before["next_month"])
    _go_on(row)
    return last.id


def _go_on(row: Plan) -> None:
    """From the present next month, or the first one whose moment is still ahead."""
    assert row.next_month is not None
    now = clock.now()
    terms = present_terms(now.astimezone(clock.ALMATY).date())
    point_to(row, next_due_month(next_month=row.next_month, day=row.day, now=now, terms=terms))


def _kept(row: Plan) -> dict[str, object]:
    """What may have to be restored."""
    month = row.next_month.isoformat() if row.next_month else None
    return {name: getattr(row, name) for name in KEPT} | {"next_month": month}
