"""Reading everything that is published, in portions, and the cells of group and region."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from demeu.portal.cases.queries import funded_days, public_cases
from demeu.portal.cases.rules import PUBLIC_CASE_STATES
from demeu.portal.open_data.activities import Cell
from demeu.portal.public_api import schemas, showing
from demeu.portal.wishes.queries import items_of_cases

PORTION = 1000
CELLS = """
SELECT c."group", rpad(left(c.region_kato, 2), 9, '0'), count(*),
       min((c.published_at AT TIME ZONE 'Asia/Almaty')::date),
       coalesce(sum(f.received_tiyn + f.held_tiyn + f.paid_tiyn + f.delivered_tiyn), 0)::bigint,
       coalesce(sum(f.paid_tiyn + f.delivered_tiyn), 0)::bigint
FROM portal_cases_case c LEFT JOIN portal_catalogue_casefigures f ON f."case" = c.id
WHERE c.state = ANY(%s) AND c.published_at IS NOT NULL GROUP BY 1, 2 ORDER BY 1, 2
"""
Portion = tuple[list[schemas.Case], list[schemas.Item], dict[str, date]]


def published(portion: int = PORTION) -> Iterator[Portion]:
    """All published cases in the order of their numbers, with their things and the days on which they were funded."""
    last = ""
    while rows := list(public_cases().filter(number__gt=last).order_by("number")[:portion]):
        last = rows[-1].number
        yield showing.cases(rows), _items(rows), _funded(rows)


def _items(rows: list[Any]) -> list[schemas.Item]:
    numbers: dict[UUID, str] = {row.id: row.number for row in rows}
    found = items_of_cases(list(numbers))
    return [item for row in rows for item in showing.items(found[row.id], numbers)]


def _funded(rows: list[Any]) -> dict[str, date]:
    days = funded_days([row.id for row in rows])
    told = {row.number: days.get(row.id) or (row.published_at.date() if row.published_at else None) for row in rows}
    return {number: day for number, day in told.items() if day}


def cells() -> list[Cell]:
    """Public cases by group and region, with their money."""
    with connection.cursor() as cursor:
        cursor.execute(CELLS, [sorted(map(str, PUBLIC_CASE_STATES))])
        return [Cell(*row) for row in cursor.fetchall()]
