"""Reading records: what waits for the log, and the openings of a subject."""

from typing import Any

from django.db.models import QuerySet

from demeu.portal.records.models import Record


def waiting(limit: int) -> QuerySet[Record]:
    """Records that have no place yet, oldest first."""
    return Record.objects.filter(index=None).order_by("at", "id")[:limit]


def openings(subject: str) -> list[dict[str, Any]]:
    """What anybody needs to recompute the commitments of a subject that were not erased, oldest first."""
    rows = Record.objects.filter(subject=subject, salt__isnull=False).order_by("at", "id")
    return [
        {
            "kind": row.kind,
            "facts": row.facts,
            "salt": bytes(row.salt or b"").hex(),
            "commitment": row.commitment,
            "log_index": row.index,
        }
        for row in rows
    ]
