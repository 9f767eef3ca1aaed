"""Names a timestamp token (RFC 3161) and, where its algorithms are supported, judges it.

What it finds never changes the verdict about the signature that the token stands beside.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from demeu.vault.identity.eds import der, oids
from demeu.vault.identity.eds.algorithms import algorithm
from demeu.vault.identity.eds.chain import Trust
from demeu.vault.identity.eds.cms import SignedData, verify_cms
from demeu.vault.identity.eds.codes import Code, EdsError
from demeu.vault.identity.eds.streebog import streebog512
from demeu.vault.identity.eds.verdict import SignerVerdict

_IMPRINTS = {oids.SHA256: lambda signed: hashlib.sha256(signed).digest(), oids.STREEBOG_512: streebog512}


@dataclass(frozen=True, slots=True)
class Timestamp:
    """`code` is ok only when the token was verified whole; `signature` names its algorithm, `at` what it claims."""

    code: Code
    signature: str | None = None
    at: datetime | None = None


def judge_timestamp(signer: SignerVerdict, trust: Trust | None = None) -> Timestamp | None:
    """The token beside a signer's signature; None when there is none.

    With `trust` the authority of the token must be trusted at the moment that the token names.
    """
    if signer.timestamp_token is None:
        return None
    try:
        return _judged(SignedData(signer.timestamp_token), signer, trust)
    except EdsError as error:
        return Timestamp(error.code)


def _judged(token: SignedData, signer: SignerVerdict, trust: Trust | None) -> Timestamp:
    if token.content_type != oids.CONTENT_TIMESTAMP or token.content is None or len(token.signers) != 1:
        return Timestamp(Code.MALFORMED)
    name = oids.SIGNATURE_NAMES.get(token.signers[0].signature_oid, token.signers[0].signature_oid)
    at, imprint_oid, imprint = _stamped(token.content)
    verdict = verify_cms(signer.timestamp_token or b"", None, trust, at)
    if not verdict.accept:
        return Timestamp(verdict.codes[0], name, at)
    authority = verdict.signers[0].certificate
    if trust is not None and (authority is None or oids.TIME_STAMPING not in authority.extended_key_usage):
        return Timestamp(Code.UNTRUSTED_RESPONDER, name, at)
    if imprint_oid not in _IMPRINTS:
        return Timestamp(Code.UNSUPPORTED_ALGORITHM, name, at)
    right = _IMPRINTS[imprint_oid](signer.signature) == imprint
    return Timestamp(Code.OK if right else Code.DIGEST_MISMATCH, name, at)


def _stamped(content: bytes) -> tuple[datetime, str, bytes]:
    """Moment, digest algorithm and digest of a TSTInfo."""
    parts = der.Parts(der.parse(content))
    der.integer(parts.take())
    der.oid(parts.take())
    imprint = der.Parts(parts.take())
    imprint_oid, _ = algorithm(imprint.take())
    digest = imprint.take(der.OCTET_STRING).content
    der.integer(parts.take())
    return _moment(parts.take(der.GENERALIZED_TIME)), imprint_oid, digest


def _moment(node: der.Node) -> datetime:
    """GeneralizedTime that may carry a fraction of a second, which is dropped."""
    text = node.content.decode("ascii", "replace")
    try:
        return datetime.strptime(text.split(".")[0].removesuffix("Z"), "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError as error:
        raise der.malformed("time") from error
