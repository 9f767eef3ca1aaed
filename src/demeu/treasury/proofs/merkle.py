"""Merkle tree of RFC 6962 §2.1 with SHA-256: roots, proofs of inclusion and of growth, verification. Pure.

Hashes are 32 bytes. `NodeReader(level, index)` gives the root of the complete subtree over the leaves
[index·2^level, (index+1)·2^level).
"""

import hashlib
from collections.abc import Callable, Sequence

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()

NodeReader = Callable[[int, int], bytes]


class ProofError(ValueError):
    """A proof, root or range that cannot be right; the message says why."""


def leaf_hash(entry: bytes) -> bytes:
    """RFC 6962: SHA-256(0x00 ‖ entry)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 6962: SHA-256(0x01 ‖ left ‖ right)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def complete_root(hashes: Sequence[bytes]) -> bytes:
    """The root over 2^k hashes."""
    level = list(hashes)
    while len(level) > 1:
        level = [node_hash(level[at], level[at + 1]) for at in range(0, len(level), 2)]
    return level[0]


def range_root(read: NodeReader, low: int, high: int) -> bytes:
    """MTH over the leaves [low, high); `low` must be a multiple of the largest power of two not above the length."""
    length = high - low
    if length == 0:
        return EMPTY_ROOT
    if length & (length - 1) == 0:
        level = length.bit_length() - 1
        return read(level, low >> level)
    split = 1 << (length - 1).bit_length() - 1
    return node_hash(range_root(read, low, low + split), range_root(read, low + split, high))


def inclusion_proof(read: NodeReader, index: int, size: int) -> list[bytes]:
    """PATH(index, D[size]) of RFC 6962 §2.1.1, from the leaf's sibling up."""
    if not 0 <= index < size:
        raise ProofError(f"index {index} is outside a tree of {size}")
    path: list[bytes] = []
    low, high = 0, size
    while high - low > 1:
        split = low + (1 << (high - low - 1).bit_length() - 1)
        if index < split:
            path.append(range_root(read, split, high))
            high = split
        else:
            path.append(range_root(read, low, split))
            low = split
    return path[::-1]


def consistency_proof(read: NodeReader, old: int, size: int) -> list[bytes]:
    """PROOF(old, D[size]) of RFC 6962 §2.1.2: that the tree of `old` leaves is the beginning of the tree of `size`."""
    if not 0 < old <= size:
        raise ProofError(f"a tree of {size} has no beginning of {old}")
    path: list[bytes] = []
    low, high = 0, size
    while high > old:
        split = low + (1 << (high - low - 1).bit_length() - 1)
        if old <= split:
            path.append(range_root(read, split, high))
            high = split
        else:
            path.append(range_root(read, low, split))
            low = split
    if low:
        path.append(range_root(read, low, high))
    return path[::-1]


def root_from_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes:
    """The root that follows from a leaf hash and its proof (RFC 9162 §2.1.3.2); raises `ProofError`."""
    if not 0 <= index < size:
        raise ProofError(f"index {index} is outside a tree of {size}")
    position, last, found = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            raise ProofError("the proof is too long")
        if position & 1 or position == last:
            found = node_hash(sibling, found)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        position, last = position >> 1, last >> 1
    if last != 0:
        raise ProofError("the proof is too short")
    return found


def reader_over(leaves: Sequence[bytes]) -> NodeReader:
    """A node reader over leaf hashes held in memory."""

    def read(level: int, index: int) -> bytes:
        return complete_root(leaves[index << level : (index + 1) << level])

    return read
