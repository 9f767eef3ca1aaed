"""Windows of requests that are over go away by themselves."""

from demeu.kernel.jobs import task
from demeu.portal.partners import actions


@task()
def forget_windows() -> None:
    """Every few minutes."""
    actions.forget_windows()
