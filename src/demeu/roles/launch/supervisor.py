"""Keeps the children alive and stops them in reverse order. Only the main thread may start children."""

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from demeu.roles.launch.folders import Folders
from demeu.roles.launch.spawn import start_child
from demeu.roles.launch.trouble import CannotStart

STOP_S_MAX = 6.0
BACK_OFF_S_MAX = 30.0
HEALTHY_AFTER_S = 60.0
DEATHS_AT_START_MAX = 3
LAST_LINES = 12


@dataclass
class Child:
    """One process that should run: how it is started, and what became of it. A ``group`` is stopped together.

    ``answers`` asks its health page; ``back_unsaid`` until a process that was started again has answered.
    """

    name: str
    group: str
    start: Callable[[], subprocess.Popen[bytes]]
    answers: Callable[[], bool]
    process: subprocess.Popen[bytes] | None = None
    started_at_s: float = 0.0
    deaths: int = 0
    again_at_s: float | None = None
    given_up: bool = False
    stop_signal: signal.Signals = signal.SIGTERM
    back_unsaid: bool = False

    def run(self) -> None:
        """Starts the process; the caller is the main thread."""
        self.process = self.start()
        self.started_at_s = time.monotonic()
        self.again_at_s = None

    @property
    def exit_code(self) -> int | None:
        """How the process ended, ``None`` while it runs or before it was started."""
        return self.process.poll() if self.process else None

    def back_off_s(self) -> float:
        """0.5, 1, 2 … 30 s; begins anew after a healthy minute."""
        if time.monotonic() - self.started_at_s > HEALTHY_AFTER_S:
            self.deaths = 0
        return min(BACK_OFF_S_MAX, 0.5 * 2.0 ** min(self.deaths, 10))

    def ask_to_stop(self) -> None:
        """Sends the signal that ends the process in order; returns at once."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(self.stop_signal)

    def see_end(self, within_s: float) -> None:
        """Waits for the end; a process that takes too long is killed with its whole session."""
        if self.process is None:
            return
        try:
            self.process.wait(within_s)
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


@dataclass
class Supervisor:
    """All children in starting order. ``say`` tells the operator; ``changed`` follows each start."""

    say: Callable[[str], None]
    changed: Callable[[], None]
    restart: bool = True
    children: list[Child] = field(default_factory=list)

    def add(self, child: Child) -> None:
        """Starts a child and looks after it from now on."""
        child.run()
        self.children.append(child)

    def pids(self) -> dict[str, int]:
        """Pids of the children that were started, by name."""
        return {child.name: child.process.pid for child in self.children if child.process}

    def look_after(self) -> None:
        """One round: notes who died, starts again whose time has come, says who answers again."""
        for child in self.children:
            code = child.exit_code
            if code is None:
                self.note_return(child)
            elif child.given_up:
                continue
            elif child.again_at_s is None:
                self.note_death(child, code)
            elif time.monotonic() >= child.again_at_s:
                self.start_again(child)

    def start_again(self, child: Child) -> None:
        """Another life; where the machine refuses even that (a full disk, no memory), another try later."""
        child.deaths += 1
        try:
            child.run()
        except OSError as error:
            pause_s = child.back_off_s()
            child.again_at_s = time.monotonic() + pause_s
            self.say(f"{child.name} cannot be started ({error.strerror}); trying again in {pause_s:g} s")
            return
        child.back_unsaid = True
        self.changed()

    def note_return(self, child: Child) -> None:
        """Says once that a child which was started again does its work."""
        if child.back_unsaid and child.answers():
            child.back_unsaid = False
            self.say(f"{child.name} runs again")

    def note_death(self, child: Child, code: int) -> None:
        """Says how a child ended and when it will be started again."""
        how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        if not self.restart:
            child.given_up = True
            self.say(f"{child.name} ended ({how}); DEMEU_RESTART=0 leaves it so")
            return
        pause_s = child.back_off_s()
        child.again_at_s = time.monotonic() + pause_s
        self.say(f"{child.name} ended ({how}); starting it again in {pause_s:g} s")

    def stop_all(self) -> None:
        """Stops every child in reverse order of starting; neighbours of one group end together."""
        while self.children:
            last = self.children[-1].group
            together = [child for child in self.children if child.group == last]
            self.children = [child for child in self.children if child.group != last]
            for child in reversed(together):
                child.ask_to_stop()
            for child in reversed(together):
                child.see_end(STOP_S_MAX)

    def stop_all_after(self, first: str) -> None:
        """Stops every child but ``first`` and those before it."""
        names = [child.name for child in self.children]
        kept = names.index(first) + 1 if first in names else 0
        before, self.children = self.children[:kept], self.children[kept:]
        self.stop_all()
        self.children = before

    def require_alive(self, folders: Folders) -> None:
        """Refuses to wait longer for a child that keeps dying while the platform starts; shows its last words."""
        for child in self.children:
            if child.deaths >= DEATHS_AT_START_MAX or child.given_up:
                log = folders.logs / f"{child.name}.log"
                words = log.read_text(errors="replace").strip().splitlines()[-LAST_LINES:] if log.exists() else []
                end = "\n".join(f"    {line}" for line in words)
                raise CannotStart(f"{child.name} cannot start:\n{end}\n ", f"The whole text is in {log}.")


def child_of(
    name: str,
    group: str,
    command: list[str],
    environment: Mapping[str, str],
    folders: Folders,
    answers: Callable[[], bool],
) -> Child:
    """A child whose output goes to ``var/logs/<name>.log``."""
    log = folders.logs / f"{name}.log"

    def start() -> subprocess.Popen[bytes]:
        return start_child(command, environment=environment, log=log, folder=folders.root)

    return Child(name, group, start, answers)
