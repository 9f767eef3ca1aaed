"""Reading kept searches and what is new in them."""

from datetime import datetime
from urllib.parse import parse_qs
from uuid import UUID

from django.db.models import QuerySet

from demeu.kernel import clock
from demeu.portal.catalogue import filters
from demeu.portal.catalogue import queries as catalogue
from demeu.portal.catalogue.filters import Wanted
from demeu.portal.searches.models import Search
from demeu.portal.searches.rules import TELL_EVERY

NEWEST = 50


def searches_of(person: UUID) -> QuerySet[Search]:
    """A person's searches, the newest first."""
    return Search.objects.filter(person=person).order_by("-kept_at")


def wanted_of(row: Search) -> Wanted:
    """What a kept search asks for."""
    return filters.read(parse_qs(row.query))


def to_tell() -> QuerySet[Search]:
    """Searches whose people may be told now."""
    return Search.objects.filter(tell=True).exclude(told_at__gt=clock.now() - TELL_EVERY).order_by("id")


def newer_cases(row: Search) -> list[tuple[str, datetime]]:
    """Numbers and moments of matching cases that came since the person was told, at most fifty."""
    found = catalogue.newest_found(wanted_of(row), NEWEST)
    return [(case.number, case.published_at) for case in found if case.published_at > row.told_until]
