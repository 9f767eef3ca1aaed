"""Keeping the tables fresh. Each job may run twice; a table that takes long is counted more seldom."""

from datetime import timedelta

from demeu.kernel import clock
from demeu.kernel.jobs import task
from demeu.portal.statistics import actions
from demeu.portal.statistics.counting import COUNTED, MONTHS
from demeu.portal.statistics.models import KeptTable

REST_PER_MS = timedelta(milliseconds=20)


@task()
def count_tables() -> None:
    """Count each table anew, unless that would take more than a twentieth of the time since it was counted last."""
    if not KeptTable.objects.filter(name=MONTHS).exclude(rows=[]).exists():
        actions.ask_months()
    kept = {row.name: row for row in KeptTable.objects.filter(name__in=COUNTED).only("name", "counted_at", "took_ms")}
    for name in COUNTED:
        row = kept.get(name)
        if row is None or clock.now() - row.counted_at >= row.took_ms * REST_PER_MS:
            actions.count_table(name=name)


@task()
def ask_months() -> None:
    """The present and the last month from treasury."""
    actions.ask_months()


@task()
def ask_all_months() -> None:
    """All months again: money of a closed month may have gone back to its donor."""
    actions.ask_months(whole=True)
