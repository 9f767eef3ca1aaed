"""Folders that appear whole or not at all, so that a crash leaves nothing half-written under a name that is read."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def is_taken(out: Path) -> bool:
    """Whether something is there that writing would replace, or a mount point, which nothing can take the place of."""
    return out.exists() and (not out.is_dir() or out.is_mount() or any(out.iterdir()))


@contextmanager
def whole_folder(out: Path) -> Iterator[Path]:
    """A folder beside `out` that takes its place when everything is written, and vanishes when anything fails."""
    out.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        folder.chmod(0o755)
        yield folder
        folder.replace(out)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
