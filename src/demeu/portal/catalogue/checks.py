"""Promises about what is public that the database must keep."""

from demeu.kernel.checks import Invariant
from demeu.portal.catalogue import codes

LINE = "SELECT stage, '{facet}', '{value}', count(*) FROM portal_catalogue_shelved WHERE {holds} GROUP BY 1"
DAY = "(SELECT (at AT TIME ZONE 'Asia/Almaty')::date - date '2020-01-01' FROM portal_catalogue_shelfedition)"
STAGE = " ".join(f"WHEN '{state}' THEN {number}" for state, number in codes.STAGE_OF_STATE.items())


def _lines(facet: str, holds: str, table: dict[str, int]) -> str:
    """One count for each value; `holds` is the condition with the value's number in it."""
    lines = (LINE.format(facet=facet, value=value, holds=holds.format(n=number)) for value, number in table.items())
    return " UNION ALL ".join(lines)


def _numbered(column: str) -> str:
    return LINE.format(facet=column, value="", holds=f"{column} <> 0").replace("''", f"{column}::text") + ", 3"


COUNTED_SQL = " UNION ALL ".join(
    [
        _lines("group", "grp = {n}", codes.GROUPS),
        _lines("subgroup", "subgroup = {n}", codes.SUBGROUPS),
        _lines("region", "region = {n}", codes.REGION_NUMBERS),
        _lines("urgency", "urgency = {n}", codes.URGENCIES),
        _lines("left", "left_band = {n}", codes.LEFT),
        _lines("tag", "tags & {n} <> 0", codes.TAG_BITS),
        _lines("kind", "kinds & {n} <> 0", codes.KIND_BITS),
        _lines("waiting", f"published <= {DAY} - {{n}}", codes.WAITING_DAYS),
        _numbered("district"),
        _numbered("verifier"),
    ]
)
TALLY_SQL = f"""
    WITH counted (stage, facet, value, cases) AS ({COUNTED_SQL})
    SELECT coalesce(t.facet, c.facet), coalesce(t.value, c.value), t.cases, c.cases
    FROM (SELECT * FROM counted WHERE stage <> 0) c
    FULL JOIN portal_catalogue_tally t USING (stage, facet, value)
    WHERE coalesce(t.cases, 0) <> coalesce(c.cases, 0)
"""  # noqa: S608 - our own code tables
FOLLOWS_SQL = f"""
    SELECT c.id FROM portal_cases_case c
    LEFT JOIN portal_catalogue_shelved s ON s."case" = c.id
    LEFT JOIN portal_catalogue_casefigures f ON f."case" = c.id
    WHERE c.id NOT IN (SELECT "case" FROM portal_catalogue_stale) AND (
        coalesce(s.stage, 0) <> CASE c.state {STAGE} ELSE 0 END
        OR (s.stage <> 0 AND coalesce(f.needed_tiyn, 0) > 0 AND s.share <>
            least(f.received_tiyn + f.held_tiyn + f.paid_tiyn + f.delivered_tiyn, f.needed_tiyn)
            * {codes.SHARE_WHOLE} / f.needed_tiyn))
"""  # noqa: S608 - our own code tables

CHECKS = [
    Invariant(
        name="public_case_hides_its_family",
        promise="Every case that came from an application is public only with a release that at least 11 people fit,"
        " or that two people agreed to.",
        sql="""
            SELECT c.id FROM portal_cases_case c
            WHERE c.application_id IS NOT NULL
              AND c.state IN ('published', 'funded', 'delivering', 'completed')
              AND NOT EXISTS (
                SELECT 1 FROM portal_catalogue_release r WHERE r."case" = c.id AND (r.people >= 11 AND r.needs >= 3
                  OR EXISTS (
                    SELECT 1 FROM portal_anonymity_override o WHERE o."case" = c.id AND o.state = 'agreed'
                      AND (o.place, o.age_band, o.household_type) = (r.place, r.age_band, r.household_type))))
        """,
    ),
    Invariant(
        name="counts_are_true",
        promise="The number beside every filter is the number of cases on the shelf, counted anew.",
        sql=TALLY_SQL,
    ),
    Invariant(
        name="shelf_follows_cases",
        promise="Every public case stands on the shelf as it is, unless it has just changed.",
        sql=FOLLOWS_SQL,
    ),
]
