"""Jobs of the books."""

from demeu.kernel import audit
from demeu.kernel.checks import broken_invariants, invariants
from demeu.kernel.errors import conflict
from demeu.kernel.jobs import task
from demeu.kernel.logs import logger
from demeu.treasury.ledger.rolling import roll_up

log = logger(__name__)


@task(attempts=1)
def roll_up_balances() -> None:
    """Keep the tails short that a balance has to add up."""
    roll_up()


@task(attempts=1)
def check_books() -> None:
    """Every promise of every app, each hour: kept in the audit, and an alarm when one is broken.

    Raises `books.broken`, so that the failed job is counted where operators look.
    """
    broken = sorted(found.name for found in broken_invariants())
    promises = len(invariants())
    audit.record(actor="role:treasury", action="books.check", subject="books", promises=promises, broken=broken)
    if broken:
        log.error("books.broken", broken=broken)
        raise conflict("books.broken", broken=broken)
