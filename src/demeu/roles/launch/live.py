"""A platform of its own for system tests and benchmarks: started as a child, in a temporary folder, then removed.

It uses the same command as an operator; nothing is started in another way than in real use.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

from demeu.roles.launch.folders import Folders, checkout_folder
from demeu.roles.launch.passwords import Secrets
from demeu.roles.launch.runfile import Running, read_running

READY_LINE = "Demeu is ready:"
READY_S_MAX = 480.0
STOP_S_MAX = 60.0


def clean_environment(**settings: str) -> dict[str, str]:
    """This process's environment without any of the platform's settings, plus ``settings``."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DEMEU_", "DJANGO_"))}
    return kept | settings


@dataclass
class LivePlatform:
    """``demeu up`` in a child process; ``said`` is everything that it printed so far."""

    settings: Mapping[str, str] = field(default_factory=dict)
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="demeu-live-")))
    said: list[str] = field(default_factory=list)
    process: subprocess.Popen[str] | None = None

    @property
    def folders(self) -> Folders:
        """Where this platform keeps its data."""
        return Folders(root=checkout_folder(), var=self.folder / "var")

    @property
    def environment(self) -> dict[str, str]:
        """Environment for the platform itself and for commands that talk to it."""
        return clean_environment(DEMEU_VAR=str(self.folders.var)) | dict(self.settings)

    @property
    def running(self) -> Running:
        """Pids, ports and addresses as they are now."""
        found = read_running(self.folders)
        if found is None:
            raise AssertionError(f"no platform runs; it said:\n{self.text}")
        return found

    @property
    def text(self) -> str:
        """What the launcher printed so far."""
        return "".join(self.said)

    def start(self, within_s: float = READY_S_MAX) -> "LivePlatform":
        """Starts and waits for readiness; an assertion error with the launcher's words when it does not come."""
        self.folder.chmod(0o711)
        began, come = len(self.said), Event()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "demeu", "up"],
            env=self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        Thread(target=self._listen, args=(self.process, come), daemon=True).start()
        if not come.wait(within_s) or READY_LINE not in "".join(self.said[began:]):
            self.stop()
            raise AssertionError(f"the platform ended or was not ready in {within_s:.0f} s:\n{self.text}")
        return self

    def _listen(self, process: subprocess.Popen[str], come: Event) -> None:
        assert process.stdout is not None
        with process.stdout:
            for line in process.stdout:
                self.said.append(line)
                if line.startswith(READY_LINE):
                    come.set()
        come.set()

    def stop(self) -> int:
        """Asks it to stop as Ctrl-C does; returns its exit code."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(STOP_S_MAX)
        except subprocess.TimeoutExpired:
            self.process.kill()
            return self.process.wait()

    def remove(self) -> None:
        """Stops it and removes its folder."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.folders.elsewhere, ignore_errors=True)

    def command(self, *arguments: str, within_s: float = 200.0) -> subprocess.CompletedProcess[str]:
        """Runs another ``demeu`` command on this platform's folders."""
        return subprocess.run(
            [sys.executable, "-m", "demeu", *arguments],
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=within_s,
            check=False,
        )

    def database_url(self, role: str, *, owner: bool = False) -> str:
        """Address of a role's database on the platform's own server, for its runtime user or its owner."""
        user = f"demeu_{role}_owner" if owner else f"demeu_{role}"
        password = Secrets(self.folders.secrets_file).get(f"database.{user}")
        return f"postgresql://{user}:{password}@127.0.0.1:{self.running.database_port}/demeu_{role}"

    def kill(self, name: str) -> int:
        """``kill -9`` of one process by name, as a crash would end it; the pid that it had."""
        pid = self.running.pids[name]
        os.kill(pid, signal.SIGKILL)
        return pid
