"""Reading the trail: for the person it is about."""

from uuid import UUID

from demeu.contracts.vault import AccessLine
from demeu.vault.access.models import AccessRecord

PAGE_LINES = 100


def trail_of(person: UUID, before: int | None = None, lines_max: int = PAGE_LINES) -> tuple[AccessLine, ...]:
    """A page of who read this person's data, newest first: records with a smaller number than `before`."""
    found = AccessRecord.objects.filter(subject=person)
    rows = (found if before is None else found.filter(pk__lt=before)).order_by("-pk")[:lines_max]
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
