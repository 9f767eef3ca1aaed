"""Children are started again with growing pauses and stopped in reverse order."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from demeu.kernel.testing import wait_until
from demeu.roles.launch.folders import Folders, make_folders
from demeu.roles.launch.ports import free_port
from demeu.roles.launch.processes import Process
from demeu.roles.launch.readiness import answers
from demeu.roles.launch.supervisor import Child, Supervisor, child_of
from demeu.roles.launch.trouble import CannotStart

WEB_PAGE = """
import pathlib, threading
from http.server import BaseHTTPRequestHandler, HTTPServer

once, go = pathlib.Path({once!r}), pathlib.Path({go!r})
if not once.exists():
    once.touch()
    raise SystemExit(3)
(once.parent / "up").touch()
while not go.exists():
    threading.Event().wait(0.05)


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()


HTTPServer(("127.0.0.1", {port}), Page).serve_forever()
"""


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    found = Folders(root=tmp_path, var=tmp_path / "var")
    make_folders(found)
    return found


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(said: list[str]) -> Iterator[Supervisor]:
    found = Supervisor(say=said.append, changed=lambda: None)
    yield found
    found.stop_all()


def child(
    name: str, code: str, folders: Folders, group: str | None = None, answers: Callable[[], bool] = lambda: True
) -> Child:
    return child_of(name, group or name, [sys.executable, "-c", code, name], {"PATH": "/usr/bin"}, folders, answers)


def test_a_child_that_ends_is_said_and_started_again(supervisor: Supervisor, folders: Folders, said: list[str]) -> None:
    supervisor.add(child("short", "raise SystemExit(3)", folders))
    first = supervisor.pids()["short"]

    def again() -> bool:
        supervisor.look_after()
        return supervisor.pids()["short"] != first

    wait_until(again, what="a second process")
    assert said[0] == "short ended (exit code 3); starting it again in 0.5 s"


def test_a_child_runs_again_only_when_its_health_page_answers(
    supervisor: Supervisor, folders: Folders, said: list[str]
) -> None:
    web = Process("web", "portal", "web", "", "healthz")
    port = free_port()
    once = folders.var / "once"
    page = WEB_PAGE.format(once=str(once), go=str(folders.var / "go"), port=port)
    supervisor.add(child("web", page, folders, answers=lambda: answers(web, port)))
    first = supervisor.pids()["web"]

    def look(condition: Callable[[], bool]) -> bool:
        supervisor.look_after()
        return condition()

    wait_until(lambda: look(lambda: (folders.var / "up").exists()), what="a second process")
    assert supervisor.pids()["web"] != first
    supervisor.look_after()
    assert said == ["web ended (exit code 3); starting it again in 0.5 s"], "it lives but does not answer yet"
    (folders.var / "go").touch()
    wait_until(lambda: look(lambda: "web runs again" in said), what="the word that it runs again")
    supervisor.look_after()
    assert said.count("web runs again") == 1


def test_the_pause_doubles_up_to_half_a_minute(folders: Folders) -> None:
    one = child("one", "pass", folders)
    one.started_at_s = float("inf")
    pauses = []
    for one.deaths in range(9):
        pauses.append(one.back_off_s())
    assert pauses == [0.5, 1, 2, 4, 8, 16, 30, 30, 30]


def test_with_restart_off_a_dead_child_stays_dead(supervisor: Supervisor, folders: Folders, said: list[str]) -> None:
    supervisor.restart = False
    supervisor.add(child("short", "pass", folders))
    wait_until(lambda: supervisor.children[0].exit_code is not None)
    pid = supervisor.pids()["short"]
    supervisor.look_after()
    supervisor.look_after()
    assert supervisor.pids()["short"] == pid
    assert "DEMEU_RESTART=0" in said[0]


def test_a_start_in_vain_shows_the_last_words_of_the_child(supervisor: Supervisor, folders: Folders) -> None:
    supervisor.add(child("broken", "raise SystemExit('no key in the lock')", folders))
    wait_until(lambda: supervisor.children[0].exit_code is not None)
    supervisor.children[0].deaths = 3
    with pytest.raises(CannotStart, match="no key in the lock"):
        supervisor.require_alive(folders)


def test_everything_stops_and_stubborn_children_are_killed(
    supervisor: Supervisor, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("demeu.roles.launch.supervisor.STOP_S_MAX", 0.5)
    stubborn = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('here', flush=True); signal.pause()"
    supervisor.add(child("stubborn", stubborn, folders))
    log = folders.logs / "stubborn.log"
    wait_until(lambda: "here" in log.read_text())
    process = supervisor.children[0].process
    assert process is not None
    supervisor.stop_all()
    assert process.returncode == -9
    assert supervisor.children == []
