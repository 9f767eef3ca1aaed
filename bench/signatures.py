"""Figures of signatures: GOST and RSA checks a second beside gostcrypto in the same run, Streebog, a whole CMS.

Every figure is of one process and one core. Nothing here is asserted but that what is timed is right.
"""

import hashlib
import secrets
from datetime import UTC, datetime

import load
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from rows import Row, ms

from demeu.vault.identity.eds import gost, libgcrypt, verify_cms
from demeu.vault.identity.eds.algorithms import RSA, PublicKey
from demeu.vault.identity.eds.streebog import reference_streebog512, streebog512
from demeu.vault.identity.tests.authority import Authority, sign_cms

TEXT = b"This text is as long as one that a person signs when signing in. " * 4
AREA = "signatures"


def figures() -> list[Row]:
    """All rows of the area."""
    return [*gost_checks(), rsa_check(), *hashing(), whole_message()]


def gost_checks() -> list[Row]:
    """Checking one GOST 34.10-2015-512 signature: ours beside gostcrypto, same key, text and signature."""
    private = int.from_bytes(secrets.token_bytes(64), "big") % gost.Q
    point, signature = gost.public_point(private), gost.sign(private, TEXT)
    digest = int.from_bytes(streebog512(TEXT), "little")
    assert gost.verify(point, TEXT, signature)
    assert not gost.verify(point, TEXT + b"!", signature)
    assert gost.reference_verify(point, digest, signature)
    ours_s = load.median_s(lambda: gost.verify(point, TEXT, signature))
    theirs_s = load.median_s(lambda: (reference_streebog512(TEXT), gost.reference_verify(point, digest, signature)))
    by = "libgcrypt" if libgcrypt.load() else "the fallback, libgcrypt is absent"
    return [
        Row(AREA, "gostcrypto, GOST checks", 1 / theirs_s, "checks/s"),
        Row(AREA, f"ours, GOST checks ({by})", 1 / ours_s, "checks/s", "gostcrypto", theirs_s / ours_s),
        ms(AREA, "ours, one GOST check", ours_s, "gostcrypto", theirs_s),
    ]


def rsa_check() -> Row:
    """Checking one RSA-2048 signature with SHA-256, the key read from its certificate's bytes each time."""
    private = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    spki = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    key, signature = PublicKey(RSA, spki, b""), private.sign(TEXT, PKCS1v15(), SHA256())
    assert key.verify(RSA, TEXT, signature)
    assert not key.verify(RSA, TEXT + b"!", signature)
    return Row(AREA, "ours, RSA-2048 checks", 1 / load.median_s(lambda: key.verify(RSA, TEXT, signature)), "checks/s")


def hashing() -> list[Row]:
    """Streebog-512 of a large document and, beside it, of gostcrypto and of SHA-256."""
    large, small = bytes(8 << 20), bytes(16 << 10)
    assert streebog512(small) == reference_streebog512(small)
    ours = len(large) / load.median_s(lambda: streebog512(large)) / 1e6
    theirs = len(small) / load.median_s(lambda: reference_streebog512(small)) / 1e6
    sha256 = len(large) / load.median_s(lambda: hashlib.sha256(large).digest()) / 1e6
    return [
        Row(AREA, "gostcrypto, Streebog-512", theirs, "MB/s"),
        Row(AREA, "ours, Streebog-512", ours, "MB/s", "gostcrypto", ours / theirs),
        Row(AREA, "SHA-256", sha256, "MB/s", "our Streebog-512", sha256 / ours),
    ]


def whole_message() -> Row:
    """A whole CMS of one signer: reading, digest, signature, chain to the root (authorities are remembered), dates."""
    authority, at = Authority(), datetime(2026, 6, 1, tzinfo=UTC)
    message = sign_cms(TEXT, authority.issue(), attached=True)
    assert verify_cms(message, None, authority.trust, at).accept
    return ms(AREA, "a CMS with its chain", load.median_s(lambda: verify_cms(message, None, authority.trust, at)))
