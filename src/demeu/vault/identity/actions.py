"""Beginning and completing a sign-in or a document signature. Nothing here trusts what the browser says it signed."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import cast
from uuid import UUID

from django.conf import settings
from django.db import transaction

from demeu.contracts.words import Language
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import Refusal, conflict, forbidden, invalid, not_found, too_late, unavailable
from demeu.kernel.ids import new_id
from demeu.vault.documents.queries import sums_of
from demeu.vault.identity import rules
from demeu.vault.identity.eds import Certificate, Trust, verify_cms
from demeu.vault.identity.manifest import Entry, write_manifest
from demeu.vault.identity.models import Passkey, QrLink, Signature, SigningAttempt
from demeu.vault.identity.rules import AttemptPurpose, DocumentKind, Facts, Status
from demeu.vault.identity.status import status_now
from demeu.vault.identity.trust import current_trust
from demeu.vault.identity.wording import wording
from demeu.vault.people.actions import find_or_create_person
from demeu.vault.people.queries import iin_of
from demeu.vault.sealing.cipher import open_bytes, seal_bytes

FORGET_AFTER = timedelta(days=1)
_TO_SIGN = "attempt.to_sign"


@dataclass(frozen=True, slots=True)
class Begun:
    """A challenge for the person's key: sign exactly these bytes before `expires_at`."""

    attempt: UUID
    to_sign: bytes
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who signed in, and whether a list says that the certificate is good."""

    person: UUID
    organization_bin: str | None
    certificate_roles: tuple[str, ...]
    status: Status
    has_passkey: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """A kept document signature."""

    signature: UUID
    signed_sha256: str


def begin_sign_in(*, session: str, origin: str, lang: Language) -> Begun:
    """A text to be signed to sign in, bound to this session. Refuses `identity.bad_origin`."""
    return _begin(AttemptPurpose.SIGN_IN, session, origin, lang)


def begin_signature(
    *,
    person: UUID,
    session: str,
    origin: str,
    kind: str,
    subject: str,
    text: str,
    lang: Language,
    documents: Sequence[UUID] = (),
) -> Begun:
    """A text to be signed as a document by this person; its last lines are the manifest of `documents`.

    Refuses `signature.unknown_kind`, `signature.bad_document`, `identity.bad_origin`, `person.unknown`,
    `document.unknown`.
    """
    if kind not in list(DocumentKind):
        raise invalid("signature.unknown_kind")
    if not rules.is_plain_line(subject) or not text.strip() or not rules.is_document_text(text):
        raise invalid("signature.bad_document")
    iin_of(person)
    whole = text + _manifest(documents)
    return _begin(AttemptPurpose.DOCUMENT, session, origin, lang, person=person, kind=kind, subject=subject, text=whole)


def complete_sign_in(*, attempt: UUID, session: str, cms: str, staff: bool) -> SignedIn:
    """Check the signature over the attempt's text, use the attempt up and find or make the person.

    `staff`: refuse when no list says that the certificate is good. Refuses the codes of `signer_of` and `_load`.
    """
    with transaction.atomic():
        row = _load(attempt, session, AttemptPurpose.SIGN_IN)
        required = staff or bool(settings.DEMEU_VAULT_STATUS_REQUIRED)
        certificate, status, _ = signer_of(row, cms, required=required)
        subject = certificate.subject
        person = find_or_create_person(
            iin=subject.iin or "",
            surname=subject.surname or "",
            given_name=subject.first_name,
            patronymic=subject.given_name or "",
            lang=cast(Language, row.lang),
        )
        _use_up(row)
        record(
            actor=f"person:{person}",
            action="identity.signed_in",
            subject=f"attempt:{row.id}",
            serial=certificate.serial_hex,
            algorithm=certificate.public_key.kind,
            status=status.value,
        )
        has_passkey = Passkey.objects.filter(person=person).exists()
        return SignedIn(person, subject.bin, certificate.roles, status, has_passkey)


def complete_signature(*, attempt: UUID, person: UUID, session: str, cms: str) -> Kept:
    """Check the signature over the attempt's document and keep text and CMS for ever.

    Refuses `signature.other_person` when somebody else signed, and the codes of `signer_of` and `_load`.
    """
    with transaction.atomic():
        row = _load(attempt, session, AttemptPurpose.DOCUMENT)
        if row.person != person:
            raise forbidden("identity.wrong_session")
        required = row.kind in rules.OFFICE_KINDS or bool(settings.DEMEU_VAULT_STATUS_REQUIRED)
        certificate, status, signed = signer_of(row, cms, required=required)
        if not certificate.subject.iin or certificate.subject.iin != iin_of(person):
            raise forbidden("signature.other_person")
        _use_up(row)
        kept = _keep(row, person, certificate, status, signed, cms)
        record(
            actor=f"person:{person}",
            action="signature.kept",
            subject=row.subject,
            signature=kept.signature,
            kind=row.kind,
            sha256=kept.signed_sha256,
            status=status.value,
        )
        return kept


def forget_old_attempts() -> int:
    """Delete attempts a day after their end; how many. Signatures stay."""
    over = clock.now() - FORGET_AFTER
    QrLink.objects.filter(expires_at__lt=over).delete()
    return SigningAttempt.objects.filter(expires_at__lt=over).delete()[0]


def _manifest(documents: Sequence[UUID]) -> str:
    """Nothing for no documents, else the canonical manifest after an empty line."""
    if not documents:
        return ""
    entries = {Entry(*found) for found in sums_of(documents)}
    return "\n\n" + write_manifest(entries).removesuffix("\n")


def _begin(
    purpose: AttemptPurpose,
    session: str,
    origin: str,
    lang: Language,
    *,
    person: UUID | None = None,
    kind: str = "",
    subject: str = "",
    text: str = "",
) -> Begun:
    if not rules.is_origin(origin):
        raise invalid("identity.bad_origin")
    made_at, nonce, identifier = clock.now(), secrets.token_urlsafe(rules.NONCE_BYTES), new_id()
    facts = Facts(purpose, origin, nonce, made_at, kind, subject, text)
    signed = rules.to_sign(facts, wording(purpose, kind, lang)).encode()
    SigningAttempt.objects.create(
        id=identifier,
        purpose=purpose,
        nonce=nonce,
        session_hash=rules.session_hash(session),
        origin=origin,
        lang=lang,
        person=person,
        kind=kind,
        subject=subject,
        to_sign=seal_bytes(identifier, _TO_SIGN, signed),
        created_at=made_at,
        expires_at=made_at + rules.LIFETIME,
    )
    return Begun(identifier, signed, made_at + rules.LIFETIME)


def _load(attempt: UUID, session: str, purpose: AttemptPurpose) -> SigningAttempt:
    """The attempt, locked, while it may still be completed from this session for this purpose."""
    row = SigningAttempt.objects.select_for_update().filter(id=attempt, purpose=purpose).first()
    if row is None:
        raise not_found("identity.unknown_attempt")
    if not rules.same_session(row.session_hash, session):
        raise forbidden("identity.wrong_session")
    if row.used_at is not None:
        raise conflict("identity.replayed")
    if clock.now() > row.expires_at:
        raise too_late("identity.expired")
    return row


def signer_of(row: SigningAttempt, cms: str, *, required: bool) -> tuple[Certificate, Status, bytes]:
    """The certificate of the one signer of the attempt's text, its status and the text. Refuses `identity.<word>`:

    unreadable, bad_signature, several_signers, untrusted, unsupported_key, certificate_expired, certificate_revoked,
    wrong_key_usage, wrong_policy, no_iin, status_unknown.
    """
    signed, purpose = open_bytes(row.id, _TO_SIGN, row.to_sign), AttemptPurpose(row.purpose)
    sent = rules.cms_bytes(cms)
    if sent is None or not rules.is_for(signed.decode(), purpose):
        raise _refusal("unreadable")
    trust, at = current_trust(), clock.now()
    verdict = verify_cms(sent, signed, replace(trust, revocation=()), at)
    word = rules.verdict_word(verdict)
    certificate = verdict.signers[0].certificate if word is None else None
    if certificate is None:
        raise _refusal(word or "bad_signature")
    status = _status(verdict.signers[0].chain, trust, at, required=required)
    word = rules.usage_word(certificate, purpose, settings.DEMEU_VAULT_POLICIES)
    if word is not None:
        raise _refusal(word)
    return certificate, status, signed


def _status(chain: tuple[Certificate, ...], trust: Trust, at: datetime, *, required: bool) -> Status:
    found = status_now(chain[0], chain[1] if len(chain) > 1 else chain[0], trust, at)
    word = rules.status_word(found.code if found is not None else None, required=required)
    if word is not None:
        raise _refusal(word)
    return Status.GOOD if found is not None and found.accept else Status.UNKNOWN


def _refusal(word: str) -> Refusal:
    return unavailable("identity.status_unknown") if word == "status_unknown" else forbidden(f"identity.{word}")


def _use_up(row: SigningAttempt) -> None:
    row.used_at = clock.now()
    row.save(update_fields=["used_at"])


def _keep(row: SigningAttempt, person: UUID, certificate: Certificate, status: Status, signed: bytes, cms: str) -> Kept:
    identifier, digest = new_id(), hashlib.sha256(signed).hexdigest()
    Signature.objects.create(
        id=identifier,
        attempt=row.id,
        person=person,
        kind=row.kind,
        subject=row.subject,
        signed=seal_bytes(identifier, "signature.content", signed),
        signed_sha256=digest,
        cms=seal_bytes(identifier, "signature.cms", cms.encode()),
        certificate_serial=certificate.serial_hex,
        algorithm=certificate.public_key.kind,
        status=status.value,
        at=clock.now(),
    )
    return Kept(identifier, digest)
