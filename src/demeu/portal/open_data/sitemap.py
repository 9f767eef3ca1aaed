"""The map of the site for search engines: an index of chunks by case number, for a million cases are no one list."""

from collections.abc import Iterable, Iterator
from typing import Any
from xml.sax.saxutils import escape

from django.core.cache import cache
from django.db import connection
from django.urls import NoReverseMatch, reverse

from demeu.portal.cases.queries import public_cases
from demeu.portal.cases.rules import PUBLIC_CASE_STATES

SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# A sitemap may hold 50,000 addresses; chunks begin every 40,000, so that new cases between find room.
CHUNK, CHUNK_MAX = 40_000, 50_000
KEPT, KEPT_S = "open_data.sitemap", 3600
FIRST_OF_CHUNKS = """
SELECT number FROM (
    SELECT number, row_number() OVER (ORDER BY number) AS place FROM portal_cases_case WHERE state = ANY(%s)
) AS listed WHERE place %% %s = 1 ORDER BY number
"""
PAGES = (
    "catalogue:home", "catalogue:list", "statistics:statistics", "maps:map", "organizations:registry",
    "catalogue:journal", "giving:give", "ui:about", "ui:how", "ui:questions", "legal:offer", "open-data:index",
    "public-api:about",
)  # fmt: skip


def chunks() -> list[str]:
    """The first case number of each chunk, at most an hour old."""
    found: list[str] | None = cache.get(KEPT)
    if found is None:
        with connection.cursor() as cursor:
            cursor.execute(FIRST_OF_CHUNKS, [sorted(map(str, PUBLIC_CASE_STATES)), CHUNK])
            found = [number for (number,) in cursor.fetchall()]
        cache.set(KEPT, found, KEPT_S)
    return found


def cases_from(first: str) -> Iterator[tuple[str, Any]]:
    """Number and last day of change of the cases of a chunk."""
    starts = chunks()
    after = next((number for number in starts if number > first), None)
    rows = public_cases().filter(number__gte=first).order_by("number")
    if after is not None:
        rows = rows.filter(number__lt=after)
    for number, published_at, completed_at in rows.values_list("number", "published_at", "completed_at")[:CHUNK_MAX]:
        yield number, completed_at or published_at


def document(rows: Iterable[tuple[str, Any]]) -> str:
    """Addresses with the day of change where it is known; forty thousand of them are too many for a template."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<urlset xmlns="{SPACE}">']
    for address, at in rows:
        changed = f"<lastmod>{at:%Y-%m-%d}</lastmod>" if at else ""
        lines.append(f"<url><loc>{escape(address)}</loc>{changed}</url>")
    return "\n".join([*lines, "</urlset>", ""])


def pages() -> list[str]:
    """Addresses of the standing pages that are served here."""
    found = []
    for name in PAGES:
        try:
            found.append(reverse(name))
        except NoReverseMatch:
            continue
    return found
