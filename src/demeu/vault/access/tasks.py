"""The periodic closing of the access chain."""

from demeu.kernel.jobs import task
from demeu.vault.access import actions


@task(attempts=3)
def close_access_head() -> None:
    """Chain what was read since the last head and announce the new one."""
    actions.close_head()
