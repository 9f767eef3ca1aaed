"""The periodic forgetting of attempts that have ended."""

from demeu.kernel.jobs import task
from demeu.vault.identity import actions


@task(attempts=3)
def forget_old_attempts() -> None:
    """Delete attempts a day after their end."""
    actions.forget_old_attempts()
