"""The periodic end of consents past their term."""

from demeu.kernel.jobs import task
from demeu.vault.consents import actions


@task(attempts=3)
def expire_consents() -> None:
    """Mark consents past their term and announce it."""
    actions.expire_consents()
