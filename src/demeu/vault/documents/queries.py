"""Reading documents. Whoever shows one leaves an access record."""

import base64
from uuid import UUID

from demeu.contracts.vault import Document
from demeu.kernel.errors import conflict, not_found
from demeu.vault.documents.models import DocumentRow
from demeu.vault.sealing.cipher import open_bytes


def document_content(document: UUID) -> tuple[Document, UUID | None]:
    """A clean document with its content, and the person it is about.

    Refuses `document.unknown`, `document.quarantined`, `document.infected`.
    """
    row = DocumentRow.objects.filter(id=document).first()
    if row is None:
        raise not_found("document.unknown")
    if row.state != DocumentRow.CLEAN:
        raise conflict("document.infected" if row.state == DocumentRow.REFUSED else "document.quarantined")
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
