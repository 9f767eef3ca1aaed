"""A program run as a child and measured: seconds of the whole process, its processor time and its peak memory."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from demeu.roles.launch.live import clean_environment

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / "bench" / "peers"
DEMEU = (sys.executable, "-m", "demeu")
PEER = (str(PEERS / ".venv" / "bin" / "python"),)
KIB = 1024


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


def run(command: Sequence[str | Path]) -> Ran:
    """Runs to the end; raises with the last words when it fails. Nothing large may be loaded here: a child inherits
    the peak of its parent.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        began = time.perf_counter()
        process = subprocess.Popen([str(part) for part in command], stdout=out, stderr=err, env=clean_environment())
        _pid, status, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        if process.returncode:
            raise RuntimeError(f"{command} ended with {process.returncode}: {err.read().decode()[-2000:]}")
        return Ran(seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / KIB, out.read().decode())


def make_peers() -> None:
    """The rivals' own virtual environment, made or brought up to date from its lock file."""
    environment = {name: value for name, value in clean_environment().items() if name != "UV_PROJECT_ENVIRONMENT"}
    uv = ROOT / ".venv-boot" / "bin" / "uv"
    command = [str(uv), "sync", "--quiet", "--frozen", "--project", str(PEERS), "--python", sys.executable]
    subprocess.run(command, env=environment, check=True)


def forget(folder: Path) -> None:
    """Drops the files of a folder from the page cache, as far as the system permits."""
    for file in folder.rglob("*.parquet"):
        with file.open("rb") as opened:
            os.fsync(opened.fileno())
            os.posix_fadvise(opened.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
