"""AES-256-GCM-SIV (RFC 8452) over one field of one record; HMAC-SHA-256 for blind indexes.

Ciphertext: version byte 1, key id (4 bytes), nonce (12 bytes), sealed bytes. Associated data: record id and field name,
so that a value moved to another record or field does not open.
"""

import hashlib
import hmac
import os
from functools import lru_cache
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCMSIV

from demeu.vault.sealing.keys import KEY_ID_BYTES, field_keys, field_keys_anew

VERSION = b"\x01"
NONCE_BYTES = 12
HEAD_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES


class CannotOpen(Exception):
    """The ciphertext is damaged, belongs to another record or field, or its key is gone. Names the field only."""


def seal(record: UUID, field: str, value: str) -> bytes:
    """Encrypt a text for exactly this record and field; an empty text seals to empty bytes."""
    return seal_bytes(record, field, value.encode()) if value else b""


def unseal(record: UUID, field: str, sealed: bytes | memoryview | None) -> str:
    """The text again; empty for empty. Raises `CannotOpen`."""
    return open_bytes(record, field, sealed).decode() if sealed else ""


def seal_bytes(record: UUID, field: str, value: bytes) -> bytes:
    """Encrypt bytes under the field's current key."""
    keys = field_keys().fields[field]
    nonce = os.urandom(NONCE_BYTES)
    body = _machine(keys.keys[keys.current]).encrypt(nonce, value, _bound_to(record, field))
    return VERSION + bytes.fromhex(keys.current) + nonce + body


def open_bytes(record: UUID, field: str, sealed: bytes | memoryview) -> bytes:
    """Decrypt under the key that the ciphertext names; a new key is looked up in the file. Raises `CannotOpen`."""
    raw = bytes(sealed)
    named = raw[1 : 1 + KEY_ID_BYTES].hex()
    key = field_keys().fields[field].keys.get(named) or field_keys_anew().fields[field].keys.get(named)
    if raw[:1] != VERSION or key is None or len(raw) < HEAD_BYTES:
        raise CannotOpen(field)
    try:
        return _machine(key).decrypt(raw[1 + KEY_ID_BYTES : HEAD_BYTES], raw[HEAD_BYTES:], _bound_to(record, field))
    except InvalidTag:
        raise CannotOpen(field) from None


def blind(index: str, value: str) -> bytes:
    """The blind value of an exact text under the key of this index (32 bytes)."""
    return hmac.new(field_keys().blind[index], value.encode(), hashlib.sha256).digest()


def blind_number(index: str, value: str) -> int:
    """The first eight bytes of the blind value as a signed number, for large indexes that may meet by chance."""
    return int.from_bytes(blind(index, value)[:8], "big", signed=True)


@lru_cache(maxsize=256)
def _machine(key: bytes) -> AESGCMSIV:
    return AESGCMSIV(key)


def _bound_to(record: UUID, field: str) -> bytes:
    return f"{record}/{field}".encode()
