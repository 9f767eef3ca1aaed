"""Secrets that a process makes at its first start, in a file of mode 600."""

import os
from pathlib import Path


def place_once(path: Path, content: bytes) -> None:
    """Put a new secret at `path`, whole or not at all; of two makers at once the first wins."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    own = path.with_name(f".{path.name}.{os.getpid()}")
    own.touch(mode=0o600)
    own.write_bytes(content)
    try:
        os.link(own, path)
    except FileExistsError:
        pass
    finally:
        own.unlink()
