"""What accompanies one request through every service: its id and on whose behalf it runs. Never personal data."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import structlog

from demeu.kernel.ids import new_id

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """The id of the request or job now running; empty outside of one."""
    return _request_id.get()


@contextmanager
def running(identifier: str = "", **bound: str) -> Iterator[str]:
    """Run the block under a request id (a new one when none is given) that logs and calls carry."""
    chosen = identifier or str(new_id())
    token = _request_id.set(chosen)
    try:
        with structlog.contextvars.bound_contextvars(request_id=chosen, **bound):
            yield chosen
    finally:
        _request_id.reset(token)
