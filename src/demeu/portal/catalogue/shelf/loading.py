"""The edition that this process counts in: loaded once, then renewed by the rows that have changed.

Asks the database at most once a second whether there is a newer one. Never writes.
"""

import threading
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

import numpy as np
from django.core.cache import cache
from django.db import connection

from demeu.kernel import clock
from demeu.portal.catalogue.models import ShelfEdition
from demeu.portal.catalogue.shelf.arrays import ROW, Edition, renewed

HEAD_KEY = "catalogue.shelf.head"
HEAD_S = 1
PACKED = (
    *("int4send(slot)", "int2send(stage)", "int2send(grp)", "int2send(subgroup)", "int2send(region)"),
    *("int2send(urgency)", "int2send(tags)", "int2send(kinds)", "int2send(verifier)", "int2send(left_band)"),
    *("int2send(category)", "int4send(district)", "int4send(published)", "int4send(share)"),
    "substring(int8send(seed) from 5)",
)
ROWS_SQL = (
    f"SELECT string_agg({' || '.join(PACKED)}, ''::bytea ORDER BY slot) "  # noqa: S608 - our own columns
    "FROM portal_catalogue_shelved WHERE rev > %s AND rev <= %s"
)
_lock = threading.Lock()
_kept: dict[str, Edition] = {}


@dataclass(frozen=True)
class Head:
    """Whose revisions, the newest change that the shelf has seen, and when it looked last (None: it never did)."""

    line: UUID | None = None
    rev: int = 0
    at: datetime | None = None


def head() -> Head:
    """The present one, at most a second old."""
    known: Head | None = cache.get(HEAD_KEY)
    if known is None:
        row = ShelfEdition.objects.values_list("line", "rev", "at").first()
        known = Head(*row) if row else Head()
        cache.set(HEAD_KEY, known, HEAD_S)
    return known


def edition() -> Edition:
    """The present edition. One thread renews it while the others go on with the one before."""
    newest, day, kept = head(), clock.today(), _kept.get("now")
    if kept and (kept.line, kept.rev, kept.at, kept.day) == (newest.line, newest.rev, newest.at, day):
        return kept
    ours = kept is not None and kept.line == newest.line
    if not _lock.acquire(blocking=not ours):
        assert kept is not None
        return kept
    try:
        _kept["now"] = _renewed(_kept.get("now"), newest, day)
        return _kept["now"]
    finally:
        _lock.release()


def _renewed(kept: Edition | None, newest: Head, day: date) -> Edition:
    """Only what changed is read; an edition of another line or of a later change is thrown away."""
    at = newest.at or clock.now()
    known = kept if kept and kept.line == newest.line and kept.rev <= newest.rev else None
    if known and known.rev == newest.rev and known.day == day:
        fresh = Edition(known.rows, known.line, known.rev, at, day, known.bits)
        fresh.__dict__.update({name: known.__dict__[name] for name in LASTING if name in known.__dict__})
        return fresh
    changed = rows_between(known.rev if known else 0, newest.rev)
    fresh = Edition(renewed(known.rows, changed) if known else changed, newest.line, newest.rev, at, day)
    _ = fresh.order
    return fresh


LASTING = ("size", "points", "order", "row_of_slot", "_sorted", "_values")


def rows_between(after: int, until: int) -> Any:
    """Rows whose last change came after one revision and not after another, by slot."""
    with connection.cursor() as cursor:
        cursor.execute(ROWS_SQL, [after, until])
        packed = cursor.fetchone()[0]
    return np.frombuffer(bytes(packed or b""), ROW)


def forget() -> None:
    """Load anew next time: for a process whose database has been put back."""
    _kept.clear()
    cache.delete(HEAD_KEY)
