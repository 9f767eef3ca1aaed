"""What is signed and what a signature is good for. Pure: no database, clock, files or keys.

A text to be signed begins with a line that no other purpose begins with, so a sign-in signature can never serve as a
document signature nor the other way round.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from demeu.vault.identity.eds import Certificate, Code, Verdict
from demeu.vault.identity.manifest import FIRST_LINE

LIFETIME = timedelta(minutes=5)
NONCE_BYTES = 32
SIGNED_TEXT_BYTES_MAX = 120_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LONE_SURROGATE = re.compile(r"[\ud800-\udfff]")


class AttemptPurpose(StrEnum):
    """What an attempt is for. Of a text to be signed the word stands in the first line."""

    SIGN_IN = "sign-in"
    DOCUMENT = "document"
    OIDC = "oidc"
    PASSKEY = "passkey"


class DocumentKind(StrEnum):
    """Documents that people sign."""

    APPLICATION = "application"
    CONSENT = "consent"
    VISIT_ACT = "visit_act"
    PAYOUT = "payout"
    DELIVERY_ACT = "delivery_act"
    DECISION = "decision"


# Signed in office: refused whenever the status of the certificate cannot be told.
OFFICE_KINDS = frozenset(DocumentKind) - {DocumentKind.APPLICATION, DocumentKind.CONSENT}


@dataclass(frozen=True, slots=True)
class Wording:
    """The words around the facts, in the person's language."""

    heading: str
    explanation: str
    site: str
    nonce: str
    made_at: str
    valid_until: str
    document: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """What one attempt is about."""

    purpose: AttemptPurpose
    origin: str
    nonce: str
    made_at: datetime
    kind: str = ""
    subject: str = ""
    text: str = ""


def to_sign(facts: Facts, wording: Wording) -> str:
    """The exact text to be signed; its UTF-8 bytes are what the CMS must cover."""
    lines = [
        first_line(facts.purpose),
        wording.heading,
        wording.explanation,
        f"{wording.site}: {facts.origin}",
        f"{wording.nonce}: {facts.nonce}",
        f"{wording.made_at}: {_iso(facts.made_at)}",
        f"{wording.valid_until}: {_iso(facts.made_at + LIFETIME)}",
    ]
    if facts.purpose is AttemptPurpose.DOCUMENT:
        lines += [f"{wording.document}: {facts.kind} {facts.subject}", "", facts.text]
    return "\n".join(lines) + "\n"


def first_line(purpose: AttemptPurpose) -> str:
    """The first line of a text to be signed; it names the only purpose that the signature can serve."""
    return f"demeu:{purpose.value}:1"


def is_for(text: str, purpose: AttemptPurpose) -> bool:
    """Does the text to be signed say that it is for this purpose and no other?"""
    return text.split("\n", 1)[0] == first_line(purpose)


def is_plain_line(value: str) -> bool:
    """One line without control characters: it cannot pretend to be another line of what is signed."""
    return bool(value.strip()) and not _CONTROL.search(value) and not _LONE_SURROGATE.search(value)


def is_origin(value: str) -> bool:
    """`https://host` or, for the demo, `http://host`, with an optional port and nothing after it (RFC 6454)."""
    return bool(re.fullmatch(r"https?://[A-Za-z0-9._\-\[\]:]{1,190}", value))


def is_document_text(value: str) -> bool:
    """Text that can be written in UTF-8, without control characters other than line ends and tabs, and no manifest.

    A manifest is only ever added by us, from files that are here.
    """
    if FIRST_LINE in value:
        return False
    plain = value.replace("\r\n", "\n").replace("\n", "").replace("\t", "")
    return not _CONTROL.search(plain) and not _LONE_SURROGATE.search(plain)


def session_hash(session: str) -> str:
    """What is kept of the session's word: enough to recognise it, no use to a reader of the table."""
    return hashlib.sha256(b"demeu identity session\0" + session.encode("utf-8", "surrogatepass")).hexdigest()


def same_session(kept_hash: str, session: str) -> bool:
    """Is this the browser session that began the attempt? Compared without a hint by time."""
    return hmac.compare_digest(kept_hash, session_hash(session))


def cms_bytes(sent: str) -> bytes | None:
    """The CMS out of PEM or base64 (white space allowed); None when it is neither."""
    stripped = sent.strip()
    try:
        if stripped.startswith("-----BEGIN CMS"):
            return stripped.encode("ascii")
        return base64.b64decode("".join(stripped.split()).encode("ascii"), validate=True) or None
    except (UnicodeEncodeError, binascii.Error, ValueError):
        return None


class Status(StrEnum):
    """What the lists say of the signer's certificate."""

    GOOD = "good"
    UNKNOWN = "unknown"


_REASONS = {
    Code.MALFORMED: "unreadable",
    Code.UNSUPPORTED_ALGORITHM: "unsupported_key",
    Code.UNTRUSTED_ISSUER: "untrusted",
    Code.EXPIRED: "certificate_expired",
    Code.NOT_YET_VALID: "certificate_expired",
    Code.REVOKED: "certificate_revoked",
}


def refusal_word(code: Code) -> str:
    """The word after `identity.` for a refused signature; whatever has no word of its own is `bad_signature`."""
    return _REASONS.get(code, "bad_signature")


def verdict_word(verdict: Verdict) -> str | None:
    """None for an accepted signature of exactly one signer, else the word of the refusal."""
    if not verdict.accept:
        return refusal_word(verdict.codes[0]) if verdict.codes else "bad_signature"
    return None if len(verdict.signers) == 1 else "several_signers"


def usage_word(certificate: Certificate, purpose: AttemptPurpose, policies: Collection[str] = ()) -> str | None:
    """None when the key may be used so: either key to sign in, the signing key for documents; a person's only.

    `policies`: of these one must stand in the certificate; none given = any will do.
    """
    if policies and not set(policies).intersection(certificate.policies):
        return "wrong_policy"
    allowed = ("sign", "auth") if purpose is AttemptPurpose.SIGN_IN else ("sign",)
    if certificate.key_purpose not in allowed or certificate.is_ca:
        return "wrong_key_usage"
    if certificate.subject.iin is None:
        return "no_iin"
    return None


def status_word(status: Code | None, *, required: bool) -> str | None:
    """None when the status lets the signature pass. `status` is what the lists say; None = there are no lists.

    Revoked is always refused. Where the status is required, anything but good is.
    """
    if status is Code.REVOKED:
        return "certificate_revoked"
    if status is Code.GOOD or not required:
        return None
    return "status_unknown"


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
