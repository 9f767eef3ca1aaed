"""How many searches one keeps, and how often word comes. Pure."""

from datetime import datetime, timedelta

from demeu.kernel.errors import too_many

SEARCHES_MAX = 20
TELL_EVERY = timedelta(days=1)
QUERY_LENGTH_MAX = 500


def check_room(kept: int) -> None:
    """Whether one more fits: `search.too_many`."""
    if kept >= SEARCHES_MAX:
        raise too_many("search.too_many", most=SEARCHES_MAX)


def may_tell(told_at: datetime | None, moment: datetime) -> bool:
    """Whether the last word is long enough ago."""
    return told_at is None or moment - told_at >= TELL_EVERY
