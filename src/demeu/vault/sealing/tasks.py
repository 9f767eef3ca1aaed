"""The background job of a rotation."""

from uuid import UUID

from demeu.kernel.jobs import task
from demeu.vault.sealing import actions


@task(attempts=50, wait_s_max=60)
def reseal(*, rotation: str) -> None:
    """Reseal the next rows of a rotation; the step itself queues the one after it."""
    actions.reseal_step(rotation=UUID(rotation))
