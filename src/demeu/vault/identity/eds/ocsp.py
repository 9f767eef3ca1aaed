"""Status of a certificate by an OCSP answer (RFC 6960). Judges bytes that somebody else fetched; never calls anyone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from demeu.vault.identity.eds import der, oids
from demeu.vault.identity.eds.algorithms import algorithm, signature_kind
from demeu.vault.identity.eds.certificate import Certificate, only, read_certificate, read_extensions
from demeu.vault.identity.eds.chain import check_validity, signed_by
from demeu.vault.identity.eds.codes import Code, EdsError
from demeu.vault.identity.eds.verdict import RevocationStatus

AGE_MAX_WITHOUT_NEXT_UPDATE = timedelta(days=1)
RESPONDERS_MAX = 8
_GOOD, _REVOKED, _UNKNOWN = 0x80, 0xA1, 0x82


def ocsp_status(
    source: bytes, certificate: Certificate, issuer: Certificate, at: datetime, nonce: bytes | None = None
) -> RevocationStatus:
    """`good`, `revoked`, `unknown`, or why the answer does not count. `nonce` is what was sent; None when none was."""
    try:
        answer = _BasicAnswer(_basic(source))
        answer.check_signer(issuer, at)
        single = answer.about(certificate, issuer)
        if nonce is not None and answer.nonce != nonce:
            raise EdsError(Code.NONCE_MISMATCH)
        single.check_fresh(answer.produced_at, at)
        return replace(single.status(), source="ocsp", said_at=single.this_update)
    except EdsError as error:
        return RevocationStatus(error.code, source="ocsp")


def question(certificate: Certificate, issuer: Certificate, nonce: bytes) -> bytes:
    """The question about one certificate (CertID by SHA-256, its number as a positive INTEGER) with a nonce."""
    sha256 = der.encode(der.SEQUENCE, der.encode_oid(oids.SHA256) + der.encode(der.NULL, b""))
    name = der.encode(der.OCTET_STRING, hashlib.sha256(issuer.subject_name).digest())
    key = der.encode(der.OCTET_STRING, hashlib.sha256(_key_bits(issuer)).digest())
    identifier = der.encode(der.SEQUENCE, sha256 + name + key + der.encode(der.INTEGER, certificate.serial))
    wrapped = der.encode(der.OCTET_STRING, der.encode(der.OCTET_STRING, nonce))
    extension = der.encode(der.SEQUENCE, der.encode_oid(oids.OCSP_NONCE) + wrapped)
    asked = der.encode(der.SEQUENCE, der.encode(der.SEQUENCE, identifier))
    extensions = der.encode(0xA2, der.encode(der.SEQUENCE, extension))
    return der.encode(der.SEQUENCE, der.encode(der.SEQUENCE, asked + extensions))


def read_answer(source: bytes) -> None:
    """Can the bytes be read as an OCSP answer, also one that refuses to answer? Raises EdsError(malformed)."""
    try:
        _BasicAnswer(_basic(source))
    except EdsError as error:
        if error.code is not Code.UNAVAILABLE:
            raise


def _basic(source: bytes) -> der.Node:
    outer = der.Parts(der.parse(source))
    successful = der.integer(outer.take(), der.ENUMERATED) == 0
    wrapper = outer.take_optional(0xA0)
    outer.finish()
    if not successful:
        raise EdsError(Code.UNAVAILABLE, "the responder gave no answer")
    if wrapper is None:
        raise der.malformed("a successful answer without an answer")
    inner = der.Parts(only(wrapper))
    if der.oid(inner.take()) != oids.OCSP_BASIC:
        raise EdsError(Code.UNSUPPORTED_ALGORITHM, "kind of answer")
    return der.parse(inner.take(der.OCTET_STRING).content)


@dataclass(frozen=True, slots=True)
class _SingleAnswer:
    certificate_id: der.Node
    state: der.Node
    this_update: datetime
    next_update: datetime | None

    def is_about(self, certificate: Certificate, issuer: Certificate) -> bool:
        parts = der.Parts(self.certificate_id)
        hash_oid, _ = algorithm(parts.take())
        name_hash, key_hash, serial = parts.take().content, parts.take().content, parts.take(der.INTEGER).content
        parts.finish()
        return hash_oid == oids.SHA256 and (name_hash, key_hash, serial) == (
            hashlib.sha256(issuer.subject_name).digest(),
            hashlib.sha256(_key_bits(issuer)).digest(),
            certificate.serial,
        )

    def check_fresh(self, produced_at: datetime, at: datetime) -> None:
        if at < self.this_update or at < produced_at:
            raise EdsError(Code.NOT_YET_VALID)
        if at > (self.next_update or self.this_update + AGE_MAX_WITHOUT_NEXT_UPDATE):
            raise EdsError(Code.STALE)

    def status(self) -> RevocationStatus:
        if self.state.tag == _GOOD:
            return RevocationStatus(Code.GOOD)
        if self.state.tag != _REVOKED:
            return RevocationStatus(Code.UNKNOWN)
        parts = der.Parts(self.state, _REVOKED)
        revoked_at = der.moment(parts.take())
        given = parts.take_optional(0xA0)
        reason = oids.REVOCATION_REASONS.get(der.integer(only(given), der.ENUMERATED)) if given is not None else None
        return RevocationStatus(Code.REVOKED, revoked_at, reason)


class _BasicAnswer:
    def __init__(self, node: der.Node) -> None:
        outer = der.Parts(node)
        tbs = outer.take(der.SEQUENCE)
        self._tbs = tbs.raw
        self._signature_oid, _ = algorithm(outer.take())
        self._signature = der.bits(outer.take())
        enclosed = outer.take_optional(0xA0)
        outer.finish()
        self._enclosed = list(only(enclosed))[:RESPONDERS_MAX] if enclosed is not None else []
        inner = der.Parts(tbs)
        inner.take_optional(0xA0)
        self._responder = inner.take()
        self.produced_at = der.moment(inner.take())
        self._singles = [_single(single) for single in inner.take(der.SEQUENCE)]
        extensions = read_extensions(inner.take_optional(0xA1))
        inner.finish()
        self.nonce = _nonce(extensions[oids.OCSP_NONCE].value) if oids.OCSP_NONCE in extensions else None

    def check_signer(self, issuer: Certificate, at: datetime) -> None:
        """The signer is the issuer itself or one whom the same issuer certified to answer. Raises EdsError."""
        kind = signature_kind(self._signature_oid)
        for responder in (issuer, *self._delegates(issuer)):
            if self._is_named(responder):
                if responder is not issuer:
                    check_validity(responder, at)
                if not responder.public_key.verify(kind, self._tbs, self._signature):
                    raise EdsError(Code.BAD_SIGNATURE)
                return
        raise EdsError(Code.UNTRUSTED_RESPONDER)

    def about(self, certificate: Certificate, issuer: Certificate) -> _SingleAnswer:
        """The answer about this very certificate; of several the one that is not `good`. Raises EdsError."""
        about = [single for single in self._singles if single.is_about(certificate, issuer)]
        if not about:
            raise EdsError(Code.NOT_COVERED)
        return next((single for single in about if single.state.tag != _GOOD), about[0])

    def _delegates(self, issuer: Certificate) -> list[Certificate]:
        candidates = [read_certificate(node.raw) for node in self._enclosed]
        return [
            candidate
            for candidate in candidates
            if oids.OCSP_SIGNING in candidate.extended_key_usage
            and candidate.issuer_name == issuer.subject_name
            and not candidate.has_unknown_critical
            and signed_by(candidate, issuer)
        ]

    def _is_named(self, responder: Certificate) -> bool:
        named = only(self._responder)
        if self._responder.tag == 0xA1:
            return named.raw == responder.subject_name
        # RFC 6960 names a responder by the SHA-1 of its key: an index, not a protection.
        return named.content == hashlib.sha1(_key_bits(responder), usedforsecurity=False).digest()


def _single(node: der.Node) -> _SingleAnswer:
    parts = der.Parts(node)
    certificate_id, state, this_update = parts.take(der.SEQUENCE), parts.take(), der.moment(parts.take())
    if state.tag not in (_GOOD, _REVOKED, _UNKNOWN):
        raise der.malformed("status")
    next_update = parts.take_optional(0xA0)
    return _SingleAnswer(
        certificate_id, state, this_update, der.moment(only(next_update)) if next_update is not None else None
    )


def _key_bits(certificate: Certificate) -> bytes:
    return der.bits(list(der.parse(certificate.public_key.spki))[1])


def _nonce(value: bytes) -> bytes:
    """RFC 8954 wraps the nonce in an OCTET STRING; old responders put the bare bytes."""
    try:
        return der.parse(value).expect(der.OCTET_STRING).content
    except EdsError:
        return value
