"""The process of streams of the portal: granian with one event loop. ``python -m demeu.roles.launch.streams``.

It listens on DEMEU_PORTAL_LIVE_PORT; a proxy in production sends ``/live/stream/`` to it.
"""

import ctypes
import os
import resource
import signal
import sys
from collections.abc import Callable
from typing import Any

from django.conf import settings
from granian import Granian
from granian.constants import HTTPModes, Interfaces

from demeu.roles.launch.spawn import PR_SET_PDEATHSIG

STREAMS_MAX = 20_000
BACKLOG = 4096


def load(_target: str) -> Callable[..., Any]:
    """Runs in granian's worker: ties its life to its parent's, then loads the application."""
    parent = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(1)
    from demeu.portal.live.streaming import application

    return application


def open_files_as_allowed() -> None:
    """Every stream is an open file: take as many as this user may have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))


def main() -> None:
    """Serves until SIGTERM or SIGINT."""
    open_files_as_allowed()
    Granian(
        "demeu.portal.live.streaming:application",
        address="127.0.0.1",
        port=settings.DEMEU_PORTAL_LIVE_PORT,  # type: ignore[misc]
        interface=Interfaces.ASGI,
        http=HTTPModes.http1,
        workers=1,
        backlog=BACKLOG,
        backpressure=STREAMS_MAX,
        websockets=False,
        log_access=False,
        workers_kill_timeout=3,
    ).serve(target_loader=load)


if __name__ == "__main__":
    main()
