"""The ways to the services: a line that failed again and again is left alone for a while instead of being waited for.

Kept in the database, so that all workers know the same. A line says nothing about any person.
"""

from datetime import datetime, timedelta

from django.db import transaction

from demeu.kernel import clock, metrics
from demeu.kernel.audit import record
from demeu.vault.households.models import Line

FAILURES_MAX = 5
REST_S = 60
REST_S_MAX = 900


def rest_s(failures: int) -> int:
    """Seconds of rest after so many failures in a row: none at first, then one minute, doubled with each. Pure."""
    over = failures - FAILURES_MAX
    return 0 if over < 0 else min(REST_S_MAX, REST_S << min(over, 10))


def is_resting(service: str) -> bool:
    """Whether the service is left alone now; when its rest is over, one question tries the way again."""
    row = Line.objects.filter(service=service).first()
    return row is not None and row.rests_until is not None and clock.now() < row.rests_until


@transaction.atomic
def note_broken(service: str) -> datetime | None:
    """One more failure of the way; until when it rests now, None when it does not."""
    Line.objects.get_or_create(service=service)
    row = Line.objects.select_for_update().get(service=service)
    row.failures = min(row.failures + 1, 1000)
    seconds = rest_s(row.failures)
    row.rests_until = clock.now() + timedelta(seconds=seconds) if seconds else None
    row.save(update_fields=["failures", "rests_until"])
    if row.failures == FAILURES_MAX:
        record(actor="role:vault", action="registry.line_resting", subject=f"service:{service}")
    metrics.REGISTRY_FAILURES.labels(service).inc()
    return row.rests_until


def note_whole(service: str) -> None:
    """The way works: failures are forgotten."""
    Line.objects.filter(service=service).exclude(failures=0).update(failures=0, rests_until=None)
