"""A platform on a small disk that fills up under load; prints how each request ended. Run by `test_disk_full`.

Runs in a mount namespace of its own: the small disk is a file system in memory that nobody else sees.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from threading import Event

from asking_under_fault import Asker, missing

from demeu.roles.launch.live import LivePlatform

DISK_BYTES = 2200 * 2**20
ROOM, NEARLY_FULL = 0.15, 0.08
CALM_S, FULL_S = 2.0, 12.0
BLOCK_BYTES = 4096
BACK_S_MAX = 90.0


def fill(ballast: Path, share_left: float) -> None:
    """Makes a file of the size that leaves this share of the disk free, 0 for none."""
    ballast.touch()
    usage = shutil.disk_usage(ballast.parent)
    size = ballast.stat().st_size + usage.free - int(usage.total * share_left)
    with ballast.open("r+b") as file:
        if size < ballast.stat().st_size:
            file.truncate(size)
        step = size - ballast.stat().st_size
        while step > BLOCK_BYTES:  # others write meanwhile: what does not fit whole goes in by halves
            with suppress(OSError):
                os.posix_fallocate(file.fileno(), ballast.stat().st_size, step)
            step = min(step // 2, size - ballast.stat().st_size)


def main() -> None:
    """Calm, nearly full, full, mended; then how long until gifts are taken again."""
    folder = Path(tempfile.mkdtemp(prefix="demeu-disk-"))
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES},mode=711", "tmpfs", str(folder)], check=True)
    live, stop, ballast = LivePlatform(folder=folder), Event(), folder / "ballast"
    try:
        asker = Asker(live.start())

        def again() -> None:
            while not stop.is_set():
                asker.gift()
                stop.wait(0.05)

        with ThreadPoolExecutor(4) as pool:
            for _ in range(4):
                pool.submit(again)
            fill(ballast, ROOM)
            Event().wait(CALM_S)
            asker.phase = "calm"
            Event().wait(CALM_S)
            asker.phase = "filling"
            fill(ballast, NEARLY_FULL)
            Event().wait(CALM_S)
            asker.phase = "nearly full"
            asked = [(asker.state(gift), asker.page("/cases/")) for gift in asker.acknowledged[:10]]
            Event().wait(CALM_S)
            asker.phase = "emptying"
            fill(ballast, ROOM)
            Event().wait(CALM_S)
            asker.phase = "calm again"
            Event().wait(CALM_S)
            asker.phase = "filling"
            fill(ballast, 0)
            Event().wait(CALM_S)
            asker.phase = "full"
            Event().wait(FULL_S)
            ballast.unlink()
            asker.phase, mended = "after", time.monotonic()
            while time.monotonic() - mended < BACK_S_MAX and asker.gift() != 200:
                Event().wait(0.2)
            back_s = time.monotonic() - mended
            stop.set()
        lost, books = missing(live, asker.acknowledged), live.command("books", "check")
    finally:
        stop.set()
        live.remove()
        subprocess.run(["umount", "--lazy", str(folder)], check=False)
    said = [line for line in live.said if "again" in line or "cannot" in line]
    told = {
        "said": said,
        "back_s": back_s,
        "ends": asker.ends,
        "lost": lost,
        "asked": asked,
        "books": books.stdout + books.stderr if books.returncode else "",
    }
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main()
