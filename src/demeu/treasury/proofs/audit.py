"""Walking a whole log in a folder: every entry and every tile, against the signed checkpoint. Reads files only.

A root check alone misses changed bytes in tiles that the root no longer needs; so every byte is recomputed.
"""

from dataclasses import dataclass
from pathlib import Path

from demeu.treasury.proofs.merkle import ProofError, complete_root, leaf_hash, range_root
from demeu.treasury.proofs.notes import NoteKey, open_checkpoint
from demeu.treasury.proofs.tiles import (
    ENTRIES,
    HEIGHT,
    WIDTH,
    pack_entries,
    split_hashes,
    tile_path,
    tiles_between,
    unpack_entries,
)


@dataclass(frozen=True)
class Audited:
    """A log found right."""

    size: int
    root: bytes
    tiles: int


def audit_folder(folder: Path, key: NoteKey) -> Audited:
    """Recompute the log from its entries. Raises `ProofError` or `NoteError` naming the first file that is wrong."""
    checkpoint = open_checkpoint(_read(folder, "checkpoint").decode(errors="replace"), key)
    tiles = 0
    hashes = _entry_hashes(folder, checkpoint.size)
    level, count = 0, checkpoint.size
    levels: list[list[bytes]] = []
    while count:
        levels.append(hashes)
        for number, width in tiles_between(0, count):
            _check_tile(folder, level, number, hashes[number * WIDTH : number * WIDTH + width])
            tiles += 1
        hashes = [complete_root(hashes[at : at + WIDTH]) for at in range(0, count - count % WIDTH, WIDTH)]
        level, count = level + 1, count // WIDTH
    root = range_root(lambda height, index: _node(levels, height, index), 0, checkpoint.size)
    if root != checkpoint.root:
        raise ProofError("the entries do not give the root that the checkpoint signs")
    return Audited(checkpoint.size, root, tiles)


def _node(levels: list[list[bytes]], height: int, index: int) -> bytes:
    tile_level, rest = divmod(height, HEIGHT)
    return complete_root(levels[tile_level][index << rest : (index + 1) << rest])


def _entry_hashes(folder: Path, size: int) -> list[bytes]:
    hashes: list[bytes] = []
    for number, width in tiles_between(0, size):
        path = tile_path(ENTRIES, number, width)
        bundle = _read(folder, path)
        entries = unpack_entries(bundle)
        if len(entries) != width:
            raise ProofError(f"{path}: {len(entries)} entries instead of {width}")
        for older, older_width in _partials(folder, ENTRIES, number):
            if older.read_bytes() != pack_entries(entries[:older_width]):
                raise ProofError(f"{older.relative_to(folder)}: differs from {path}")
        hashes.extend(leaf_hash(entry) for entry in entries)
    return hashes


def _check_tile(folder: Path, level: int, number: int, expected: list[bytes]) -> None:
    """Compare a tile with what the entries give; older partial files of the same tile must be its beginning."""
    path = tile_path(level, number, len(expected))
    if split_hashes(_read(folder, path)) != expected:
        raise ProofError(f"{path}: differs from what the entries give")
    for older, width in _partials(folder, level, number):
        if split_hashes(older.read_bytes()) != expected[:width]:
            raise ProofError(f"{older.relative_to(folder)}: differs from what the entries give")


def _partials(folder: Path, level: int | str, number: int) -> list[tuple[Path, int]]:
    """Partial files of a tile with their widths: earlier states that are still served."""
    found = sorted((folder / (tile_path(level, number) + ".p")).glob("*"))
    for older in found:
        if not (older.name.isdigit() and 0 < int(older.name) < WIDTH):
            raise ProofError(f"{older.relative_to(folder)}: is not a partial tile")
    return [(older, int(older.name)) for older in found]


def _read(folder: Path, path: str) -> bytes:
    try:
        return (folder / path).read_bytes()
    except OSError:
        raise ProofError(f"{path}: is missing") from None
