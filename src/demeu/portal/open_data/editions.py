"""Folders of editions under the platform's own data: written apart, then put in place in one step; old ones go.

`DEMEU_VAR/open-data/<edition>/` holds the files with `manifest.json`; `DEMEU_VAR/open-data/latest` names the newest.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

KEPT = 7
MANIFEST, LATEST = "manifest.json", "latest"
BLOCK = 1 << 20
MEDIA_TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml",
    ".zip": "application/zip",
    "": "text/plain; charset=utf-8",
}


@dataclass(frozen=True)
class Written:
    """One file of an edition."""

    name: str
    bytes: int
    sha256: str
    rows: int | None

    @property
    def media_type(self) -> str:
        """By the end of its name."""
        return MEDIA_TYPES[Path(self.name).suffix]


@dataclass(frozen=True)
class Edition:
    """The files of one run."""

    name: str
    made_at: datetime
    files: tuple[Written, ...]

    def file(self, name: str) -> Written | None:
        """A file of this edition by its name; None for any other name."""
        return next((one for one in self.files if one.name == name), None)


def home() -> Path:
    """Where editions are kept."""
    return Path(settings.DEMEU_VAR) / "open-data"


def write_edition(made_at: datetime, write: Callable[[Path], Mapping[str, int | None]]) -> Edition:
    """Let `write` fill a folder (it says file → rows), then make it the newest edition."""
    name = f"{made_at:%Y%m%dT%H%M%SZ}"
    part = home() / f".{name}.part"
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    rows = write(part)
    edition = Edition(name, made_at, tuple(described(part / file, count) for file, count in rows.items()))
    (part / MANIFEST).write_text(json.dumps(_told(edition), indent=1), encoding="utf-8")
    final = home() / name
    shutil.rmtree(final, ignore_errors=True)
    part.rename(final)
    pointer = home() / f".{LATEST}.part"
    pointer.write_text(name)
    pointer.replace(home() / LATEST)
    _forget_old()
    return edition


def described(path: Path, rows: int | None) -> Written:
    """Size and hash of a file."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return Written(path.name, path.stat().st_size, digest.hexdigest(), rows)


def _told(edition: Edition) -> dict[str, Any]:
    return {
        "edition": edition.name,
        "made_at": edition.made_at.isoformat(),
        "files": [
            {"name": one.name, "bytes": one.bytes, "sha256": one.sha256, "rows": one.rows} for one in edition.files
        ],
    }


def edition(name: str = "") -> Edition | None:
    """A kept edition by its name, or the newest; None when there is none."""
    pointer = home() / LATEST
    wanted = name or (pointer.read_text().strip() if pointer.exists() else "")
    if not wanted.isalnum():
        return None
    try:
        told = json.loads((home() / wanted / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    files = tuple(Written(**one) for one in told["files"])
    return Edition(told["edition"], datetime.fromisoformat(told["made_at"]), files)


def kept() -> list[str]:
    """Names of the editions that are kept, the newest first."""
    return sorted((path.name for path in home().glob("[0-9]*Z") if path.is_dir()), reverse=True)


def _forget_old() -> None:
    for name in kept()[KEPT:]:
        shutil.rmtree(home() / name, ignore_errors=True)
