"""The web process of one role: granian with one worker and four threads. ``python -m demeu.roles.launch.serve PORT``.

One worker a role keeps the demo within its memory; several machines run more of them behind a proxy.
"""

import ctypes
import gc
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from granian import Granian
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings

from demeu.roles.launch.spawn import PR_SET_PDEATHSIG

THREADS = 4
WAITING_REQUESTS_MAX = 256


def load(_target: str) -> Callable[..., Any]:
    """Runs in granian's worker: ties its life to its parent's, then loads the application."""
    parent = os.getppid()
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL), 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(1)
    from demeu.roles.wsgi import application

    gc.collect()
    gc.freeze()
    return application


def main(port: int) -> None:
    """Serves until SIGTERM or SIGINT."""
    Granian(
        "demeu.roles.wsgi:application",
        address="127.0.0.1",
        port=port,
        interface=Interfaces.WSGI,
        http=HTTPModes.http1,
        workers=1,
        blocking_threads=THREADS,
        backpressure=WAITING_REQUESTS_MAX,
        http1_settings=HTTP1Settings(header_read_timeout=10_000),
        websockets=False,
        log_access=False,
        workers_kill_timeout=5,
    ).serve(target_loader=load)


if __name__ == "__main__":
    main(int(sys.argv[1]))
