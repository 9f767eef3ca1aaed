"""Jobs of allocation. Each may run twice: what is allocated already is not free any more."""

from uuid import UUID

from demeu.kernel.errors import conflict
from demeu.kernel.jobs import task
from demeu.kernel.logs import logger
from demeu.treasury.allocation.actions import allocate_gift, allocate_together, release_case
from demeu.treasury.allocation.queries import gifts_with_free_money

RUN_GIFTS_MAX = 1_000
log = logger(__name__)


@task()
def allocate(*, gift: str) -> None:
    """Allocate one gift."""
    allocate_gift(gift=UUID(gift))


@task()
def allocate_pool() -> None:
    """Give what older gifts have left to needs that are open now: many in one run, one by one where that cannot be.

    One that cannot be allocated stops no other. Raises `allocation.gifts_failed` at the end, so that the failure is
    counted and tried again.
    """
    gifts = gifts_with_free_money()
    failed: list[str] = []
    for start in range(0, len(gifts), RUN_GIFTS_MAX):
        failed += _run(gifts[start : start + RUN_GIFTS_MAX])
    if failed:
        raise conflict("allocation.gifts_failed", gifts=failed)


def _run(gifts: list[UUID]) -> list[str]:
    """One run of the rule; the gifts that could not be allocated."""
    try:
        allocate_together(gifts=gifts)
    except Exception:
        log.exception("allocation.run_failed", gifts=len(gifts))
        return [str(gift) for gift in gifts if not _allocated(gift)]
    return []


def _allocated(gift: UUID) -> bool:
    try:
        allocate_gift(gift=gift)
    except Exception:
        log.exception("allocation.gift_failed", gift=str(gift))
        return False
    return True


@task()
def release(*, case: str) -> None:
    """After a case was closed: its unspent money goes on by each gift's fallback."""
    for gift in release_case(case=UUID(case)):
        allocate_gift(gift=gift)
