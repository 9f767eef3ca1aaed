"""Stable codes of what a verifier finds, and the error that carries one."""

from enum import StrEnum


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
