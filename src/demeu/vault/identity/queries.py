"""Reading kept signatures. Whoever shows a signed text to anyone leaves an access record."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from demeu.kernel.errors import not_found
from demeu.vault.identity.manifest import FIRST_LINE, Entry, read_manifest
from demeu.vault.identity.models import Signature
from demeu.vault.sealing.cipher import open_bytes


@dataclass(frozen=True, slots=True)
class SignatureCard:
    """What other apps of the vault ask before they rely on a signature: whose, under what, when."""

    person: UUID
    kind: str
    subject: str
    signed_sha256: str
    status: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SignedDocument:
    """The exact bytes that were signed and the CMS as it came (PEM or base64)."""

    signed: bytes
    cms: bytes


def signature_card(signature: UUID) -> SignatureCard:
    """One kept signature. Refuses `signature.unknown`."""
    row = _row(signature)
    return SignatureCard(row.person, row.kind, row.subject, row.signed_sha256, row.status, row.at)


def signed_document(signature: UUID) -> SignedDocument:
    """Text and CMS of one kept signature. Refuses `signature.unknown`."""
    row = _row(signature)
    return SignedDocument(
        open_bytes(row.id, "signature.content", row.signed), open_bytes(row.id, "signature.cms", row.cms)
    )


def signed_files(signature: UUID) -> tuple[Entry, ...]:
    """The files that a kept signature stands for by its manifest; none when it signs a text alone.

    Refuses `signature.unknown`.
    """
    text = signed_document(signature).signed.decode()
    _, found, manifest = text.rpartition(f"\n{FIRST_LINE}\n")
    return read_manifest(f"{FIRST_LINE}\n{manifest}") if found else ()


def _row(signature: UUID) -> Signature:
    row = Signature.objects.filter(id=signature).first()
    if row is None:
        raise not_found("signature.unknown")
    return row
