"""A signing key with its certificate, as an information system keeps it in a file, and the one way to sign with it."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
    load_pem_private_key,
)

from demeu.vault.identity.eds import gost
from demeu.vault.identity.eds.algorithms import GOST, RSA

_ALGORITHMS = {"gost2015-512": GOST, "rsa2048-sha256": RSA}


@dataclass(frozen=True, slots=True)
class SigningKey:
    """`private` is the scalar of a GOST key (64 bytes, big-endian) or the PKCS#8 of an RSA key; never shown."""

    kind: str
    private: bytes = field(repr=False)
    certificate_der: bytes = field(repr=False)

    def sign(self, message: bytes) -> bytes:
        """The signature in the byte layout of certificates, CMS and XML."""
        if self.kind == GOST:
            return gost.sign(int.from_bytes(self.private, "big"), message)
        key = load_der_private_key(self.private, password=None)
        if not isinstance(key, RSAPrivateKey):
            raise ValueError("not an RSA key")
        return key.sign(message, PKCS1v15(), SHA256())


def load_signing_key(path: Path) -> SigningKey:
    """The key of a JSON file: `algorithm`, `certificate_b64` (DER), and the private key by algorithm.

    gost2015-512: `private_hex`, the scalar in big-endian hex; rsa2048-sha256: `private_pem`, PKCS#8 without a password.
    Raises OSError when the file cannot be read and ValueError, without a word of its content, when it holds no key.
    """
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        kind = _ALGORITHMS[stored["algorithm"]]
        private = bytes.fromhex(stored["private_hex"]) if kind == GOST else _pkcs8(stored["private_pem"])
        return SigningKey(kind, private, base64.b64decode(stored["certificate_b64"], validate=True))
    except (KeyError, TypeError, ValueError):
        raise ValueError(f"{path} does not hold a signing key") from None


def _pkcs8(pem: str) -> bytes:
    key = load_pem_private_key(pem.encode(), password=None)
    return key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
