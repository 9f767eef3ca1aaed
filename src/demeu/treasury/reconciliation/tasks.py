"""The job that reads the bank's statements. It may run at any time; two at once do no harm."""

from demeu.kernel.jobs import task
from demeu.treasury.payouts.bank import fund_bank
from demeu.treasury.reconciliation.actions import match_lines, read_statements


@task(attempts=1)
def reconcile() -> None:
    """Read what is new and match what is open; the next run does what this one could not."""
    read_statements(bank=fund_bank())
    match_lines()
