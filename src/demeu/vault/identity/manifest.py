"""The canonical manifest: one line a file with its SHA-256, so that a short text stands for documents of any size.

Pure. Same files, same bytes: lines are ordered by name and written in one way only; reading accepts nothing else.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

FIRST_LINE = "demeu:manifest:1"
FILES_MAX = 1000
NAME_CHARS_MAX = 200
_LINE = re.compile(r"([0-9a-f]{64}) (0|[1-9][0-9]{0,17}) ([^\x00-\x1f\x7f-\x9f\u2028\u2029]{1,200})")
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One file: its name (no control characters), size in bytes, SHA-256 in lower-case hex."""

    name: str
    size_bytes: int
    sha256: str


def write_manifest(entries: Iterable[Entry]) -> str:
    """The canonical text. Raises ValueError for none, too many, or a name that stands twice or cannot be written."""
    ordered = sorted(entries)
    text = "".join([f"{FIRST_LINE}\n", *(f"{one.sha256} {one.size_bytes} {one.name}\n" for one in ordered)])
    read_manifest(text)
    return text


def read_manifest(text: str) -> tuple[Entry, ...]:
    """The entries of a canonical text. Raises ValueError for any text that `write_manifest` would not have written."""
    first, *lines = text.split("\n")
    if first != FIRST_LINE or len(lines) < 2 or lines.pop() != "" or len(lines) > FILES_MAX:
        raise ValueError("not a manifest")
    found: list[Entry] = []
    for line in lines:
        match = _LINE.fullmatch(line)
        if match is None or match[3] != match[3].strip():
            raise ValueError("a line that is not canonical")
        found.append(Entry(match[3], int(match[2]), match[1]))
    names = [one.name for one in found]
    if names != sorted(set(names)):
        raise ValueError("names are not in order, or one stands twice")
    return tuple(found)


def entry_of(name: str, content: BinaryIO) -> Entry:
    """The entry of a file, read in pieces: its size does not matter."""
    digest, size = hashlib.sha256(), 0
    while piece := content.read(_CHUNK):
        digest.update(piece)
        size += len(piece)
    return Entry(name, size, digest.hexdigest())


def differences(signed: Iterable[Entry], present: Iterable[Entry]) -> tuple[str, ...]:
    """Names that are changed, missing or not in the manifest, in order; empty when all is as it was signed."""
    return tuple(sorted({one.name for one in set(signed) ^ set(present)}))
