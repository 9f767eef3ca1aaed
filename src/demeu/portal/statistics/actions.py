"""Counting the kept tables anew. Each table is replaced whole; a visitor sees the old one until the new one stands."""

import time
from datetime import date, timedelta

from django.db import transaction

from demeu.kernel import clock
from demeu.portal.statistics import asking
from demeu.portal.statistics.counting import COUNTED, MONTHS, Rows
from demeu.portal.statistics.models import KeptTable

MONTHS_KEPT = 24
MONTHS_ASKED_AGAIN = 2


def count_table(*, name: str) -> None:
    """Count one table of `COUNTED` and keep it."""
    began = time.perf_counter()
    with transaction.atomic():
        rows = COUNTED[name]()
        _keep(name, rows, began)


def count_all() -> None:
    """Every table that is counted from the portal's own tables."""
    for name in COUNTED:
        count_table(name=name)


def ask_months(*, whole: bool = False) -> bool:
    """Take the months of money over from treasury: the last two, or all; whether it answered.

    Closed months change only when a gift of theirs is returned; `whole` reads them all again, once a night.
    """
    began, kept = time.perf_counter(), KeptTable.objects.filter(name=MONTHS).first()
    asked_again = MONTHS_KEPT if whole or kept is None or not kept.rows else MONTHS_ASKED_AGAIN
    first = _months_back(clock.today(), asked_again - 1)
    found = asking.months(first, asked_again)
    if found is None:
        return False
    fresh = [one.model_dump(mode="json") for one in found]
    old = [row for row in (kept.rows if kept else []) if row["month"] < first.isoformat()]
    oldest = _months_back(clock.today(), MONTHS_KEPT - 1).isoformat()
    _keep(MONTHS, [row for row in (*old, *fresh) if row["month"] >= oldest], began)
    return True


def _months_back(day: date, months: int) -> date:
    found = day.replace(day=1)
    for _ in range(months):
        found = (found - timedelta(days=1)).replace(day=1)
    return found


def _keep(name: str, rows: Rows, began: float) -> None:
    took_ms = int((time.perf_counter() - began) * 1000)
    values = {"rows": rows, "counted_at": clock.now(), "took_ms": took_ms}
    KeptTable.objects.update_or_create(name=name, defaults=values)
