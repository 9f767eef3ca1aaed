"""Writing down, with the shelf's change, how many cases each value has and what all cases come to.

The numbers come from the very code that counts for the pages; `checks.py` holds them against the tables.
"""

from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.db import connection
from django.db.models import Sum
from django.db.models.functions import Coalesce

from demeu.portal.cases.queries import public_cases
from demeu.portal.catalogue import codes
from demeu.portal.catalogue.filters import STAGES, Wanted
from demeu.portal.catalogue.models import CaseFigures, ShelfEdition, Tally
from demeu.portal.catalogue.shelf import loading
from demeu.portal.catalogue.shelf.counting import counts

TOTALS_FRESH = timedelta(seconds=30)
MONEY = ("received", "held", "paid", "delivered")


def write_tally(*, changed: bool, at: datetime) -> None:
    """Inside the shelf's own transaction: when it looked, and after a change the numbers anew."""
    known = ShelfEdition.objects.select_for_update().first()
    with connection.cursor() as cursor:
        cursor.execute("SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM portal_catalogue_rev")
        rev = int(cursor.fetchone()[0])
    row = known or ShelfEdition()
    new_day = known is None or known.at.date() != at.date()
    row.at = at
    if changed or new_day:
        row.rev = rev
    if known is None or row.totals_at is None or (changed and at - row.totals_at >= TOTALS_FRESH):
        row.totals, row.totals_at = _totals(), at
    row.save()
    cache.delete(loading.HEAD_KEY)
    if changed or new_day:
        _write_counts()


def _write_counts() -> None:
    shelf = loading.edition()
    rows = []
    for stage in STAGES:
        for facet, values in counts(shelf, Wanted(stage=stage)).items():
            if facet != "all":
                rows += [(codes.STAGES[stage], facet, value, cases) for value, cases in values.items()]
    Tally.objects.all().delete()
    Tally.objects.bulk_create(Tally(stage=s, facet=f, value=v, cases=n) for s, f, v, n in rows)


def _totals() -> dict[str, Any]:
    """Sums of the public cases' money as last heard, tiyn, and their gifts."""
    sums = CaseFigures.objects.filter(case__in=public_cases().values("id")).aggregate(
        **{name: Coalesce(Sum(f"{name}_tiyn"), 0) for name in MONEY}, gifts=Coalesce(Sum("gifts"), 0)
    )
    return {name: int(amount) for name, amount in sums.items()}
