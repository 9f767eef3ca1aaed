"""Telling open pages that something changed. Runs inside the transaction of the change: told when it commits."""

from collections.abc import Mapping
from datetime import timedelta

from django.db import connection

from demeu.kernel import clock
from demeu.portal.live.models import Change
from demeu.portal.live.rules import CHANNEL

KEPT_MINUTES = 60
SUMS = ("needed", "received", "held", "paid", "delivered")


def tell(topic: str, sums: Mapping[str, int] | None = None) -> None:
    """Note a change and wake the streams. `sums`: tiyn of a public case under the names of `SUMS`, nothing else."""
    if sums is not None and set(sums) != set(SUMS):
        raise KeyError(sorted(set(sums) ^ set(SUMS)))
    row = Change.objects.create(topic=topic, sums=dict(sums) if sums is not None else None, at=clock.now())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_notify(%s, %s)", [CHANNEL, str(row.id)])


def forget_old() -> int:
    """Remove notes that no page asks for any more; how many there were."""
    return Change.objects.filter(at__lt=clock.now() - timedelta(minutes=KEPT_MINUTES)).delete()[0]
