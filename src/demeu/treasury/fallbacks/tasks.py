"""Jobs of surplus money: look for it, and hold to the written default when no answer came."""

from collections.abc import Callable
from uuid import UUID

from demeu.kernel import clock
from demeu.kernel.jobs import task
from demeu.kernel.logs import logger
from demeu.treasury.fallbacks.actions import answer_by_terms, look_at
from demeu.treasury.fallbacks.queries import candidates, overdue

log = logger(__name__)


@task(attempts=1)
def follow_surplus() -> None:
    """Every few minutes: questions out of time, and money that nobody of its purpose needs."""
    for gift in overdue(now=clock.now()):
        _alone(gift, lambda one: answer_by_terms(gift=one))
    for gift in candidates():
        _alone(gift, lambda one: look_at(gift=one))


def _alone(gift: UUID, act: Callable[[UUID], bool]) -> None:
    """One that fails stops no other; it is logged and tried again the next time."""
    try:
        act(gift)
    except Exception:
        log.exception("surplus.failed", gift=str(gift))
