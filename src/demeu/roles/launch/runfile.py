"""``var/run.json``: what runs where, for ``demeu down``, ``story`` and ``doctor``. It holds no secret.

A lock on ``var/lock`` says whether the platform runs at all: the kernel drops it when the launcher ends.
"""

import fcntl
import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from demeu.roles.launch.folders import Folders
from demeu.roles.launch.trouble import CannotStart


@dataclass
class Running:
    """One running platform: the launcher's pid, every process's pid, ports and addresses."""

    pid: int
    profile: str
    url: str
    urls: dict[str, str]
    ports: dict[str, int]
    ncalayer: str | None
    database_port: int | None
    database_folder: str | None
    pids: dict[str, int] = field(default_factory=dict)
    ready: bool = False

    def save(self, folders: Folders) -> None:
        """Replaces the file in one step, so that a reader never sees half of it."""
        new = folders.run_file.with_suffix(".new")
        new.write_text(json.dumps(asdict(self), indent=1))
        new.replace(folders.run_file)


def read_running(folders: Folders) -> Running | None:
    """The platform that runs on these folders now, or none."""
    if not is_locked(folders):
        return None
    try:
        return Running(**json.loads(folders.run_file.read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def lock_file(folders: Folders) -> Path:
    """The file whose lock means "runs"."""
    return folders.var / "lock"


def is_locked(folders: Folders) -> bool:
    """Whether some launcher holds the lock of these folders."""
    try:
        with lock_file(folders).open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def take_lock(folders: Folders) -> IO[str]:
    """Holds the lock until the returned file is closed; refuses when the platform already runs."""
    file = lock_file(folders).open("w")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        file.close()
        running = read_running(folders)
        where = f" at {running.url}" if running else ""
        raise CannotStart(
            f"Demeu already runs from {folders.var}{where}.", "Use it, or stop it with `make down`."
        ) from None
    file.write(str(os.getpid()))
    file.flush()
    return file


def launcher_pid(folders: Folders) -> int | None:
    """The pid of the launcher that holds the lock."""
    text = lock_file(folders).read_text() if is_locked(folders) else ""
    return int(text) if text.isdigit() else None
