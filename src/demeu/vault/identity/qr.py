"""Signing in eGov Mobile by QR: the phone fetches what is to be signed and brings the signature back.

The phone proves nothing of the browser: what it brings is only kept, and counts when the browser's own session
completes the attempt with it. The word of the address is kept as a hash; the bearer word is derived from it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from demeu.kernel import clock
from demeu.kernel.errors import conflict, forbidden, not_found, too_late
from demeu.vault.identity import rules
from demeu.vault.identity.actions import signer_of
from demeu.vault.identity.models import QrLink, SigningAttempt
from demeu.vault.identity.rules import AttemptPurpose
from demeu.vault.identity.wording import headings
from demeu.vault.sealing.cipher import open_bytes, seal_bytes

TOKEN_BYTES = 32
_SIGNED = (AttemptPurpose.SIGN_IN, AttemptPurpose.DOCUMENT)


@dataclass(frozen=True, slots=True)
class Opened:
    """The word of the phone's address, and until when it works."""

    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """What the phone is told: the kind of document in three languages, its exact bytes, and its bearer word."""

    attempt: UUID
    bearer: str
    names: dict[str, str]
    to_sign: bytes
    expires_at: datetime


@transaction.atomic
def open_link(*, attempt: UUID, session: str) -> Opened:
    """A new way for the phone to this session's open attempt; an older one of the same attempt is closed.

    Refuses `identity.` + unknown_attempt, wrong_session, replayed, expired.
    """
    row = SigningAttempt.objects.select_for_update().filter(id=attempt, purpose__in=_SIGNED).first()
    if row is None:
        raise not_found("identity.unknown_attempt")
    if not rules.same_session(row.session_hash, session):
        raise forbidden("identity.wrong_session")
    _check_open(row)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    QrLink.objects.filter(attempt=attempt).delete()
    QrLink.objects.create(token_sha256=_hash(token), attempt=attempt, expires_at=row.expires_at)
    return Opened(token, row.expires_at)


def show(*, token: str, bearer: str | None = None) -> Shown:
    """What is to be signed; `bearer` is checked when given (the second address needs it).

    Refuses `qr.unknown`, `qr.wrong_bearer`, `identity.replayed`, `identity.expired`.
    """
    link, row = _found(token, bearer)
    text = open_bytes(row.id, "attempt.to_sign", row.to_sign)
    return Shown(row.id, bearer_of(token), headings(AttemptPurpose(row.purpose), row.kind), text, link.expires_at)


@transaction.atomic
def put(*, token: str, bearer: str, cms: str) -> None:
    """Keep the signature that the phone brought, if it holds; a second one is refused.

    Refuses what `show` refuses, `qr.brought_already`, and the words of `actions.signer_of`.
    """
    link, row = _found(token, bearer)
    link = QrLink.objects.select_for_update().get(pk=link.pk)
    if link.cms is not None:
        raise conflict("qr.brought_already")
    signer_of(row, cms, required=False)
    link.cms, link.put_at = seal_bytes(row.id, "signature.cms", cms.encode()), clock.now()
    link.save(update_fields=["cms", "put_at"])


def collect(*, attempt: UUID, session: str) -> str:
    """The signature that came for this session's attempt; empty while there is none.

    Refuses `identity.unknown_attempt`, `identity.wrong_session`.
    """
    row = SigningAttempt.objects.filter(id=attempt, purpose__in=_SIGNED).first()
    if row is None:
        raise not_found("identity.unknown_attempt")
    if not rules.same_session(row.session_hash, session):
        raise forbidden("identity.wrong_session")
    link = QrLink.objects.filter(attempt=attempt).exclude(cms=None).first()
    return open_bytes(row.id, "signature.cms", link.cms).decode() if link is not None and link.cms else ""


def bearer_of(token: str) -> str:
    """The word that the phone shows at the second address."""
    return hmac.digest(token.encode(), b"demeu egov mobile", "sha256").hex()


def _found(token: str, bearer: str | None) -> tuple[QrLink, SigningAttempt]:
    link = QrLink.objects.filter(token_sha256=_hash(token)).first()
    if link is None:
        raise not_found("qr.unknown")
    if bearer is not None and not hmac.compare_digest(bearer.encode(), bearer_of(token).encode()):
        raise forbidden("qr.wrong_bearer")
    row = SigningAttempt.objects.get(id=link.attempt)
    _check_open(row)
    return link, row


def _check_open(row: SigningAttempt) -> None:
    if row.used_at is not None:
        raise conflict("identity.replayed")
    if clock.now() > row.expires_at:
        raise too_late("identity.expired")


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
