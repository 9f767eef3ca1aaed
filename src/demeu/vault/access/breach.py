"""Whom a suspected breach touched: people by the trail of readings, within the hour that the duty leaves.

Tells references and what was read. Names and phones are added by the command only when asked, as readings of their own.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Max, Min, QuerySet

from demeu.kernel.errors import invalid
from demeu.vault.access.models import AccessRecord


@dataclass(frozen=True)
class Suspicion:
    """What is suspected: readings in a span of time, narrowed by who, through what, or what was read. Empty = any."""

    since: datetime
    until: datetime
    actor: str = ""
    role: str = ""
    operation: str = ""
    field: str = ""
    request_id: str = ""


@dataclass(frozen=True)
class Touched:
    """One person whose data were read, how often, from when to when, and by which operations."""

    person: UUID
    looks: int
    first_at: datetime
    last_at: datetime
    operations: tuple[str, ...]
    actors: tuple[str, ...]


def readings(suspicion: Suspicion) -> "QuerySet[AccessRecord]":
    """The readings that fit. Refuses `access.no_span` when the span ends before it begins."""
    if suspicion.until <= suspicion.since:
        raise invalid("access.no_span")
    rows = AccessRecord.objects.filter(at__gte=suspicion.since, at__lt=suspicion.until)
    for name in ("actor", "role", "operation", "request_id"):
        if getattr(suspicion, name):
            rows = rows.filter(**{name: getattr(suspicion, name)})
    return rows.filter(fields__contains=[suspicion.field]) if suspicion.field else rows


def people_touched(suspicion: Suspicion) -> Iterator[Touched]:
    """Everybody whose data were read so, in the order of the first reading; never held in memory as a whole."""
    rows = (
        readings(suspicion)
        .values("subject")
        .annotate(
            looks=Count("id"),
            first_at=Min("at"),
            last_at=Max("at"),
            operations=ArrayAgg("operation", distinct=True),
            actors=ArrayAgg("actor", distinct=True),
        )
        .order_by("first_at", "subject")
    )
    for row in rows.iterator(chunk_size=5_000):
        yield Touched(
            person=row["subject"],
            looks=row["looks"],
            first_at=row["first_at"],
            last_at=row["last_at"],
            operations=tuple(row["operations"]),
            actors=tuple(row["actors"]),
        )
