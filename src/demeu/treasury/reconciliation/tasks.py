"""The job that reads the bank's statements. It may run at any time; two at once do no harm."""

from django.conf import settings

from demeu.kernel.jobs import task
from demeu.treasury.payouts.bank import fund_bank
from demeu.treasury.payouts.profiles import profile_of
from demeu.treasury.reconciliation.actions import match_lines, note_bank_day, read_notifications, read_statements


@task(attempts=1)
def reconcile() -> None:
    """Read what is new and match what is open; the next run does what this one could not."""
    bank = fund_bank()
    if profile_of(settings.DEMEU_TREASURY_FUND_BIC).notifications:
        read_notifications(bank=bank)
    read_statements(bank=bank)
    match_lines()


@task(attempts=5)
def keep_bank_day() -> None:
    """At the end of a day: what bank and books hold."""
    note_bank_day()
