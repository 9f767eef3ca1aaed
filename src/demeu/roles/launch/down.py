"""Stops a running platform from another terminal, and removes what a platform made."""

import os
import shutil
import signal
import time
from collections.abc import Mapping
from pathlib import Path
from threading import Event

from demeu.roles.launch.folders import Folders, folders_from
from demeu.roles.launch.runfile import is_locked, launcher_pid
from demeu.roles.launch.screen import console
from demeu.roles.launch.trouble import CannotStart

STOP_S_MAX = 60.0
PAUSE_S = 0.1


def stop_running(folders: Folders) -> bool:
    """Asks the launcher to stop and waits until it is gone; false when none runs."""
    pid = launcher_pid(folders)
    if pid is None:
        return False
    os.kill(pid, signal.SIGTERM)
    deadline, pause = time.monotonic() + STOP_S_MAX, Event()
    while is_locked(folders):
        if time.monotonic() > deadline:
            raise CannotStart(f"The platform (pid {pid}) does not stop.", f"kill -9 {pid}")
        pause.wait(PAUSE_S)
    return True


def down(environment: Mapping[str, str]) -> None:
    """Stops the platform of this checkout."""
    folders = folders_from(environment)
    console.print("Demeu has stopped." if stop_running(folders) else "Demeu was not running.")


def reset(environment: Mapping[str, str]) -> None:
    """Removes ``var`` and, if it was used, ``/var/lib/demeu/<12 hex>``. An operator's own databases are left alone."""
    folders = folders_from(environment)
    stop_running(folders)
    for folder in (folders.var, folders.elsewhere):
        if folder.exists():
            remove(folder)
            console.print(f"Removed {folder}")
    if folders.elsewhere.parent.is_dir() and not any(folders.elsewhere.parent.iterdir()):
        folders.elsewhere.parent.rmdir()


def remove(folder: Path) -> None:
    """Removes a folder of ours; refuses with a fix when parts belong to another user."""
    try:
        shutil.rmtree(folder)
    except PermissionError as error:
        raise CannotStart(
            f"{error.filename} belongs to another user.", "Run `make reset` as the user who started Demeu."
        ) from None
