"""The promises of all apps as they were found last: run by a job, kept, and told to whoever asks."""

import time
from collections.abc import Iterable
from datetime import datetime, timedelta

from demeu.contracts.treasury import BooksDay, BooksPromise, BooksPromises
from demeu.kernel import audit, clock
from demeu.kernel.checks import Broken, broken_invariants, invariants
from demeu.kernel.errors import unavailable
from demeu.treasury.ledger.models import BooksCheck

EVERY = timedelta(hours=1)
AGAIN = timedelta(minutes=1)
HISTORY = timedelta(days=30)


def run_checks() -> list[Broken]:
    """Try every promise now, keep what was found, and tell it with the rows that break it."""
    began = time.monotonic()
    found = broken_invariants()
    seconds, broken = time.monotonic() - began, {one.name: len(one.rows) for one in found}
    count = len(invariants())
    BooksCheck.objects.create(at=clock.now(), seconds=seconds, promises=count, broken=broken)
    audit.record(actor="role:treasury", action="books.check", subject="books", promises=count, broken=sorted(broken))
    return found


def last_check() -> BooksCheck | None:
    """The newest run; None before the first."""
    return BooksCheck.objects.order_by("-id").first()


def is_due(now: datetime) -> bool:
    """Whether the last run is an hour old, or a minute when it found something broken, or there is none."""
    last = last_check()
    return last is None or now - last.at >= (AGAIN if last.broken else EVERY)


def require_sound_books() -> None:
    """No money leaves while the last run found a promise broken. Refuses `books.broken`."""
    last = last_check()
    if last and last.broken:
        raise unavailable("books.broken", broken=sorted(last.broken))


def promises_kept() -> BooksPromises:
    """Each promise of now with what the last run found, and the runs of a month by day of Kazakhstan."""
    last = last_check()
    broken = last.broken if last else {}
    kept = tuple(
        BooksPromise(name=one.name, says=one.promise, holds=None if last is None else one.name not in broken)
        for one in invariants()
    )
    since = clock.now() - HISTORY
    days = _by_day(BooksCheck.objects.filter(at__gte=since).order_by("id").only("at", "broken"))
    return BooksPromises(checked_at=last.at if last else None, promises=kept, days=days)


def _by_day(rows: Iterable[BooksCheck]) -> tuple[BooksDay, ...]:
    days: dict[str, tuple[int, set[str]]] = {}
    for row in rows:
        day = row.at.astimezone(clock.ALMATY).date().isoformat()
        checks, broken = days.get(day, (0, set()))
        days[day] = (checks + 1, broken | set(row.broken))
    return tuple(
        BooksDay.model_validate({"day": day, "checks": checks, "broken": tuple(sorted(broken))})
        for day, (checks, broken) in days.items()
    )
