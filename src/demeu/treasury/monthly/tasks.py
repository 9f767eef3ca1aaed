"""Jobs of monthly gifts: begin plans, charge what is due, note how attempts ended, tell what is ahead."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from demeu.kernel import clock
from demeu.kernel.jobs import task
from demeu.kernel.logs import logger
from demeu.treasury.monthly.actions.charging import charge_month, conclude, take_late_money, tell_coming
from demeu.treasury.monthly.actions.plans import begin_plan
from demeu.treasury.monthly.queries import due_plans, failed_attempts, trying_charges, waiting_plans
from demeu.treasury.monthly.terms import present_terms

log = logger(__name__)
BATCH = 500
LATE_MONEY = timedelta(days=14)


@task(attempts=1)
def charge(*, plan: str) -> None:
    """Charge one plan's month, if it is still due."""
    charge_month(plan=UUID(plan))


@task(attempts=1)
def follow_plans() -> None:
    """Each minute: first gifts that came, attempts that ended, money that came late, charges that are due or ahead."""
    now = clock.now()
    for plan in waiting_plans(limit=BATCH):
        _alone("plan", plan, lambda one: begin_plan(plan=one))
    for month in trying_charges(limit=BATCH):
        _alone("charge", month, lambda one: conclude(charge=one))
    for gift in failed_attempts(since=now - LATE_MONEY):
        _alone("gift", gift, lambda one: take_late_money(gift=one))
    for plan in due_plans(now=now, limit=BATCH):
        charge.defer(plan=str(plan), once=f"monthly:{plan}")
    ahead = timedelta(days=present_terms(clock.today()).notice_days)
    for plan in due_plans(now=now + ahead, limit=BATCH):
        _alone("plan", plan, lambda one: tell_coming(plan=one))


def _alone(kind: str, thing: UUID, act: Callable[[UUID], bool]) -> None:
    """One that fails stops no other; it is logged and tried again the next minute."""
    try:
        act(thing)
    except Exception:
        log.exception("monthly.failed", kind=kind, thing=str(thing))
