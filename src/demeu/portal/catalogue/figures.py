"""Kept money figures of many cases at once: by case, and summed by group or region. Reads the portal's tables only."""

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from django.db import connection

from demeu.portal.cases.rules import PUBLIC_CASE_STATES
from demeu.portal.catalogue.models import CaseFigures

KEYS = {"group": 'c."group"', "region": "rpad(left(c.region_kato, 2), 9, '0')"}
SUMS_BY = """
SELECT {key}, count(*), coalesce(sum(f.needed_tiyn), 0)::bigint, coalesce(sum(f.received_tiyn), 0)::bigint,
       coalesce(sum(f.held_tiyn), 0)::bigint, coalesce(sum(f.paid_tiyn), 0)::bigint,
       coalesce(sum(f.delivered_tiyn), 0)::bigint
FROM portal_cases_case c LEFT JOIN portal_catalogue_casefigures f ON f."case" = c.id
WHERE c.state = ANY(%s) GROUP BY 1 ORDER BY 1
"""
Row = tuple[str, int, int, int, int, int, int]


def figures_by_case(cases: Sequence[UUID]) -> dict[UUID, CaseFigures]:
    """The figures of several cases as last heard, those that are there."""
    return CaseFigures.objects.in_bulk(list(cases))


def cases_and_sums(by: Literal["group", "region"]) -> list[Row]:
    """Key, public cases, and their sums in tiyn: needed, received, held, paid, delivered. One pass over all cases."""
    with connection.cursor() as cursor:
        cursor.execute(SUMS_BY.format(key=KEYS[by]), [sorted(map(str, PUBLIC_CASE_STATES))])
        return list(cursor.fetchall())
