"""Verifies CMS SignedData (RFC 5652), content inside or apart, any number of signers, in DER, BER or PEM.

Certificates inside are candidates only. A timestamp token is handed on (see `timestamp`) and never spoils a signature.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from demeu.vault.identity.eds import der, oids
from demeu.vault.identity.eds.algorithms import algorithm, digest, digest_kind, signature_kind
from demeu.vault.identity.eds.certificate import Certificate, only, read_certificate
from demeu.vault.identity.eds.chain import Trust
from demeu.vault.identity.eds.codes import Code, EdsError
from demeu.vault.identity.eds.trusting import judged_by
from demeu.vault.identity.eds.verdict import SignerVerdict, Verdict

SIGNERS_MAX = 32
CERTIFICATES_MAX = 64
HOLDERS_MAX = 4
_PEM = re.compile(rb"\s*-----BEGIN CMS-----([A-Za-z0-9+/=\s]+)-----END CMS-----\s*")


def verify_cms(
    source: bytes,
    content: bytes | None = None,
    trust: Trust | None = None,
    at: datetime | None = None,
    certificates: Sequence[Certificate] = (),
) -> Verdict:
    """Judges every signer over `content` (needed when it is apart).

    Without `trust` only signatures are judged; with it also the chain of each signer at `at` and its status by the
    lists of the trust. `certificates` are further candidates. Never raises for any bytes.
    """
    try:
        message = SignedData(source)
        if not message.signers:
            return Verdict(code=Code.NO_SIGNERS)
        if content is not None and message.content is not None and content != message.content:
            return Verdict(code=Code.DIGEST_MISMATCH)
        covered = message.content if message.content is not None else content
        candidates = (*message.certificates, *certificates)
        found = tuple(_judged(signer, message, covered, candidates) for signer in message.signers)
    except EdsError as error:
        return Verdict(code=error.code)
    if trust is not None:
        found = tuple(judged_by(signer, trust, at, candidates) for signer in found)
    return Verdict(found, covered)


def _unarmoured(source: bytes) -> bytes:
    pem = _PEM.fullmatch(source) if source[:64].lstrip().startswith(b"-----BEGIN CMS") else None
    if pem is None:
        return source
    try:
        return base64.b64decode(b"".join(pem[1].split()), validate=True)
    except binascii.Error as error:
        raise der.malformed("PEM") from error


@dataclass(frozen=True, slots=True)
class _Signer:
    issuer_and_serial: tuple[bytes, bytes] | None
    key_id: str | None
    digest_oid: str
    signature_oid: str
    signature: bytes
    attributes: der.Node | None
    timestamp_token: bytes | None

    @property
    def serial_hex(self) -> str | None:
        if self.issuer_and_serial is None:
            return None
        serial = self.issuer_and_serial[1]
        return (serial[1:] if serial[0] == 0 and len(serial) > 1 else serial).hex()

    def is_of(self, certificate: Certificate) -> bool:
        if self.issuer_and_serial is None:
            return certificate.subject_key_id == self.key_id
        return (certificate.issuer_name, certificate.serial) == self.issuer_and_serial


class SignedData:
    """A CMS as it reads, nothing judged: content and its type, certificates, signers."""

    def __init__(self, source: bytes) -> None:
        """Raises EdsError(malformed)."""
        outer = der.Parts(der.parse(der.to_der(_unarmoured(source))))
        if der.oid(outer.take()) != oids.CONTENT_SIGNED:
            raise der.malformed("not signed data")
        wrapper = outer.take(0xA0)
        outer.finish()
        parts = der.Parts(only(wrapper))
        der.integer(parts.take())
        parts.take(der.SET)
        enclosed = der.Parts(parts.take())
        self.content_type = der.oid(enclosed.take())
        content = enclosed.take_optional(0xA0)
        enclosed.finish()
        self.content = only(content).expect(der.OCTET_STRING).content if content is not None else None
        certificates = parts.take_optional(0xA0)
        parts.take_optional(0xA1)
        signers = list(parts.take(der.SET))
        parts.finish()
        if len(signers) > SIGNERS_MAX:
            raise der.malformed("too many signers")
        self.certificates = _readable(list(certificates)) if certificates is not None else ()
        self.signers = tuple(map(_signer, signers))


def _readable(nodes: list[der.Node]) -> tuple[Certificate, ...]:
    found: list[Certificate] = []
    if len(nodes) > CERTIFICATES_MAX:
        raise der.malformed("too many certificates")
    for node in nodes:
        # One that cannot be read is no candidate; whoever signed with it has no certificate here.
        with suppress(EdsError):
            found.append(read_certificate(node.expect(der.SEQUENCE).raw))
    return tuple(found)


def _signer(node: der.Node) -> _Signer:
    parts = der.Parts(node)
    der.integer(parts.take())
    identifier = parts.take()
    digest_oid, _ = algorithm(parts.take())
    attributes = parts.take_optional(0xA0)
    signature_oid, _ = algorithm(parts.take())
    signature = parts.take(der.OCTET_STRING).content
    unsigned = parts.take_optional(0xA1)
    parts.finish()
    issuer_and_serial, key_id = None, None
    if identifier.tag == 0x80:
        key_id = identifier.content.hex()
    else:
        named = der.Parts(identifier)
        issuer_and_serial = (named.take(der.SEQUENCE).raw, _serial(named.take()))
        named.finish()
    return _Signer(issuer_and_serial, key_id, digest_oid, signature_oid, signature, attributes, _token(unsigned))


def _token(unsigned: der.Node | None) -> bytes | None:
    """The timestamp token among the unsigned attributes; one that cannot be read is handed on as it stands."""
    for node in unsigned or ():
        parts = der.Parts(node)
        if der.oid(parts.take()) == oids.ATTRIBUTE_TIMESTAMP:
            values = list(parts.take(der.SET))
            return values[0].raw if values else b""
    return None


def _serial(node: der.Node) -> bytes:
    der.integer(node)
    return node.content


def _attributes(wrapper: der.Node | None) -> list[tuple[str, list[der.Node]]]:
    found = []
    for node in wrapper or ():
        parts = der.Parts(node)
        kind = der.oid(parts.take())
        found.append((kind, list(parts.take(der.SET))))
        parts.finish()
    return found


def _judged(
    signer: _Signer, message: SignedData, content: bytes | None, candidates: Sequence[Certificate]
) -> SignerVerdict:
    attributes = _attributes(signer.attributes)
    holders = list(dict.fromkeys(candidate for candidate in candidates if signer.is_of(candidate)))
    verdict = SignerVerdict(
        Code.OK,
        holders[0] if holders else None,
        signer.serial_hex or (holders[0].serial_hex if holders else None),
        _signing_time(attributes),
        "content",
        signature=signer.signature,
        timestamp_token=signer.timestamp_token,
    )
    try:
        expected = _expected_digest(signer, attributes, message.content_type)
        if not holders:
            raise EdsError(Code.SIGNER_CERTIFICATE_MISSING)
        if content is None:
            raise EdsError(Code.CONTENT_REQUIRED)
        if digest(digest_kind(signer.digest_oid), content) != expected:
            raise EdsError(Code.DIGEST_MISMATCH)
        return replace(verdict, certificate=_holder(signer, holders))
    except EdsError as error:
        return replace(verdict, code=error.code)


def _expected_digest(signer: _Signer, attributes: list[tuple[str, list[der.Node]]], content_type: str) -> bytes:
    types = [values for kind, values in attributes if kind == oids.ATTRIBUTE_CONTENT_TYPE]
    digests = [values for kind, values in attributes if kind == oids.ATTRIBUTE_MESSAGE_DIGEST]
    if [len(values) for values in types] != [1] or [len(values) for values in digests] != [1]:
        raise EdsError(Code.SIGNED_ATTRIBUTES_MISSING)
    if digest_kind(signer.digest_oid) != _signature_kind(signer):
        raise EdsError(Code.UNSUPPORTED_ALGORITHM, "digest and signature of two families")
    if der.oid(types[0][0]) != content_type:
        raise EdsError(Code.CONTENT_TYPE_MISMATCH)
    return digests[0][0].expect(der.OCTET_STRING).content


def _signature_kind(signer: _Signer) -> str:
    """Signers often name the key algorithm where the signature algorithm belongs (RFC 3370, 3.2)."""
    return signature_kind(oids.RSA_SHA256 if signer.signature_oid == oids.RSA_KEY else signer.signature_oid)


def _holder(signer: _Signer, holders: list[Certificate]) -> Certificate:
    """Whose key made the signature; a stranger's certificate under the same name and number proves nothing."""
    for holder in holders[:HOLDERS_MAX]:
        if _is_signed(signer, holder):
            return holder
    raise EdsError(Code.BAD_SIGNATURE)


def _is_signed(signer: _Signer, certificate: Certificate) -> bool:
    """The signature is over the attributes as a SET; some signers sort them as DER asks, some leave their order."""
    if signer.attributes is None:
        return False
    kind = _signature_kind(signer)
    ordered = der.encode(der.SET, b"".join(sorted(node.raw for node in signer.attributes)))
    as_sent = der.encode(der.SET, signer.attributes.content)
    return any(
        certificate.public_key.verify(kind, signed, signer.signature) for signed in dict.fromkeys((as_sent, ordered))
    )


def _signing_time(attributes: list[tuple[str, list[der.Node]]]) -> datetime | None:
    times = [values for kind, values in attributes if kind == oids.ATTRIBUTE_SIGNING_TIME]
    try:
        return der.moment(times[0][0]) if len(times) == 1 and len(times[0]) == 1 else None
    except EdsError:
        return None
