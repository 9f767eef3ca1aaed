"""The log's own key: an Ed25519 key in a file of mode 600, made at first use. Only treasury reads it."""

from functools import lru_cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings

from demeu.kernel.secret_files import place_once
from demeu.treasury.proofs.notes import NoteKey, public_key


@lru_cache(maxsize=4)
def private_key(path: Path) -> Ed25519PrivateKey:
    """The key in the file; a missing file is made, and of two makers at once one wins."""
    if not path.exists():
        fresh = Ed25519PrivateKey.generate()
        place_once(path, fresh.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise TypeError(f"{path} does not hold an Ed25519 key")
    return key


def log_key() -> Ed25519PrivateKey:
    """The private key of this log."""
    return private_key(Path(settings.DEMEU_TREASURY_LOG_KEY))


def log_note_key() -> NoteKey:
    """The public key of this log under its origin."""
    return public_key(settings.DEMEU_TREASURY_LOG_ORIGIN, log_key())
