"""Which algorithms are supported, and the one place that checks a signature with a key.

Supported: GOST 34.10-2015-512 with Streebog-512, RSA PKCS#1 v1.5 with SHA-256. Everything else is refused by name.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key

from demeu.vault.identity.eds import der, gost, oids
from demeu.vault.identity.eds.codes import Code, EdsError
from demeu.vault.identity.eds.streebog import streebog512

GOST, RSA = "gost3410-2015-512", "rsa"
RSA_BITS_MIN, RSA_BITS_MAX = 2048, 8192
_DIGESTS = {oids.STREEBOG_512: GOST, oids.SHA256: RSA}
_SIGNATURES = {oids.GOST_SIGNATURE: GOST, oids.RSA_SHA256: RSA}


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A key as the certificate carries it: `kind` is GOST, RSA, or the name or OID of what is not supported."""

    kind: str
    spki: bytes
    octets: bytes

    def verify(self, kind: str, message: bytes, signature: bytes) -> bool:
        """Is the signature of `kind` (GOST or RSA) right? Raises EdsError for a key that cannot be used."""
        if self.kind not in (GOST, RSA):
            raise EdsError(Code.UNSUPPORTED_ALGORITHM, f"key {self.kind}")
        if self.kind != kind:
            return False
        return self._verify_gost(message, signature) if kind == GOST else self._verify_rsa(message, signature)

    def _verify_gost(self, message: bytes, signature: bytes) -> bool:
        point = gost.point_from_bytes(self.octets)
        if point is None:
            return False
        try:
            return gost.verify(point, message, signature)
        except ValueError as error:
            raise EdsError(Code.UNSUPPORTED_ALGORITHM, str(error)) from error

    def _verify_rsa(self, message: bytes, signature: bytes) -> bool:
        try:
            key = load_der_public_key(self.spki)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            return False
        if not isinstance(key, RSAPublicKey) or not RSA_BITS_MIN <= key.key_size <= RSA_BITS_MAX:
            raise EdsError(Code.UNSUPPORTED_ALGORITHM, "RSA key size")
        try:
            key.verify(signature, message, PKCS1v15(), SHA256())
        except InvalidSignature:
            return False
        return True


def algorithm(node: der.Node) -> tuple[str, tuple[der.Node, ...]]:
    """OID and parameters of an AlgorithmIdentifier."""
    parts = list(node.expect(der.SEQUENCE))
    if not 1 <= len(parts) <= 2:
        raise der.malformed("algorithm identifier")
    return der.oid(parts[0]), tuple(parts[1:])


def public_key(node: der.Node) -> PublicKey:
    """A SubjectPublicKeyInfo. A key of another algorithm is read, and refused only when it is used."""
    parts = der.Parts(node)
    identifier, parameters = algorithm(parts.take(der.SEQUENCE))
    octets = der.bits(parts.take())
    parts.finish()
    if identifier == oids.RSA_KEY:
        return PublicKey(RSA, node.raw, octets)
    if identifier == oids.GOST_KEY and _is_tc26_curve(parameters):
        return PublicKey(GOST, node.raw, der.parse(octets).expect(der.OCTET_STRING).content)
    return PublicKey(oids.OTHER_KEYS.get(identifier, identifier), node.raw, octets)


def _is_tc26_curve(parameters: tuple[der.Node, ...]) -> bool:
    named = [der.oid(part) for part in parameters[0] if part.tag == der.OID] if parameters else []
    return named[:1] == [oids.GOST_CURVE] and named[1:] in ([], [oids.STREEBOG_512])


def signature_kind(identifier: str) -> str:
    """GOST or RSA for the OID of a signature algorithm."""
    kind = _SIGNATURES.get(identifier)
    if kind is None:
        raise EdsError(Code.UNSUPPORTED_ALGORITHM, identifier)
    return kind


def digest_kind(identifier: str) -> str:
    """GOST or RSA for the OID of the digest that belongs to it."""
    kind = _DIGESTS.get(identifier)
    if kind is None:
        raise EdsError(Code.UNSUPPORTED_ALGORITHM, identifier)
    return kind


def digest(kind: str, message: bytes) -> bytes:
    """Streebog-512 or SHA-256, as `kind` asks."""
    if kind != GOST:
        return hashlib.sha256(message).digest()
    try:
        return streebog512(message)
    except ValueError as error:
        raise EdsError(Code.UNSUPPORTED_ALGORITHM, str(error)) from error
