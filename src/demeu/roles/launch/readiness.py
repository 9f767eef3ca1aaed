"""Waits until every process answers. It asks over the network only, as any client would."""

import http.client
import socket
import time
from collections.abc import Callable
from threading import Event

from demeu.roles.launch.environment import Plan
from demeu.roles.launch.processes import Process
from demeu.roles.launch.trouble import CannotStart

READY_S_MAX = 90.0
PAUSE_S = 0.1
ANSWER_S_MAX = 3.0
QUICK_ANSWER_S_MAX = 1.0
WORDS_MAX = 400


def accepts(port: int, within_s: float = QUICK_ANSWER_S_MAX) -> bool:
    """Whether somebody accepts a connection on ``port``."""
    try:
        socket.create_connection(("127.0.0.1", port), within_s).close()
    except OSError:
        return False
    return True


def answers(process: Process, port: int, within_s: float = ANSWER_S_MAX) -> bool:
    """Whether ``process`` says that it is ready (or, without pages, accepts a connection)."""
    if process.probe == "connect":
        return accepts(port, within_s)
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=within_s)
        try:
            connection.request("GET", f"/{process.probe}")
            return connection.getresponse().status == http.client.OK
        finally:
            connection.close()
    except (OSError, http.client.HTTPException):
        return False


def wait_ready(
    plan: Plan, waiting: list[Process], *, each_round: Callable[[], None], stop: Event, within_s: float = READY_S_MAX
) -> None:
    """Returns when all answer; otherwise names those that do not and where their logs are."""
    deadline = time.monotonic() + within_s
    left = list(waiting)
    while left and not stop.is_set():
        left = [process for process in left if not answers(process, plan.ports[process.name])]
        if left and time.monotonic() > deadline:
            words = "\n".join(f"    {process.name}: {last_words(plan, process)}" for process in left)
            raise CannotStart(f"Not ready after {within_s:.0f} s:\n{words}\n ", f"The logs are in {plan.folders.logs}.")
        each_round()
        if left:
            stop.wait(PAUSE_S)


def last_words(plan: Plan, process: Process) -> str:
    """The end of the last line in the log of ``process``: there an error names its cause."""
    log = plan.folders.logs / f"{process.name}.log"
    lines = log.read_text(errors="replace").strip().splitlines() if log.exists() else []
    return f"… {lines[-1][-WORDS_MAX:]}" if lines else "no word"
