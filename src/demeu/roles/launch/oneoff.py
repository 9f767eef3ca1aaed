"""Short programs that run once while the platform starts: migrations, the sandbox's people, the demo country."""

import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from signal import SIGTERM
from threading import Event
from typing import IO

from demeu.roles.launch.folders import Folders
from demeu.roles.launch.spawn import dies_with_launcher
from demeu.roles.launch.trouble import CannotStart

WAIT_S = 0.1
LAST_LINES = 12


class Interrupted(Exception):
    """The operator asked to stop while the platform was still starting."""


@dataclass(frozen=True)
class Job:
    """One program: arguments after ``python -m``, its environment and, if any, what it reads."""

    name: str
    arguments: Sequence[str]
    environment: Mapping[str, str]
    reads: str | None = None


def manage(name: str, environment: Mapping[str, str], command: str, reads: str | None = None) -> Job:
    """A Django management command as a job."""
    return Job(name, ["django", command], environment, reads)


def run_together(jobs: Sequence[Job], folders: Folders, stop: Event) -> None:
    """Runs all jobs at once and waits; the first that fails ends the start, its last lines are shown."""
    started = [(job, *start(job, folders)) for job in jobs]
    try:
        for job, process, output in started:
            while process.poll() is None:
                if stop.wait(WAIT_S):
                    raise Interrupted
            if process.returncode:
                raise failure(job, process.returncode, output, folders)
    finally:
        for _job, process, output in started:
            if process.poll() is None:
                process.terminate()
                process.wait()
            output.close()


def start(job: Job, folders: Folders) -> tuple[subprocess.Popen[bytes], IO[bytes]]:
    """Starts one job; its output is kept apart and appended to its log when it fails."""
    output = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the job
    with tempfile.TemporaryFile() as given:
        given.write((job.reads or "").encode())
        given.seek(0)
        process = subprocess.Popen(
            [sys.executable, "-m", *job.arguments],
            env=dict(job.environment),
            stdin=given,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd=folders.root,
            start_new_session=True,
            preexec_fn=dies_with_launcher(SIGTERM),
        )
    return process, output


def failure(job: Job, code: int, output: IO[bytes], folders: Folders) -> CannotStart:
    """The error for a job that failed, with the end of what it said."""
    output.seek(0)
    said = output.read().decode(errors="replace")
    log = Path(folders.logs / f"{job.name}.log")
    log.write_text(said)
    end = "\n".join(f"    {line}" for line in said.strip().splitlines()[-LAST_LINES:])
    return CannotStart(f"{job.name} failed (exit code {code}):\n{end}\n ", f"The whole text is in {log}.")
