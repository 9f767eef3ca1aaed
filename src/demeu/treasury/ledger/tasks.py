"""Jobs of the books."""

from demeu.kernel.jobs import task
from demeu.treasury.ledger.rolling import roll_up


@task(attempts=1)
def roll_up_balances() -> None:
    """Keep the tails short that a balance has to add up."""
    roll_up()
