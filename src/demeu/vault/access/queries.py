"""Reading the trail: for the person it is about."""

from uuid import UUID

from demeu.contracts.vault import AccessLine
from demeu.vault.access.models import AccessRecord

LINES_MAX = 500


def trail_of(person: UUID) -> tuple[AccessLine, ...]:
    """Who read this person's data, newest first, the last 500 readings."""
    rows = AccessRecord.objects.filter(subject=person).order_by("-at", "-id")[:LINES_MAX]
    return tuple(
        AccessLine(
            record=row.pk,
            at=row.at,
            actor=row.actor,
            office=row.office,
            organization=row.organization,
            about=row.about,
            operation=row.operation,
            purpose=row.purpose,
            fields=tuple(row.fields),
        )
        for row in rows
    )
