"""Jobs of the books."""

from demeu.kernel import clock
from demeu.kernel.errors import conflict
from demeu.kernel.jobs import task
from demeu.kernel.logs import logger
from demeu.treasury.ledger.promises import is_due, run_checks
from demeu.treasury.ledger.rolling import roll_up

log = logger(__name__)


@task(attempts=1)
def roll_up_balances() -> None:
    """Keep the tails short that a balance has to add up."""
    roll_up()


@task(attempts=1)
def check_books() -> None:
    """Every promise of every app, once an hour: kept, and an alarm when one is broken. Does nothing before it is due.

    Raises `books.broken`, so that the failed job is counted where operators look.
    """
    if not is_due(clock.now()):
        return
    broken = sorted(found.name for found in run_checks())
    if broken:
        log.error("books.broken", broken=broken)
        raise conflict("books.broken", broken=broken)
