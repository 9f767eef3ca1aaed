"""Reading documents. Whoever shows one leaves an access record."""

import base64
from collections.abc import Sequence
from uuid import UUID

from demeu.contracts.vault import Document
from demeu.kernel.errors import conflict, not_found
from demeu.vault.documents.models import DocumentRow
from demeu.vault.sealing.cipher import open_bytes


def document_content(document: UUID) -> tuple[Document, UUID | None]:
    """A clean document with its content, and the person it is about.

    Refuses `document.unknown`, `document.quarantined`, `document.infected`, `document.erased`.
    """
    row = DocumentRow.objects.filter(id=document).first()
    if row is None:
        raise not_found("document.unknown")
    if row.state != DocumentRow.CLEAN:
        raise conflict("document.infected" if row.state == DocumentRow.REFUSED else "document.quarantined")
    if not row.content:
        raise conflict("document.erased")
    content = open_bytes(row.id, "document.content", row.content)
    return Document(
        document=row.id,
        subject=row.subject,
        kind=row.kind,
        media_type=row.media_type,
        content_b64=base64.b64encode(content).decode(),
        sha256=row.sha256,
        at=row.at,
    ), row.person


def sums_of(documents: Sequence[UUID]) -> list[tuple[str, int, str]]:
    """Name (kind and id), size in bytes and SHA-256 of each clean document, in the order asked.

    Refuses `document.unknown`, also for one in quarantine or erased.
    """
    rows = {row.id: row for row in DocumentRow.objects.filter(id__in=documents, state=DocumentRow.CLEAN)}
    found = [rows.get(one) for one in documents]
    if any(row is None or not row.size_bytes for row in found):
        raise not_found("document.unknown")
    return [(f"{row.kind} {row.id}", row.size_bytes, row.sha256) for row in found if row is not None]


def owner_of(document: UUID) -> UUID | None:
    """The person a document is about; None for an unknown document."""
    row = DocumentRow.objects.filter(id=document).only("person").first()
    return row.person if row else None
