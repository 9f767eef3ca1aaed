"""The answers a verifier gives: one verdict per signer and one for the whole message."""

from dataclasses import dataclass
from datetime import datetime

from demeu.vault.identity.eds.certificate import Certificate
from demeu.vault.identity.eds.codes import Code


@dataclass(frozen=True, slots=True)
class SignerVerdict:
    """What is known of one signer; `certificate` is only trustworthy when `code` is ok and a trust was given.

    `revocation` is set when lists or answers were asked; `timestamp_token` is not judged here.
    """

    code: Code
    certificate: Certificate | None = None
    serial_hex: str | None = None
    signing_time: datetime | None = None
    covers: str | None = None
    chain: tuple[Certificate, ...] = ()
    signature: bytes = b""
    timestamp_token: bytes | None = None
    revocation: "RevocationStatus | None" = None

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
    """Status of one certificate by a list or an answer: `good`, `revoked`, or why it cannot be said.

    `source` is crl or ocsp, `said_at` the moment the list or answer was made.
    """

    code: Code
    revoked_at: datetime | None = None
    reason: str | None = None
    source: str | None = None
    said_at: datetime | None = None

    @property
    def accept(self) -> bool:
        return self.code is Code.GOOD
