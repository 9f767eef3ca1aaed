"""Which places an area of КАТО covers, and whether an emergency there still counts. Pure.

КАТО has nine digits: region 2, district 4, rural district 6, settlement 9; an area ends in zeros below its level.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

LEVELS = (2, 4, 6)
LENGTH = 9
COUNTS_DAYS = 180


def prefix(area: str) -> str:
    """The digits that every place of the area begins with."""
    for level in LEVELS:
        if area[level:] == "0" * (LENGTH - level):
            return area[:level]
    return area


def covers(areas: Iterable[str], kato: str) -> bool:
    """Whether one of the areas holds the place."""
    return bool(kato) and any(kato.startswith(prefix(area)) for area in areas)


def counts(began_at: datetime, ended_at: datetime | None, at: datetime) -> bool:
    """Half a year from its beginning an emergency opens the fast lane; one that ended as it began never was."""
    withdrawn = ended_at is not None and ended_at <= began_at
    return not withdrawn and began_at <= at < began_at + timedelta(days=COUNTS_DAYS)
