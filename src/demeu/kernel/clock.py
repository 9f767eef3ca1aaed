"""The one clock: aware UTC, replaceable in tests. Rules never read it: they are given the moment."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ALMATY = ZoneInfo("Asia/Almaty")

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """The present moment, aware, UTC."""
    return _frozen.get() or datetime.now(UTC)


def today() -> date:
    """The calendar day in Kazakhstan (Asia/Almaty, one zone for the country since 2024)."""
    return now().astimezone(ALMATY).date()


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Stop the clock at `at` (aware) inside the block."""
    if at.tzinfo is None:
        raise ValueError("the frozen moment must be aware")
    token = _frozen.set(at.astimezone(UTC))
    try:
        yield
    finally:
        _frozen.reset(token)
