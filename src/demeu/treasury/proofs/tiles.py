"""Where tiles and entry bundles lie and how bundles are packed (C2SP tlog-tiles, tile height 8). Pure."""

from collections.abc import Iterator, Sequence

from demeu.treasury.proofs.merkle import HASH_BYTES, ProofError

WIDTH = 256
HEIGHT = 8
ENTRIES = "entries"
LEVEL_MAX = 5


def number_path(number: int) -> str:
    """1234067 → x001/x234/067."""
    groups = [f"{number % 1000:03d}"]
    while number >= 1000:
        number //= 1000
        groups.insert(0, f"x{number % 1000:03d}")
    return "/".join(groups)


def tile_path(level: int | str, number: int, width: int = WIDTH) -> str:
    """Path of a tile or bundle below the log's folder; a partial one ends in .p/WIDTH."""
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{level}/{number_path(number)}{partial}"


def tiles_between(count_before: int, count: int) -> Iterator[tuple[int, int]]:
    """(number, width) of the tiles that hold positions [count_before, count) at one level, as they stand at `count`."""
    for number in range(count_before // WIDTH, (count + WIDTH - 1) // WIDTH):
        yield number, min(WIDTH, count - number * WIDTH)


def pack_entries(entries: Sequence[bytes]) -> bytes:
    """Entries one after another, each with its length in two bytes before it (big-endian)."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)


def unpack_entries(bundle: bytes) -> list[bytes]:
    """The entries of a bundle; raises `ProofError` when it does not end where an entry ends."""
    entries, at = [], 0
    while at < len(bundle):
        length = int.from_bytes(bundle[at : at + 2], "big")
        entry = bundle[at + 2 : at + 2 + length]
        if at + 2 > len(bundle) or len(entry) != length:
            raise ProofError("an entry bundle is cut short")
        entries.append(entry)
        at += 2 + length
    return entries


def split_hashes(tile: bytes) -> list[bytes]:
    """The hashes of a tile; raises `ProofError` when its length is not a multiple of 32."""
    if len(tile) % HASH_BYTES:
        raise ProofError("a tile's length is not a multiple of 32")
    return [tile[at : at + HASH_BYTES] for at in range(0, len(tile), HASH_BYTES)]
