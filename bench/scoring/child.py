"""A program run as a child and measured: seconds of the whole process, its processor time and its peak memory."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demeu.roles.launch.live import clean_environment

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / "bench" / "peers"
DEMEU = (sys.executable, "-m", "demeu")
PEER = (str(PEERS / ".venv" / "bin" / "python"),)
NOT_OURS = ("PYTHONDONTWRITEBYTECODE", "UV_PROJECT_ENVIRONMENT")
WATCH = Path(__file__).with_name("watch.py")


@dataclass(frozen=True)
class Ran:
    """`peak_mib`: of the largest process among it and its children. `said`: standard output."""

    seconds: float
    cpu_s: float
    peak_mib: float
    said: str

    @property
    def told(self) -> dict[str, Any]:
        """What it said, as JSON."""
        return dict(json.loads(self.said))


def environment() -> dict[str, str]:
    """As on a server: Python may keep what it compiled, and no setting of a platform or of make is seen."""
    return {name: value for name, value in clean_environment().items() if name not in NOT_OURS}


def run(command: Sequence[str | Path]) -> Ran:
    """Runs to the end; raises with the last words when it fails."""
    with tempfile.NamedTemporaryFile(mode="r+") as measured:
        watched = [sys.executable, "-I", "-S", str(WATCH), measured.name, *(str(part) for part in command)]
        done = subprocess.run(watched, env=environment(), capture_output=True, text=True, check=False)
        if done.returncode:
            words = " ".join(watched[5:])
            raise RuntimeError(f"{words}\nended with {done.returncode}: {done.stderr[-2000:]}")
        return Ran(said=done.stdout, **json.load(measured))


def make_peers() -> None:
    """The rivals' own virtual environment, made or brought up to date from its lock file."""
    uv = ROOT / ".venv-boot" / "bin" / "uv"
    command = [
        str(uv),
        "sync",
        "--quiet",
        "--frozen",
        "--compile-bytecode",
        "--project",
        str(PEERS),
        "--python",
        sys.executable,
    ]
    subprocess.run(command, env=environment(), check=True)


def forget(folder: Path) -> None:
    """Drops the files of a folder from the page cache, as far as the system permits."""
    for file in folder.rglob("*.parquet"):
        with file.open("rb") as opened:
            os.fsync(opened.fileno())
            os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
