"""Jobs of allocation. Each may run twice: what is allocated already is not free any more."""

from uuid import UUID

from demeu.kernel.jobs import task
from demeu.treasury.allocation.actions import allocate_gift, release_case
from demeu.treasury.allocation.queries import gifts_with_free_money

POOL_BATCH = 200


@task()
def allocate(*, gift: str) -> None:
    """Allocate one gift."""
    allocate_gift(gift=UUID(gift))


@task()
def allocate_pool() -> None:
    """Give what older gifts have left to needs that are open now."""
    for gift in gifts_with_free_money(POOL_BATCH):
        allocate_gift(gift=gift)


@task()
def release(*, case: str) -> None:
    """After a case was closed: its unspent money goes on by each gift's fallback."""
    for gift in release_case(case=UUID(case)):
        allocate_gift(gift=gift)
