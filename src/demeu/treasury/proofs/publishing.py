"""The public files of the log, written from the database: bundles and tiles first, the checkpoint last.

Each file appears whole (written aside, then renamed); after a crash the next run writes what is missing.
"""

import os
import shutil
from pathlib import Path

from django.conf import settings

from demeu.treasury.proofs.keys import log_note_key
from demeu.treasury.proofs.notes import NoteError, open_checkpoint
from demeu.treasury.proofs.queries import cosigned_text, latest_head, tile_entries, tile_hashes
from demeu.treasury.proofs.tiles import ENTRIES, WIDTH, pack_entries, tile_path, tiles_between


def log_folder() -> Path:
    """Where the public files lie."""
    return Path(settings.DEMEU_TREASURY_LOG)


def publish_files() -> None:
    """Write every file between the published head and the newest one. Call under the sequencer's lock."""
    folder, head = log_folder(), latest_head()
    if head is None:
        return
    published = _published_size(folder)
    if published < head.size:
        _write_tiles(folder, published, head.size)
        _write(folder / "key", (log_note_key().vkey + "\n").encode())
    text = cosigned_text(head).encode()
    if published < head.size or _read(folder / "checkpoint") != text:
        _write(folder / "checkpoint", text)


def _write_tiles(folder: Path, published: int, size: int) -> None:
    """Bundles and tiles of the leaves [published, size)."""
    for number, width in tiles_between(published, size):
        _write_tile(folder, ENTRIES, number, width, pack_entries(tile_entries(number, width)))
    level, before, count = 0, published, size
    while count:
        for number, width in tiles_between(before, count):
            _write_tile(folder, level, number, width, b"".join(tile_hashes(level, number)[:width]))
        level, before, count = level + 1, before // WIDTH, count // WIDTH


def _published_size(folder: Path) -> int:
    """The size that the public checkpoint says; 0 when there is none or it is not ours: then all is written anew."""
    try:
        return open_checkpoint((folder / "checkpoint").read_text(), log_note_key()).size
    except (OSError, NoteError):
        return 0


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _write_tile(folder: Path, level: int | str, number: int, width: int, content: bytes) -> None:
    _write(folder / tile_path(level, number, width), content)
    if width == WIDTH:
        shutil.rmtree(folder / (tile_path(level, number) + ".p"), ignore_errors=True)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    with aside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    aside.replace(path)
