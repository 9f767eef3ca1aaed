"""The text of a proof of inclusion (C2SP tlog-proof v1): writing and reading. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from demeu.treasury.proofs.base64_text import decode, encode
from demeu.treasury.proofs.merkle import HASH_BYTES, ProofError

FIRST_LINE = "c2sp.org/tlog-proof@v1"


@dataclass(frozen=True)
class Proof:
    """Index, path, the signed checkpoint, and opaque extra (base64) that is not itself authenticated."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: str
    extra: str = ""


def write_proof(index: int, path: Sequence[bytes], checkpoint: str, extra: str = "") -> str:
    """The proof as text."""
    lines = [FIRST_LINE, *([f"extra {extra}"] if extra else []), f"index {index}"]
    lines += [encode(sibling) for sibling in path]
    return "\n".join(lines) + "\n\n" + checkpoint


def read_proof(text: str) -> Proof:
    """A proof from its text; raises `ProofError`."""
    head, separator, checkpoint = text.partition("\n\n")
    lines = head.split("\n")
    if not separator or lines[0] != FIRST_LINE:
        raise ProofError("this is not a tlog-proof of version 1")
    extra = lines.pop(1)[len("extra ") :] if len(lines) > 1 and lines[1].startswith("extra ") else ""
    if len(lines) < 2 or not lines[1].startswith("index "):
        raise ProofError("the proof has no index")
    number = lines[1][len("index ") :]
    if not (number.isascii() and number.isdigit() and str(int(number)) == number):
        raise ProofError("the proof's index is not a plain number")
    return Proof(int(number), tuple(_hash(line) for line in lines[2:]), checkpoint, extra)


def _hash(line: str) -> bytes:
    try:
        found = decode(line)
    except ValueError:
        raise ProofError("a hash of the proof is not base64") from None
    if len(found) != HASH_BYTES:
        raise ProofError("a hash of the proof is not 32 bytes")
    return found
