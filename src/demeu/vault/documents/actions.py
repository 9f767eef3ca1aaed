"""Keeping documents."""

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db import transaction

from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import invalid
from demeu.kernel.ids import new_id
from demeu.kernel.sealing import unseal
from demeu.vault.documents import rules, scanner
from demeu.vault.documents.images import encoded_anew, look_of
from demeu.vault.documents.models import DocumentRow
from demeu.vault.sealing.cipher import open_bytes, seal_bytes


@dataclass(frozen=True)
class Kept:
    """What is told of a kept document; `sha256` is of the stored bytes."""

    document: UUID
    sha256: str
    state: str


def keep_text(*, subject: str, kind: str, person: UUID | None, text: str, actor: str, sealed: bool = False) -> Kept:
    """Keep a text of our own pages; JSON is recognised. A `sealed` one is a JWE to the vault and is opened first.

    Refuses `seal.unreadable`.
    """
    words = unseal(settings.DEMEU_KEYS, text) if sealed else text
    media_type = "application/json" if _is_json(words) else "text/plain; charset=utf-8"
    return _keep(subject, kind, person, media_type, words.encode(), DocumentRow.CLEAN, actor)


def keep_file(*, subject: str, kind: str, person: UUID | None, content_b64: str, actor: str) -> Kept:
    """Keep a file from outside: recognised by content, scanned, images encoded anew.

    Refuses `document.unreadable`, `document.too_large`, `document.wrong_type`, `document.infected`,
    `document.too_many_pixels`, `document.broken_image`.
    """
    content = _decoded(content_b64)
    if len(content) > rules.FILE_BYTES_MAX:
        raise invalid("document.too_large", bytes_max=rules.FILE_BYTES_MAX)
    found = rules.infection_in(content)
    if found is not None:
        raise invalid("document.infected", found=found)
    media_type = rules.media_type_of(content)
    if media_type is None:
        raise invalid("document.wrong_type", allowed=[*rules.IMAGES, rules.PDF])
    if media_type in rules.IMAGES:
        content = encoded_anew(content, media_type)
    state = DocumentRow.QUARANTINED if scanner.clamav() else DocumentRow.CLEAN
    kept = _keep(subject, kind, person, media_type, content, state, actor)
    if state == DocumentRow.QUARANTINED:
        from demeu.vault.documents.tasks import scan_document

        scan_document.defer(document=str(kept.document))
    return kept


def end_quarantine(*, document: UUID) -> None:
    """Ask the scanner about one document; an infected one loses its content."""
    row = DocumentRow.objects.get(id=document)
    program = scanner.clamav()
    if row.state != DocumentRow.QUARANTINED or program is None:
        return
    clean = scanner.is_clean(program, open_bytes(row.id, "document.content", row.content))
    with transaction.atomic():
        row.state = DocumentRow.CLEAN if clean else DocumentRow.REFUSED
        row.content = row.content if clean else b""
        row.save(update_fields=["state", "content"])
        record(actor="role:vault", action=f"document.{row.state}", subject=f"document:{row.id}")


def _keep(
    subject: str, kind: str, person: UUID | None, media_type: str, content: bytes, state: str, actor: str
) -> Kept:
    identifier = new_id()
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        DocumentRow.objects.create(
            id=identifier,
            subject=subject,
            kind=kind,
            person=person,
            media_type=media_type,
            content=seal_bytes(identifier, "document.content", content),
            sha256=digest,
            size_bytes=len(content),
            look=look_of(content) if media_type in rules.IMAGES else "",
            state=state,
            at=clock.now(),
        )
        record(actor=actor, action="document.kept", subject=f"document:{identifier}", kind=kind, state=state)
    return Kept(identifier, digest, state)


def _decoded(content_b64: str) -> bytes:
    try:
        content = base64.b64decode(content_b64, validate=True)
    except (binascii.Error, ValueError):
        raise invalid("document.unreadable") from None
    if not content:
        raise invalid("document.unreadable")
    return content


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True
