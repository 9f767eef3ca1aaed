"""Room on the disks that keep what we acknowledge. Intake stops early, so that what was taken in can be finished."""

import shutil
import time
from pathlib import Path

from django.conf import settings

from demeu.kernel.errors import unavailable
from demeu.kernel.metrics import DISK_FREE_SHARE

FREE_SHARE_MIN = 0.10
# A large disk has room enough long before a tenth of it is free.
FREE_BYTES_ENOUGH = 5 * 2**30
LOOKED_FOR_S = 1.0

_seen: dict[Path, tuple[float, bool]] = {}


def has_room(folder: Path) -> bool:
    """Whether the disk of `folder` has a tenth free, or 5 GiB; looked at once a second at most."""
    at, found = _seen.get(folder, (0.0, True))
    if time.monotonic() - at < LOOKED_FOR_S:
        return found
    usage = shutil.disk_usage(folder)
    share = usage.free / usage.total
    DISK_FREE_SHARE.labels(folder=str(folder)).set(share)
    found = share >= FREE_SHARE_MIN or usage.free >= FREE_BYTES_ENOUGH
    _seen[folder] = (time.monotonic(), found)
    return found


def intake_is_open() -> bool:
    """Whether every watched disk has room. A folder that this user cannot see is not ours to watch."""
    return all(has_room(folder) for folder in settings.DEMEU_DISKS if folder.is_dir())


def require_room() -> None:
    """Take nothing new in while a disk is nearly full. Refuses `intake.disk_nearly_full`."""
    if not intake_is_open():
        raise unavailable("intake.disk_nearly_full")
