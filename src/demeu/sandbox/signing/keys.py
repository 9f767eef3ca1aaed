"""Private keys that can sign, and public keys that can check: GOST 34.10-2015-512 and RSA-2048 with SHA-256.

A stored key is a small mapping that JSON can hold; such keys belong to a sandbox and protect nothing real.
"""

import hashlib
from dataclasses import dataclass
from typing import Protocol

from asn1crypto import algos, core, keys, parser
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from demeu.sandbox.signing import algorithms as oid
from demeu.sandbox.signing import gost

GOST = "gost2015-512"
RSA = "rsa2048-sha256"


class SigningKey(Protocol):
    """What a certificate, CMS or XML signature needs of a private key."""

    algorithm: str

    def sign(self, content: bytes) -> bytes: ...

    def spki(self) -> bytes: ...

    def store(self) -> dict[str, str]: ...


@dataclass(frozen=True)
class GostKey:
    """GOST 34.10-2015-512; the scalar is a number in [1, q)."""

    scalar: int
    algorithm = GOST

    def sign(self, content: bytes) -> bytes:
        return gost.sign(self.scalar, content)

    def spki(self) -> bytes:
        """SubjectPublicKeyInfo in DER: the point stands in an OCTET STRING inside the BIT STRING."""
        point = core.OctetString(gost.public_key(self.scalar)).dump()
        return _sequence(
            _sequence(_oid(oid.GOST_KEY), _sequence(_oid(oid.GOST_CURVE), _oid(oid.GOST_DIGEST))),
            parser.emit(0, 0, 3, b"\x00" + point),
        )

    def store(self) -> dict[str, str]:
        return {"algorithm": GOST, "private_hex": f"{self.scalar:0128x}"}


@dataclass(frozen=True)
class RsaKey:
    """RSA with PKCS#1 v1.5 padding and SHA-256."""

    private: rsa.RSAPrivateKey
    algorithm = RSA

    def sign(self, content: bytes) -> bytes:
        return self.private.sign(content, padding.PKCS1v15(), hashes.SHA256())

    def spki(self) -> bytes:
        return self.private.public_key().public_bytes(
            serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
        )

    def store(self) -> dict[str, str]:
        pem = self.private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return {"algorithm": RSA, "private_pem": pem.decode()}


def new_key(algorithm: str = GOST) -> SigningKey:
    """A fresh key of the algorithm (GOST or RSA)."""
    if algorithm == RSA:
        return RsaKey(rsa.generate_private_key(public_exponent=65537, key_size=2048))
    return GostKey(gost.new_scalar())


def restore_key(stored: dict[str, str]) -> SigningKey:
    """The key that `store` wrote down."""
    if stored["algorithm"] == RSA:
        private = serialization.load_pem_private_key(stored["private_pem"].encode(), password=None)
        if not isinstance(private, rsa.RSAPrivateKey):
            raise ValueError("not an RSA key")
        return RsaKey(private)
    return GostKey(int(stored["private_hex"], 16))


def verify(spki: bytes, signature_oid: str, content: bytes, signature: bytes) -> bool:
    """Whether the signature belongs to the content and to the key in SubjectPublicKeyInfo.

    Only GOST 34.10-2015-512 and RSA with SHA-256 exist here; any other algorithm is a plain no.
    """
    if signature_oid == oid.GOST_SIGNATURE:
        point = gost_point(spki)
        return point is not None and gost.verify(point, content, signature)
    if signature_oid != oid.RSA_SIGNATURE:
        return False
    try:
        public = serialization.load_der_public_key(spki)
    except (ValueError, UnsupportedAlgorithm):
        return False
    if not isinstance(public, rsa.RSAPublicKey):
        return False
    try:
        public.verify(signature, content, padding.PKCS1v15(), hashes.SHA256())
    except InvalidSignature:
        return False
    return True


def gost_point(spki: bytes) -> bytes | None:
    """x‖y out of SubjectPublicKeyInfo when it holds a GOST-512 key on the known curve, else None."""
    wanted = _sequence(_oid(oid.GOST_KEY), _sequence(_oid(oid.GOST_CURVE), _oid(oid.GOST_DIGEST)))
    body = core.Sequence.load(spki).contents
    if body is None or not body.startswith(wanted):
        return None
    bits = body[len(wanted) :]
    return bits[-2 * gost.SIZE :] if len(bits) == 2 * gost.SIZE + 7 else None


def key_identifier(spki: bytes) -> bytes:
    """SHA-1 of the public key bits (RFC 5280, 4.2.1.2, method 1): a name, not a protection."""
    info = core.Sequence.load(spki)
    bits = info[1]
    return hashlib.sha1(bits.contents[1:], usedforsecurity=False).digest()


def signature_algorithm(algorithm: str) -> algos.SignedDigestAlgorithm:
    """AlgorithmIdentifier of a signature, with the NULL parameters that the national authority writes."""
    name = oid.GOST_SIGNATURE if algorithm == GOST else oid.RSA_SIGNATURE
    return algos.SignedDigestAlgorithm({"algorithm": name, "parameters": core.Null()})


def digest_algorithm(algorithm: str) -> algos.DigestAlgorithm:
    """AlgorithmIdentifier of the digest that goes with the key."""
    name = oid.GOST_DIGEST if algorithm == GOST else oid.RSA_DIGEST
    return algos.DigestAlgorithm({"algorithm": name, "parameters": core.Null()})


def digest(algorithm: str, content: bytes) -> bytes:
    """The digest that goes with the key: Streebog-512 or SHA-256."""
    return gost.digest(content) if algorithm == GOST else hashlib.sha256(content).digest()


def public_key_info(spki: bytes) -> keys.PublicKeyInfo:
    """SubjectPublicKeyInfo for asn1crypto; its `.native` must not be touched for GOST keys."""
    return keys.PublicKeyInfo.load(spki)


def _oid(dotted: str) -> bytes:
    return bytes(core.ObjectIdentifier(dotted).dump())


def _sequence(*parts: bytes) -> bytes:
    return bytes(parser.emit(0, 1, 16, b"".join(parts)))
