"""What accompanies one request through every service: its id and on whose behalf it runs. Never personal data."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import structlog

from demeu.kernel.ids import new_id

_request_id: ContextVar[str] = ContextVar("request_id", default="")


@dataclass(frozen=True)
class Acting:
    """In which office somebody acts: role, organisation, and the thing it is about («application:<id>»)."""

    role: str = ""
    organization: str = ""
    about: str = ""


NOBODY = Acting()
_acting: ContextVar[Acting] = ContextVar("acting", default=NOBODY)


def acting() -> Acting:
    """The office in which the present request acts; empty parts outside of one."""
    return _acting.get()


@contextmanager
def acting_as(role: str, organization: str = "", about: str = "") -> Iterator[None]:
    """Run the block in this office: calls to other services carry it, signed."""
    token = _acting.set(Acting(role[:40], organization[:140], about[:120]))
    try:
        yield
    finally:
        _acting.reset(token)


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
