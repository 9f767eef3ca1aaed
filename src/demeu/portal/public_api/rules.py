"""Cursors and the ids of gifts. Pure.

A cursor is the key of the last row shown, so that a page does not shift when rows are added before it.
"""

import base64
import binascii
from uuid import UUID, uuid5

from demeu.kernel.errors import invalid

PAGE_SIZE, PAGE_SIZE_MAX = 50, 200
CURSOR_LENGTH_MAX = 600
NAMESPACE = UUID("0d5c2f0a-2a33-5e0e-9d55-7f2c8a1f6b10")


def cursor_of(kind: str, last: str) -> str:
    """An opaque word for the place after `last` in the list `kind`."""
    return base64.urlsafe_b64encode(f"{kind}:{last}".encode()).decode().rstrip("=")


def place_of(kind: str, cursor: str) -> str:
    """The key behind a cursor of this list, empty for none; `api.bad_cursor`."""
    if not cursor:
        return ""
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        found, colon, last = base64.b64decode(padded, altchars=b"-_", validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        raise invalid("api.bad_cursor") from None
    if found != kind or not colon or not last or "\0" in last or cursor_of(kind, last) != cursor:
        raise invalid("api.bad_cursor")
    return last


def uuid_place(kind: str, cursor: str) -> UUID | None:
    """The same for lists in the order of their references."""
    last = place_of(kind, cursor)
    try:
        return UUID(last) if last else None
    except ValueError:
        raise invalid("api.bad_cursor") from None


def number_place(kind: str, cursor: str) -> int:
    """The same for the log; −1 stands before its first record."""
    last = place_of(kind, cursor)
    if last and not (last.isascii() and last.isdigit() and len(last) <= 15):
        raise invalid("api.bad_cursor")
    return int(last) if last else -1


def gift_of(team: UUID, kind: str, idempotency_key: str) -> UUID:
    """The gift behind an idempotency key of a team: the same key is the same gift for ever."""
    return uuid5(NAMESPACE, f"{team}/{kind}/{idempotency_key}")


def check_idempotency_key(text: str) -> str:
    """8 to 80 printable signs: `api.no_idempotency_key`."""
    if not 8 <= len(text) <= 80 or not text.isascii() or not text.isprintable():
        raise invalid("api.no_idempotency_key")
    return text
