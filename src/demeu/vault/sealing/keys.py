"""The file of field keys: made at first start with mode 600, read again when it changes; never in a database or a log.

Form: {"fields": {name: {"current": id, "keys": {id: base64}}}, "blind": {name: base64}}.
"""

import base64
import fcntl
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from demeu.vault.sealing.fields import BLIND_FIELDS, SEALED_FIELDS

KEY_BYTES = 32
KEY_ID_BYTES = 4
LOOK_AGAIN_S = 1.0


@dataclass(frozen=True)
class FieldKeys:
    """The keys of one field: all that may open, and the one that seals."""

    current: str
    keys: dict[str, bytes]


@dataclass(frozen=True)
class KeyFile:
    """All keys of this installation."""

    fields: dict[str, FieldKeys]
    blind: dict[str, bytes]


def field_keys() -> KeyFile:
    """The keys of the configured file, at most a second old; missing ones are made first."""
    return _looked_up(str(settings.DEMEU_VAULT_FIELD_KEYS), int(time.monotonic() / LOOK_AGAIN_S))


def field_keys_anew() -> KeyFile:
    """The keys as they stand in the file now: asked when a ciphertext names a key that is not known yet."""
    _looked_up.cache_clear()
    return field_keys()


def open_key_file(path: Path) -> KeyFile:
    """Read the file, adding a key for every listed field that has none. Safe when several processes start at once."""
    with _held(path) as content:
        if _add_missing(content):
            _write(path, content)
    return _parsed(content)


def add_key(path: Path, field: str) -> str:
    """A fresh key for this field; from now on it seals, and all older ones still open. Its id."""
    with _held(path) as content:
        identifier = secrets.token_hex(KEY_ID_BYTES)
        content["fields"][field]["keys"][identifier] = _fresh()
        content["fields"][field]["current"] = identifier
        _write(path, content)
    field_keys_anew()
    return identifier


def retire_keys(path: Path, field: str) -> int:
    """Remove all keys of the field but the current one: what is sealed under them never opens again. How many."""
    with _held(path) as content:
        entry = content["fields"][field]
        old = [name for name in entry["keys"] if name != entry["current"]]
        entry["keys"] = {entry["current"]: entry["keys"][entry["current"]]}
        _write(path, content)
    field_keys_anew()
    return len(old)


@lru_cache(maxsize=2)
def _looked_up(path: str, _moment: int) -> KeyFile:
    """Asked for on every seal and open, so that within one moment it costs one look into a cache."""
    file = Path(path)
    return _as_of(path, file.stat().st_mtime_ns if file.exists() else 0)


@lru_cache(maxsize=2)
def _as_of(path: str, _changed_ns: int) -> KeyFile:
    return open_key_file(Path(path))


@contextmanager
def _held(path: Path) -> Iterator[dict[str, Any]]:
    """The content of the file, with every other process kept waiting."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = path.with_suffix(".lock")
    lock.touch(mode=0o600)
    with lock.open() as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield json.loads(path.read_text()) if path.exists() else {"fields": {}, "blind": {}}


def _add_missing(content: dict[str, Any]) -> bool:
    missing = [name for name in SEALED_FIELDS if name not in content["fields"]]
    blind = [name for name in BLIND_FIELDS if name not in content["blind"]]
    for name in missing:
        identifier = secrets.token_hex(KEY_ID_BYTES)
        content["fields"][name] = {"current": identifier, "keys": {identifier: _fresh()}}
    for name in blind:
        content["blind"][name] = _fresh()
    return bool(missing or blind)


def _fresh() -> str:
    return base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()


def _write(path: Path, content: dict[str, Any]) -> None:
    """Replace the file in one step, so that a crash leaves the old one whole."""
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    fresh.touch(mode=0o600)
    fresh.write_text(json.dumps(content, indent=1, sort_keys=True))
    fresh.replace(path)


def _parsed(content: dict[str, Any]) -> KeyFile:
    fields = {
        name: FieldKeys(entry["current"], {key: base64.b64decode(text) for key, text in entry["keys"].items()})
        for name, entry in content["fields"].items()
    }
    return KeyFile(fields, {name: base64.b64decode(text) for name, text in content["blind"].items()})
