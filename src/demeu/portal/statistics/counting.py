"""The sums behind the statistics, each one pass over the portal's tables. Reads only; rows are keys and whole numbers.
Only constants of this module enter the text of a query.

Money is counted over published cases, which the catalogue lists one by one. Waiting, fairness, applications and
reports count families of which not everything is public: their small cells are hidden before they are shown.
"""

from collections.abc import Callable
from typing import Any

from django.db import connection

Rows = list[dict[str, Any]]
PUBLIC = "('published', 'funded', 'delivering', 'completed')"
SUMS = ("needed", "received", "held", "paid", "delivered")
LOOKED_BACK_DAYS = 365
LEFT_BEHIND_DAYS, LEFT_BEHIND_SHARE = 60, 0.2
SHARE_STEPS = 20
# Asked of treasury, not counted here.
MONTHS = "months"

_MONEY = ", ".join(f"coalesce(sum(f.{name}_tiyn), 0)::bigint AS {name}" for name in SUMS)
_COLLECTED = "(f.received_tiyn + f.held_tiyn + f.paid_tiyn + f.delivered_tiyn)"
_SHARE = f"least({_COLLECTED}::float8 / greatest(f.needed_tiyn, 1), 1)"


def _asked(sql: str, given: dict[str, Any] | None = None) -> Rows:
    with connection.cursor() as cursor:
        cursor.execute(sql, given or {})
        names = [column.name for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def money() -> Rows:
    """Public cases and their money by group and region (two digits of KATO): `open`, `way`, `done`, sums, `gifts`."""
    return _asked(f"""
        SELECT c."group" AS "group", left(c.region_kato, 2) AS region,
          count(*) FILTER (WHERE c.state = 'published') AS open,
          count(*) FILTER (WHERE c.state IN ('funded', 'delivering')) AS way,
          count(*) FILTER (WHERE c.state = 'completed') AS done,
          coalesce(sum(f.gifts), 0)::bigint AS gifts, {_MONEY}
        FROM portal_cases_case c LEFT JOIN portal_catalogue_casefigures f ON f."case" = c.id
        WHERE c.state IN {PUBLIC} GROUP BY 1, 2 ORDER BY 1, 2
    """)  # noqa: S608


def districts() -> Rows:
    """Open cases by the district that was published with them: families and sums."""
    return _asked(f"""
        SELECT c.district_kato AS district, count(*) AS families, {_MONEY}
        FROM portal_cases_case c LEFT JOIN portal_catalogue_casefigures f ON f."case" = c.id
        WHERE c.state = 'published' AND c.district_kato <> '' GROUP BY 1 ORDER BY 1
    """)  # noqa: S608


def fairness() -> Rows:
    """Cases that raise or have raised money, by group, region, urgency and category of need.

    `behind`: open for sixty days with less than a fifth; `shares`: twentieths of the sum asked → cases.
    """
    found: Rows = []
    for by, column in (
        ("group", 'c."group"'),
        ("region", "left(c.region_kato, 2)"),
        ("urgency", "c.urgency"),
        ("category", "c.category::text"),
    ):
        found += _asked(
            f"""
            SELECT %(by)s AS by, {column} AS key, count(*) AS families, {_MONEY},
              count(*) FILTER (WHERE c.state = 'published' AND {_SHARE} < %(share)s
                AND c.published_at < now() - make_interval(days => %(days)s)) AS behind
            FROM portal_cases_case c JOIN portal_catalogue_casefigures f ON f."case" = c.id
            WHERE c.state IN {PUBLIC} AND {column} IS NOT NULL GROUP BY 2 ORDER BY 2
            """,  # noqa: S608
            {"by": by, "days": LEFT_BEHIND_DAYS, "share": LEFT_BEHIND_SHARE},
        )
    return found


def shares() -> Rows:
    """How far open cases are: `step` twentieths of the sum asked → `families`."""
    return _asked(f"""
        SELECT floor({_SHARE} * {SHARE_STEPS})::int AS step, count(*) AS families
        FROM portal_cases_case c JOIN portal_catalogue_casefigures f ON f."case" = c.id
        WHERE c.state = 'published' GROUP BY 1 ORDER BY 1
    """)  # noqa: S608


# Each step of waiting: when it began and ended, for a family that finished it in the last year.
STEPS = {
    "decision": ("a.submitted_at", "v.done_at"),
    "publication": ("v.done_at", "c.published_at"),
    "funding": ("c.published_at", "fu.at"),
    "delivery": ("fu.at", "c.completed_at"),
}


def waiting() -> Rows:
    """Days that families waited, by step and group (an empty group is all): `families`, median, nine of ten."""
    found: Rows = []
    for step, (began, ended) in STEPS.items():
        found += _asked(
            f"""
            SELECT %(step)s AS step, coalesce(d."group", '') AS "group", count(*) AS families,
              round(percentile_cont(0.5) WITHIN GROUP (ORDER BY days)::numeric, 1)::float8 AS median_days,
              round(percentile_cont(0.9) WITHIN GROUP (ORDER BY days)::numeric, 1)::float8 AS most_days
            FROM (
              SELECT c."group", extract(epoch FROM {ended} - {began}) / 86400 AS days
              FROM portal_cases_case c
              LEFT JOIN portal_cases_application a ON a.id = c.application_id
              LEFT JOIN portal_verification_visit v ON v.application = a.id AND v.state = 'done'
              LEFT JOIN LATERAL (SELECT min(u.at) AS at FROM portal_cases_caseupdate u
                WHERE u.case_id = c.id AND u.code = 'case_funded') fu ON true
              WHERE {ended} > now() - make_interval(days => %(days)s) AND {began} <= {ended}
            ) d GROUP BY GROUPING SETS ((d."group"), ()) ORDER BY 2
            """,  # noqa: S608
            {"step": step, "days": LOOKED_BACK_DAYS},
        )
    return [row for row in found if row["families"]]


def applications() -> Rows:
    """Applications of the last year by month (of sending) and what became of them."""
    return _asked(
        """
        SELECT to_char(submitted_at AT TIME ZONE 'Asia/Almaty', 'YYYY-MM') AS month,
          CASE WHEN state IN ('approved', 'refused', 'withdrawn') THEN state ELSE 'open' END AS outcome,
          count(*) AS families
        FROM portal_cases_application
        WHERE submitted_at > now() - make_interval(days => %(days)s) GROUP BY 1, 2 ORDER BY 1, 2
        """,
        {"days": LOOKED_BACK_DAYS},
    )


def complaints() -> Rows:
    """Reports of a problem of the last year by what is wrong and where they stand."""
    return _asked(
        """
        SELECT code, state, count(*) AS families FROM portal_catalogue_complaint
        WHERE at > now() - make_interval(days => %(days)s) GROUP BY 1, 2 ORDER BY 1, 2
        """,
        {"days": LOOKED_BACK_DAYS},
    )


COUNTED: dict[str, Callable[[], Rows]] = {
    "money": money,
    "districts": districts,
    "fairness": fairness,
    "shares": shares,
    "waiting": waiting,
    "applications": applications,
    "complaints": complaints,
}
