"""Bringing the shelf up to the tables: one job at a time, in one transaction; triggers say which cases have changed.

It must never be called from a page, and never decides what is public: `cases.rules` does.
"""

from typing import Any
from uuid import UUID

from django.db import connection, transaction

from demeu.kernel import clock
from demeu.portal.catalogue import codes, rules
from demeu.portal.wishes.states import ASKED_OF_DONORS

LOCK = 7_300_601
BATCH = 20_000
TOOK_S_MAX = 600
EDITION_KEY = "catalogue.edition"


def _choice(column: str, table: dict[str, int], otherwise: str = "0") -> str:
    """CASE of a text column by a table of codes; both are ours, never a visitor's."""
    lines = " ".join(f"WHEN '{code}' THEN {number}" for code, number in table.items())
    return f"CASE {column} {lines} ELSE {otherwise} END"


def _listed(values: Any) -> str:
    return ", ".join(f"'{value}'" for value in sorted(values))


def _tags() -> str:
    parts = []
    for tag, (groups, subgroups, attributes) in rules.TAGS.items():
        asks = [f'c."group" IN ({_listed(groups)})'] if groups else []
        asks += [f"c.subgroup IN ({_listed(subgroups)})"] if subgroups else []
        asks += [f"c.attributes ?| array[{_listed(attributes)}]"] if attributes else []
        parts.append(f"CASE WHEN {' OR '.join(asks)} THEN {codes.TAG_BITS[tag]} ELSE 0 END")
    return " + ".join(parts)


def _band() -> str:
    rest = "m.needed - least(m.collected, m.needed)"
    lines = []
    for band, (low, high) in rules.LEFT_BANDS.items():
        top = f" AND {rest} <= {high}" if high is not None else ""
        lines.append(f"WHEN {rest} > {low}{top} THEN {codes.LEFT[band]}")
    return f"CASE {' '.join(lines)} ELSE 0 END"


def _kinds() -> str:
    bits = {item: codes.KIND_BITS[kind] for item, kind in codes.KIND_OF_ITEM.items()}
    return f"bit_or({_choice('i.code', bits, str(codes.KIND_BITS['other']))})"


COLUMNS = (
    "stage", "number", "grp", "subgroup", "region", "district", "urgency", "tags", "kinds", "verifier", "left_band",
    "published", "share", "category", "seed", "rev",
)  # fmt: skip
FOUND_SQL = f"""
SELECT c.id AS "case", {_choice("c.state", codes.STAGE_OF_STATE)} AS stage, c.number AS number,
    {_choice('c."group"', codes.GROUPS)} AS grp, {_choice("c.subgroup", codes.SUBGROUPS)} AS subgroup,
    substr(c.region_kato, 1, 2)::int AS region,
    CASE WHEN c.district_kato ~ '^[0-9]{{9}}$' THEN c.district_kato::int ELSE 0 END AS district,
    {_choice("c.urgency", codes.URGENCIES)} AS urgency, {_tags()} AS tags, coalesce(k.kinds, 0) AS kinds,
    coalesce(v.id, 0) AS verifier, {_band()} AS left_band,
    coalesce((c.published_at AT TIME ZONE 'Asia/Almaty')::date - date '{codes.EPOCH}', 0) AS published,
    CASE WHEN m.needed > 0 THEN least(m.collected, m.needed) * {codes.SHARE_WHOLE} / m.needed ELSE 0 END AS share,
    coalesce(c.category, 3) AS category, ('x' || substr(md5(c.number), 1, 8))::bit(32)::bigint AS seed,
    nextval('portal_catalogue_rev') AS rev
FROM portal_cases_case c
LEFT JOIN portal_catalogue_casefigures f ON f."case" = c.id
CROSS JOIN LATERAL (SELECT coalesce(f.needed_tiyn, 0) AS needed,
    coalesce(f.received_tiyn + f.held_tiyn + f.paid_tiyn + f.delivered_tiyn, 0) AS collected) m
LEFT JOIN portal_catalogue_verifier v ON v.name = c.verified_by AND c.verified_by <> ''
LEFT JOIN LATERAL (SELECT {_kinds()} AS kinds FROM portal_wishes_item i
    WHERE i."case" = c.id AND i.state IN ({_listed(ASKED_OF_DONORS)})) k ON true
WHERE {{which}} AND (c.state IN ({_listed(codes.STAGE_OF_STATE)})
    OR EXISTS (SELECT 1 FROM portal_catalogue_shelved s WHERE s."case" = c.id))
"""  # noqa: S608 - built of our own code tables
# A known case is updated, not inserted again: its slot stays, and slots stay dense.
FACETS_SQL = f"""
WITH found AS ({FOUND_SQL}), known AS (
    UPDATE portal_catalogue_shelved s SET {", ".join(f"{name} = found.{name}" for name in COLUMNS)}
    FROM found WHERE s."case" = found."case" RETURNING s."case")
INSERT INTO portal_catalogue_shelved ("case", {", ".join(COLUMNS)})
SELECT "case", {", ".join(COLUMNS)} FROM found WHERE "case" NOT IN (SELECT "case" FROM known) ORDER BY number
"""  # noqa: S608 - built of our own code tables
VERIFIERS_SQL = """
INSERT INTO portal_catalogue_verifier (name)
SELECT DISTINCT c.verified_by FROM portal_cases_case c WHERE {which} AND c.verified_by <> '' ON CONFLICT DO NOTHING
"""
TEXT = "concat_ws(' ', c.title_kk, c.title_ru, c.title_en, c.story_kk, c.story_ru)"
WORDS_SQL = f"""
INSERT INTO portal_catalogue_wording ("slot", words, digest, rev)
SELECT s.slot, portal_words({TEXT}), md5({TEXT}), nextval('portal_catalogue_rev')
FROM portal_cases_case c JOIN portal_catalogue_shelved s ON s."case" = c.id WHERE {{which}}
ON CONFLICT (slot) DO UPDATE SET words = excluded.words, digest = excluded.digest, rev = excluded.rev
WHERE portal_catalogue_wording.digest <> excluded.digest
"""  # noqa: S608 - built of our own column names
LEXICON_SQL = """
INSERT INTO portal_catalogue_word (word)
SELECT DISTINCT unnest(tsvector_to_array(words)) FROM portal_catalogue_wording WHERE rev > %s ON CONFLICT DO NOTHING
"""


def keep_shelf() -> int:
    """Take over every case that has changed since; how many. Another run at the same time does nothing and says 0."""
    done = 0
    while True:
        taken = _keep_batch()
        done += taken
        if taken < BATCH:
            return done


@transaction.atomic
def _keep_batch() -> int:
    from demeu.portal.catalogue.shelf.tallying import write_tally

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(f"SET LOCAL statement_timeout = '{TOOK_S_MAX}s'")
        cursor.execute(
            "WITH taken AS (DELETE FROM portal_catalogue_stale WHERE id IN"
            ' (SELECT id FROM portal_catalogue_stale ORDER BY id LIMIT %s) RETURNING "case")'
            ' SELECT count(*), array_agg(DISTINCT "case") FROM taken',
            [BATCH],
        )
        taken, cases = cursor.fetchone()
        if cases:
            shelve(cursor, cases)
    write_tally(changed=bool(cases), at=clock.now())
    return int(taken)


def shelve(cursor: Any, cases: list[UUID] | None) -> None:
    """Copy these cases as they are now; None: every public one, for a shelf that is made anew."""
    cursor.execute("SELECT last_value FROM portal_catalogue_rev")
    before = cursor.fetchone()[0]
    which, given = ("true", []) if cases is None else ("c.id = ANY(%s)", [cases])
    for statement in (VERIFIERS_SQL, FACETS_SQL, WORDS_SQL):
        cursor.execute(statement.replace("{which}", which), given)
    cursor.execute(LEXICON_SQL, [before])
