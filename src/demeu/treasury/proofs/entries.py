"""What a leaf says: a kind, a moment, and a commitment to facts that only the holder of the salt can open. Pure."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from demeu.treasury.proofs.base64_text import decode, encode

VERSION = 1
SALT_BYTES = 32


@dataclass(frozen=True)
class Opening:
    """The facts behind a commitment with their salt; whoever has it can recompute the entry."""

    kind: str
    at: datetime
    salt: bytes
    facts: Mapping[str, object]

    def entry(self) -> bytes:
        """The entry of the log that these facts make."""
        return entry_bytes(self.kind, self.at, commitment_of(self.salt, self.facts))

    def encoded(self) -> str:
        """Base64 of JSON, as it stands in the proof's `extra` line."""
        plain = {"at": _moment(self.at), "facts": dict(self.facts), "kind": self.kind, "salt": self.salt.hex()}
        return encode(canonical(plain))


def canonical(facts: object) -> bytes:
    """JSON with sorted keys, no spaces, UTF-8: one text for one meaning."""
    return json.dumps(facts, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def commitment_of(salt: bytes, facts: Mapping[str, object]) -> str:
    """SHA-256(salt ‖ canonical facts), hex. Without the 32 random bytes of salt nothing can be guessed back."""
    return hashlib.sha256(salt + canonical(dict(facts))).hexdigest()


def entry_bytes(kind: str, at: datetime, commitment: str) -> bytes:
    """The bytes of an entry."""
    return canonical({"at": _moment(at), "commitment": commitment, "kind": kind, "v": VERSION})


def read_opening(encoded: str) -> Opening:
    """An opening from a proof's `extra` line; raises `ValueError` when it is none."""
    try:
        plain = json.loads(decode(encoded))
        opening = Opening(
            str(plain["kind"]), datetime.fromisoformat(plain["at"]), bytes.fromhex(plain["salt"]), dict(plain["facts"])
        )
        same = opening.encoded() == encoded
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ValueError("the opened commitment in the proof cannot be read") from None
    if not same:
        raise ValueError("the opened commitment in the proof is not in its one form")
    return opening


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
