"""Handing messages over to the operator, with retries for about four hours."""

from uuid import UUID

from demeu.kernel.jobs import task
from demeu.vault.messages import actions


@task(attempts=60, wait_s_max=300)
def send_message(*, message: str, to_pending: bool = False) -> None:
    """Hand one message over; a silent operator is tried again."""
    actions.hand_over(message=UUID(message), to_pending=to_pending)
