"""Stopping all monthly gifts of a person at once: before who they are is erased, nothing may go on charging them."""

from uuid import UUID, uuid5

from demeu.contracts.treasury import MonthlyChange
from demeu.kernel.errors import unavailable
from demeu.portal.giving import asking


def stop_monthly_gifts(*, person: UUID, actor: str) -> int:
    """How many were stopped; again, nothing more. Refuses `treasury.away`: then nothing may be erased yet."""
    plans = asking.monthly_plans(person, actor)
    if plans is None:
        raise unavailable("treasury.away")
    going = [plan for plan in plans if plan.state == "active"]
    for plan in going:
        asking.change_monthly(MonthlyChange(change=uuid5(plan.plan, "erased"), plan=plan.plan, what="stop"), actor)
    return len(going)
