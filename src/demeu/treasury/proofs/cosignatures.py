"""Cosignatures of witnesses (C2SP tlog-cosignature, Ed25519): reading, checking. Pure: keys are given.

A cosignature says: at that time this was the largest head of this log that the witness had seen, and it grew out of
every head that the witness had seen before.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from demeu.treasury.proofs.base64_text import decode
from demeu.treasury.proofs.notes import COSIGNATURE, DASH, NoteError, NoteKey, read_vkey

STAMPED_BYTES = 4 + 8 + 64
SECONDS_MAX = 253_402_300_799


@dataclass(frozen=True)
class Cosigned:
    """One witness's line that was found right."""

    witness: str
    at: datetime
    line: str


@dataclass(frozen=True)
class Witness:
    """Whom we ask: a key and the address before `/add-checkpoint`."""

    key: NoteKey
    url: str


def read_witnesses(text: str) -> tuple[Witness, ...]:
    """Witnesses from a setting: `vkey@url`, separated by spaces; raises `NoteError`."""
    return tuple(_witness(part) for part in text.split())


def cosigned_by(note: str, keys: Iterable[NoteKey]) -> tuple[Cosigned, ...]:
    """The lines of known witnesses under a checkpoint; unknown ones are passed over, a wrong one is a `NoteError`."""
    known = {(key.name, key.hash): key for key in keys}
    body, separator, signatures = note.partition("\n\n")
    if not separator:
        raise NoteError("the checkpoint has no signature")
    found = (_cosigned(line, known, body + "\n") for line in signatures.splitlines())
    return tuple(one for one in found if one is not None)


def cosigned_message(body: str, seconds: int) -> bytes:
    """What a witness signs: the time, then the checkpoint's body."""
    return f"cosignature/v1\ntime {seconds}\n{body}".encode()


def _cosigned(line: str, known: dict[tuple[str, bytes], NoteKey], body: str) -> Cosigned | None:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != DASH:
        raise NoteError("a line under the checkpoint is not a signature")
    try:
        raw = decode(parts[2])
    except ValueError:
        raise NoteError("a signature under the checkpoint is not base64") from None
    key = known.get((parts[1], raw[:4]))
    if key is None:
        return None
    seconds = int.from_bytes(raw[4:12], "big")
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(raw[12:], cosigned_message(body, seconds))
    except InvalidSignature:
        raise NoteError(f"the cosignature of {key.name} is wrong") from None
    if len(raw) != STAMPED_BYTES or seconds > SECONDS_MAX:
        raise NoteError(f"the cosignature of {key.name} is malformed")
    return Cosigned(key.name, datetime.fromtimestamp(seconds, UTC), line + "\n")


def _witness(part: str) -> Witness:
    vkey, separator, url = part.partition("@")
    if not separator or not url.startswith(("http://", "https://")):
        raise NoteError("a witness must look like name+hash+base64@https://address")
    return Witness(read_vkey(vkey, COSIGNATURE), url.rstrip("/"))
