"""Signed notes and checkpoints (C2SP signed-note, tlog-checkpoint) with Ed25519. Pure: keys are given."""

import hashlib
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from demeu.treasury.proofs.base64_text import decode, encode

ED25519 = b"\x01"
COSIGNATURE = b"\x04"
DASH = "\u2014"


class NoteError(ValueError):
    """A note, key or checkpoint that cannot be read or does not verify; the message says why."""


@dataclass(frozen=True)
class NoteKey:
    """A name and an Ed25519 public key; written as a vkey: name+hash+base64(kind ‖ key). A witness has another kind."""

    name: str
    public: bytes
    kind: bytes = ED25519

    @property
    def hash(self) -> bytes:
        """The first four bytes of SHA-256(name ‖ LF ‖ kind ‖ key)."""
        return hashlib.sha256(self.name.encode() + b"\n" + self.kind + self.public).digest()[:4]

    @property
    def vkey(self) -> str:
        """The one-line form."""
        return f"{self.name}+{self.hash.hex()}+{encode(self.kind + self.public)}"


@dataclass(frozen=True)
class Checkpoint:
    """The head of a log: whose, how many leaves, which root."""

    origin: str
    size: int
    root: bytes

    @property
    def body(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{encode(self.root)}\n"


def read_vkey(text: str, kind: bytes = ED25519) -> NoteKey:
    """A key of this kind from its one-line form."""
    try:
        name, key_hash, encoded = text.strip().split("+", 2)
        raw = decode(encoded)
    except ValueError:
        raise NoteError("a key must look like name+hash+base64") from None
    key = NoteKey(name, raw[1:], kind)
    if raw[:1] != kind or len(key.public) != 32 or key.hash.hex() != key_hash:
        raise NoteError("the key is not an Ed25519 key of its kind with a matching hash")
    return key


def public_key(name: str, private: Ed25519PrivateKey) -> NoteKey:
    """The public half under a name."""
    return NoteKey(name, private.public_key().public_bytes_raw())


def sign(checkpoint: Checkpoint, private: Ed25519PrivateKey) -> str:
    """The checkpoint as a signed note; the same every time (Ed25519 is deterministic)."""
    key = public_key(checkpoint.origin, private)
    signature = encode(key.hash + private.sign(checkpoint.body.encode()))
    return f"{checkpoint.body}\n{DASH} {key.name} {signature}\n"


def open_checkpoint(text: str, key: NoteKey) -> Checkpoint:
    """The checkpoint in a signed note, after its origin and signature were found right; raises `NoteError`."""
    body, separator, signatures = text.partition("\n\n")
    if not separator or not text.endswith("\n"):
        raise NoteError("the checkpoint has no signature")
    body += "\n"
    for line in signatures.splitlines():
        if _signed_by(line, key, body.encode()):
            return _read_body(body, key.name)
    raise NoteError(f"the checkpoint is not signed by {key.name}")


def _signed_by(line: str, key: NoteKey, body: bytes) -> bool:
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != DASH or parts[1] != key.name:
        return False
    try:
        raw = decode(parts[2])
        if raw[:4] != key.hash:
            return False
        Ed25519PublicKey.from_public_bytes(key.public).verify(raw[4:], body)
    except (ValueError, InvalidSignature):
        raise NoteError("the signature of the checkpoint is wrong") from None
    return True


def _read_body(body: str, origin: str) -> Checkpoint:
    lines = body.splitlines()
    try:
        size, root = int(lines[1]), decode(lines[2])
    except (IndexError, ValueError):
        raise NoteError("the checkpoint cannot be read") from None
    if lines[0] != origin or str(size) != lines[1] or size < 0 or len(root) != 32:
        raise NoteError("the checkpoint is of another log or malformed")
    return Checkpoint(origin, size, root)
