"""How a witness judges `add-checkpoint` (C2SP tlog-witness). Pure: what it remembers is given and handed back.

Order of the checks and their answers: 400 unreadable, 404 unknown log, 403 not signed by it, 400 old size too large,
409 other old size or other root, 422 no proof of growth, 200 with a cosignature.
"""

import base64
import binascii
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

NAME = "witness.sandbox.demeu.local"
PROOF_LINES_MAX = 63
SIZE_TYPE = "text/x.tlog.size"
LOG_KIND, WITNESS_KIND = b"\x01", b"\x04"


@dataclass(frozen=True)
class Remembered:
    """A log's key line and the largest head that was cosigned; size 0 before the first."""

    vkey: str
    size: int = 0
    root: bytes = b""


@dataclass(frozen=True)
class Judged:
    """The answer, and what is remembered from now on (None: nothing changes)."""

    status: int
    body: str
    content_type: str = "text/plain; charset=utf-8"
    origin: str = ""
    remembered: Remembered | None = None


@dataclass(frozen=True)
class _Asked:
    old: int
    proof: tuple[bytes, ...]
    body: str
    signatures: tuple[str, ...]
    origin: str
    size: int
    root: bytes


def judge(
    request: bytes, *, known: Callable[[str], Remembered | None], private: Ed25519PrivateKey, seconds: int
) -> Judged:
    """Judge one request at a moment (POSIX seconds)."""
    try:
        asked = _read(request)
    except ValueError:
        return Judged(400, "unreadable\n")
    log = known(asked.origin)
    if log is None:
        return Judged(404, "unknown log\n")
    if not _is_signed(asked, log.vkey):
        return Judged(403, "not signed by this log\n")
    if asked.old > asked.size:
        return Judged(400, "old size is larger than the checkpoint\n")
    if asked.old != log.size:
        return Judged(409, f"{log.size}\n", SIZE_TYPE)
    if asked.old == asked.size and log.size and asked.root != log.root:
        return Judged(409, f"{log.size}\n", SIZE_TYPE)
    if not grew(asked.proof, asked.old, log.root, asked.size, asked.root):
        return Judged(422, "the proof does not show growth\n")
    line = cosignature(private, asked.body, seconds)
    return Judged(200, line, origin=asked.origin, remembered=Remembered(log.vkey, asked.size, asked.root))


def grew(proof: Sequence[bytes], old: int, old_root: bytes, size: int, root: bytes) -> bool:
    """Whether the tree of `old` leaves is the beginning of the tree of `size` (RFC 9162 §2.1.4.2)."""
    if old in (0, size):
        return not proof and (old == 0 or old_root == root)
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        return False
    position, last = old - 1, size - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    first = second = path[0]
    for step in path[1:]:
        if last == 0:
            return False
        if position & 1 or position == last:
            first, second = _node(step, first), _node(step, second)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            second = _node(second, step)
        position, last = position >> 1, last >> 1
    return first == old_root and second == root and last == 0


def witness_key() -> Ed25519PrivateKey:
    """The key of the stand-in: the same everywhere, because it vouches for nothing."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(b"demeu sandbox witness").digest())


def witness_vkey(private: Ed25519PrivateKey) -> str:
    """The key in one line: name+hash+base64(0x04 ‖ key)."""
    public = WITNESS_KIND + private.public_key().public_bytes_raw()
    return f"{NAME}+{_id(NAME, public).hex()}+{base64.b64encode(public).decode()}"


def cosignature(private: Ed25519PrivateKey, body: str, seconds: int) -> str:
    """The line of a cosignature/v1 over a checkpoint's body."""
    signed = private.sign(f"cosignature/v1\ntime {seconds}\n{body}".encode())
    key_id = _id(NAME, WITNESS_KIND + private.public_key().public_bytes_raw())
    return f"\u2014 {NAME} {base64.b64encode(key_id + seconds.to_bytes(8, 'big') + signed).decode()}\n"


def _read(request: bytes) -> _Asked:
    head, separator, note = request.decode().partition("\n\n")
    body, second, signatures = note.partition("\n\n")
    lines = head.split("\n")
    if not separator or not second or not lines[0].startswith("old ") or len(lines) > PROOF_LINES_MAX + 1:
        raise ValueError("unreadable")
    origin, size, root = body.split("\n")[:3]
    return _Asked(
        _number(lines[0][4:]),
        tuple(_hash(line) for line in lines[1:]),
        body + "\n",
        tuple(signatures.splitlines()),
        origin,
        _number(size),
        _hash(root),
    )


def _is_signed(asked: _Asked, vkey: str) -> bool:
    name, key_hash, encoded = vkey.split("+", 2)
    public = base64.b64decode(encoded)
    if name != asked.origin or public[:1] != LOG_KIND or _id(name, public).hex() != key_hash:
        return False
    key = Ed25519PublicKey.from_public_bytes(public[1:])
    for line in asked.signatures:
        parts = line.split(" ")
        if len(parts) != 3 or parts[:2] != ["\u2014", name]:
            continue
        try:
            raw = base64.b64decode(parts[2], validate=True)
            if raw[:4] == bytes.fromhex(key_hash):
                key.verify(raw[4:], asked.body.encode())
                return True
        except (binascii.Error, InvalidSignature):
            continue
    return False


def _number(text: str) -> int:
    number = int(text)
    if str(number) != text or number < 0:
        raise ValueError("not a plain number")
    return number


def _hash(text: str) -> bytes:
    found = base64.b64decode(text, validate=True)
    if len(found) != 32:
        raise ValueError("not a hash")
    return found


def _id(name: str, public: bytes) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + public).digest()[:4]


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()
