"""The answers a verifier gives: stable codes, a verdict per signer, and the error that carries a code."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from demeu.vault.identity.eds.certificate import Certificate


class Code(StrEnum):
    """Why something was accepted (`ok`, `good`) or refused; the words are stable and shown to other programs."""

    OK = "ok"
    GOOD = "good"
    MALFORMED = "malformed"
    UNSUPPORTED_ALGORITHM = "unsupported_algorithm"
    UNTRUSTED_ISSUER = "untrusted_issuer"
    BAD_SIGNATURE = "bad_signature"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    STALE = "stale"
    WRONG_ISSUER = "wrong_issuer"
    NOT_COVERED = "not_covered"
    NONCE_MISMATCH = "nonce_mismatch"
    UNTRUSTED_RESPONDER = "untrusted_responder"
    UNAVAILABLE = "unavailable"
    DIGEST_MISMATCH = "digest_mismatch"
    CONTENT_REQUIRED = "content_required"
    CONTENT_TYPE_MISMATCH = "content_type_mismatch"
    SIGNED_ATTRIBUTES_MISSING = "signed_attributes_missing"
    SIGNER_CERTIFICATE_MISSING = "signer_certificate_missing"
    NO_SIGNERS = "no_signers"
    PARTIAL_COVERAGE = "partial_coverage"


class EdsError(Exception):
    """Something was refused; `code` says why. `detail` is for a developer and never holds personal data."""

    def __init__(self, code: Code, detail: str = "") -> None:
        super().__init__(f"{code.value}: {detail}" if detail else code.value)
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class SignerVerdict:
    """What is known of one signer; `certificate` is only trustworthy when `code` is ok and a trust was given."""

    code: Code
    certificate: Certificate | None = None
    serial_hex: str | None = None
    signing_time: datetime | None = None
    covers: str | None = None
    chain: tuple[Certificate, ...] = ()
    timestamp: str | None = None

    @property
    def accept(self) -> bool:
        return self.code is Code.OK


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer about a signed message: accepted only when every signer is ok and there is at least one.

    `code` is set when the message was refused as a whole; `content` is the exact bytes that the signatures cover.
    """

    signers: tuple[SignerVerdict, ...] = ()
    content: bytes | None = None
    code: Code | None = None

    @property
    def accept(self) -> bool:
        return self.code is None and bool(self.signers) and all(signer.accept for signer in self.signers)

    @property
    def codes(self) -> tuple[Code, ...]:
        """Distinct reasons, whole-message refusal first."""
        if self.code is not None:
            return (self.code,)
        return tuple(dict.fromkeys(signer.code for signer in self.signers))


@dataclass(frozen=True, slots=True)
class VerifiedBody:
    """The Body of a SOAP envelope whose signature was accepted: parse `content`, never the envelope it came in."""

    content: bytes
    signer: SignerVerdict


@dataclass(frozen=True, slots=True)
class RevocationStatus:
    """Status of one certificate by a list or an answer: `good`, `revoked`, or why it cannot be said."""

    code: Code
    revoked_at: datetime | None = None
    reason: str | None = None

    @property
    def accept(self) -> bool:
        return self.code is Code.GOOD
