"""Reading plans of monthly gifts. Rows go out as messages of the contract; models stay inside this app."""

from datetime import datetime, timedelta
from uuid import UUID

from demeu.contracts.treasury import GiftTarget, MonthlyMonth, MonthlyPlan
from demeu.kernel import clock
from demeu.kernel.clock import ALMATY
from demeu.treasury.monthly.models import Attempt, Charge, Plan, PlanChange
from demeu.treasury.monthly.rules import CHARGING, ChargeState, PlanState
from demeu.treasury.monthly.terms import present_terms

MONTHS_SHOWN = 24


def plans_of(donor: UUID) -> list[MonthlyPlan]:
    """A donor's plans: going on first, then newest. A plan whose first gift never came is not shown."""
    rows = Plan.objects.filter(donor=donor).exclude(state=PlanState.WAITING).order_by("-made_at")
    return [plan_card(row) for row in sorted(rows, key=lambda row: row.state != PlanState.ACTIVE)]


def plan_card(row: Plan) -> MonthlyPlan:
    """A plan as its donor sees it."""
    months = list(row.charges.prefetch_related("attempts").order_by("-month")[:MONTHS_SHOWN])
    ahead = next((one for one in months if one.month == row.next_month), None)
    last = undoable_change(row)
    if last is not None and not _can_be_undone(row, last):
        last = None
    return MonthlyPlan(
        plan=row.id,
        state=row.state,
        amount_tiyn=row.amount_tiyn,
        day=row.day,
        target=GiftTarget.model_validate({"kind": row.target_kind, "code": row.target_code or None}),
        gateway=row.gateway,
        charges_itself=row.gateway in CHARGING,
        made_at=row.made_at,
        next_on=row.due_at.astimezone(ALMATY).date() if row.due_at else None,
        next_month=row.next_month,
        next_skipped=any(one.state == ChargeState.SKIPPED and one.month == _month_before(row) for one in months),
        tries_again=ahead is not None and ahead.attempts.exists(),
        ended_by=row.ended_by,
        undoable=last.what if last else None,
        months=tuple(
            MonthlyMonth(month=one.month, state=one.state, amount_tiyn=one.amount_tiyn, gift=_gift(one))
            for one in months
        ),
    )


def undoable_change(row: Plan) -> PlanChange | None:
    """The last change of a plan that nobody has taken back and that itself takes nothing back."""
    undone = PlanChange.objects.filter(plan=row, undoes__isnull=False).values("undoes")
    return row.changes.filter(undoes=None).exclude(id__in=undone).order_by("-at", "-id").first()


def _can_be_undone(row: Plan, last: PlanChange) -> bool:
    """Whether the last change has neither worked nor grown old."""
    term = timedelta(days=present_terms(clock.today()).undo_days)
    return not charged_since(row, last.at) and clock.now() - last.at <= term


def charged_since(row: Plan, at: datetime) -> bool:
    """Whether an attempt was made after a moment."""
    return Attempt.objects.filter(charge__plan=row, at__gt=at).exists()


def due_plans(*, now: datetime, limit: int) -> list[UUID]:
    """Plans whose next attempt is due, longest due first."""
    rows = Plan.objects.filter(state=PlanState.ACTIVE, due_at__lte=now).order_by("due_at", "id")
    return list(rows.values_list("id", flat=True)[:limit])


def waiting_plans(*, limit: int) -> list[UUID]:
    """Plans whose first gift has not been seen yet, oldest first."""
    return list(Plan.objects.filter(state=PlanState.WAITING).order_by("made_at").values_list("id", flat=True)[:limit])


def trying_charges(*, limit: int) -> list[UUID]:
    """Months whose attempt is under way, oldest first."""
    rows = Charge.objects.filter(state=ChargeState.TRYING).order_by("at")
    return list(rows.values_list("id", flat=True)[:limit])


def failed_attempts(*, since: datetime) -> list[UUID]:
    """Gifts of attempts that failed lately: money may come all the same."""
    return list(Attempt.objects.filter(failed=True, returned=False, at__gt=since).values_list("gift", flat=True))


def _month_before(row: Plan) -> object:
    """The month before the next one."""
    if row.next_month is None:
        return None
    year, month = row.next_month.year, row.next_month.month
    return row.next_month.replace(year=year - (month == 1), month=12 if month == 1 else month - 1)


def _gift(row: Charge) -> UUID | None:
    """The gift that came, else the last one tried."""
    tried = sorted(row.attempts.all(), key=lambda one: (not one.failed, one.number))
    return tried[-1].gift if tried else None
