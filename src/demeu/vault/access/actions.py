"""Writing the trail: one record per reading, and the closing of heads."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from demeu.contracts.vault import AccessHeadClosed
from demeu.kernel import clock, context
from demeu.kernel.context import NOBODY, Acting
from demeu.kernel.errors import forbidden
from demeu.kernel.events import announce
from demeu.vault.access import rules
from demeu.vault.access.models import AccessHead, AccessLink, AccessRecord

LINKS_A_RUN_MAX = 5_000
LATE_COMMIT = timedelta(hours=1)
CHAIN_LOCK = 0x41434345


def note_access(
    *,
    actor: str,
    role: str,
    operation: str,
    purpose: str,
    subject: UUID,
    fields: Sequence[str],
    acting: Acting = NOBODY,
) -> None:
    """Record that `actor` (through the service `role`, in the office `acting`) reads these fields of a person.

    Refuses `access.no_purpose` when the call names none: without a purpose nothing is read.
    """
    if not purpose.strip() or not actor.strip():
        raise forbidden("access.no_purpose", operation=operation)
    said: dict[str, Any] = {
        "at": clock.now(),
        "actor": actor[:120],
        "role": role,
        "operation": operation,
        "purpose": purpose[:40],
        "subject": subject,
        "fields": sorted(fields),
        "request_id": context.request_id(),
    }
    AccessRecord.objects.create(
        **said,
        office=acting.role,
        organization=acting.organization,
        about=acting.about,
        content=rules.content_of(**said, acting=acting),
    )


def close_head() -> AccessHeadClosed | None:
    """Chain the records that are not yet chained and announce the new head; None when there is nothing new."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [CHAIN_LOCK])
        last = AccessLink.objects.order_by("-size").first()
        size, previous = (last.size, last.sha256) if last else (0, rules.START)
        fresh = _unchained()
        if not fresh:
            return None
        links = []
        for row in fresh:
            size += 1
            digest = rules.next_hash(previous, row.content)
            links.append(AccessLink(size=size, record=row, previous_sha256=previous, sha256=digest))
            previous = digest
        AccessLink.objects.bulk_create(links)
        AccessHead.objects.create(size=size, sha256=previous, at=clock.now())
        event = AccessHeadClosed(head_sha256=previous, size=size)
        announce(event)
        return event


def _unchained() -> list[AccessRecord]:
    """Records without a link, oldest first. A reading may commit late, so the search starts before the last head."""
    rows = AccessRecord.objects.filter(accesslink__isnull=True)
    head = AccessHead.objects.order_by("-size").first()
    if head is not None:
        chained_up_to = AccessLink.objects.select_related("record").get(size=head.size).record.at
        rows = rows.filter(at__gte=chained_up_to - LATE_COMMIT)
    return list(rows.order_by("id")[:LINKS_A_RUN_MAX])
