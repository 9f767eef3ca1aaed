"""A worker at a quick pace and a job that holds on until it is let go; the tests of working start and kill it."""

from pathlib import Path

from demeu.kernel.jobs import task
from demeu.kernel.testing import wait_until
from demeu.kernel.working import Pace, work

QUEUE = "holding"
QUICK = Pace(heartbeat_s=0.3, dead_after_s=2.0, look_s=0.3, poll_s=0.2)
HELD_S_MAX = 60.0


@task(attempts=1, queue=QUEUE)
def hold(*, folder: str) -> None:
    """Notes that it began, ends when it is let go and notes that too."""
    note(Path(folder), "begun")
    wait_until((Path(folder) / "go").exists, within_s=HELD_S_MAX, what="leave to end")
    note(Path(folder), "ended")


def note(folder: Path, word: str) -> None:
    """One more line in the folder's notes."""
    with (folder / "notes").open("a") as notes:
        notes.write(f"{word}\n")


def main() -> None:
    """Works on the queue of these tests alone."""
    work(QUICK, [QUEUE])
