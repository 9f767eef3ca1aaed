"""ClamAV where it is present: a file is clean only when the scanner says so."""

import shutil
import subprocess
from functools import lru_cache

from demeu.kernel.errors import unavailable

TIME_LIMIT_S = 60
CLEAN, INFECTED = 0, 1


@lru_cache(maxsize=1)
def clamav() -> str | None:
    """The path of clamdscan; None when this machine has none and the built-in scan must do."""
    return shutil.which("clamdscan")


def is_clean(program: str, content: bytes) -> bool:
    """Ask the scanner. Refuses `document.scanner_silent` when it does not answer: nothing is clean by default."""
    try:
        done = subprocess.run(
            [program, "--no-summary", "-"], input=content, capture_output=True, timeout=TIME_LIMIT_S, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        raise unavailable("document.scanner_silent") from None
    if done.returncode not in (CLEAN, INFECTED):
        raise unavailable("document.scanner_silent")
    return done.returncode == CLEAN
