"""Run as a module with the portal's settings: fills the tables, then asks as visitors do; prints rows as JSON.

`python -m catalogue.taking CASES`
"""

import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import django
import load
from rows import Row, ms

AREA = "catalogue"
ASKED = 400
WORDS = (
    "уголь", "коляска", "каляска", "продуктовый набор", "набор продуктовый", "комир", "көмір", "мектеп формасы",
    "формасы мектеп", "слуховой апарат", "долги", "пожар", "өрттен", "ребенок инвалидность", "зимняя курка", "аренда",
    "немересин", "жалгыз", "бабушка внуки", "обогреватель", "тасминбай", "кунтас",
)  # fmt: skip


def fill(cases: int) -> None:
    """Public cases as if they had come by ordinary ways, then the shelf in one go."""
    from django.db import connection, transaction

    from demeu.kernel import clock
    from demeu.portal.catalogue.shelf.keeping import shelve
    from demeu.portal.catalogue.shelf.tallying import write_tally

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL work_mem = '512MB'")
        # The shelf is filled whole below, so nobody notes a case as changed.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for statement in Path(__file__).with_name("filling.sql").read_text(encoding="utf-8").split(";\n"):
            if statement.strip():
                cursor.execute(statement.replace(":cases", str(cases)))
        # One by one, a million texts would go into the index for minutes.
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE indexname = 'wording_words'")
        index = cursor.fetchone()[0]
        cursor.execute("DROP INDEX wording_words")
        shelve(cursor, None)
        cursor.execute(f"SET LOCAL maintenance_work_mem = '512MB'; {index}")
        write_tally(changed=True, at=clock.now())
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute("VACUUM ANALYZE")


def questions(chance: random.Random) -> Iterator[Any]:
    """Filters and words as visitors join them: one to three filters, words in half of the questions."""
    from demeu.portal.catalogue.filters import ALLOWED, SORTS, Wanted

    facets = [facet for facet in ALLOWED if facet != "subgroup"]
    while True:
        chosen: dict[str, Any] = {
            facet: frozenset(chance.sample(sorted(ALLOWED[facet]), 1))
            for facet in chance.sample(facets, chance.randint(0, 3))
        }
        words = chance.choice(WORDS) if chance.random() < 0.5 else ""
        yield Wanted(words=words, sort=chance.choice(SORTS), **chosen)


def asked() -> list[Row]:
    """Seconds from a question to cases, counts and the next page's place, everything included but the drawing."""
    from demeu.portal.catalogue import queries
    from demeu.portal.catalogue.filters import Wanted

    chance = random.Random(6)  # noqa: S311 - the same questions every time
    began = time.perf_counter()
    number = queries.found(Wanted()).number
    first_s = time.perf_counter() - began
    taken = {True: [], False: []}  # type: dict[bool, list[float]]
    for _, wanted in zip(range(ASKED), questions(chance), strict=False):
        began = time.perf_counter()
        queries.found(wanted)
        taken[bool(wanted.words)].append(time.perf_counter() - began)
    both = [*taken[True], *taken[False]]
    return [
        Row(AREA, "open cases", number, "cases"),
        ms(AREA, "first question of a process", first_s),
        ms(AREA, "filters, search and counts, p50", sorted(both)[len(both) // 2]),
        ms(AREA, "filters, search and counts, p95", load.ninety_fifth(both)),
        ms(AREA, "filters and counts without words, p95", load.ninety_fifth(taken[False])),
        ms(AREA, "with words, p95", load.ninety_fifth(taken[True])),
        ms(AREA, "slowest", max(both)),
    ]


def renewed() -> list[Row]:
    """A hundred cases get money: seconds until the shelf has them and until a page counts them."""
    from demeu.portal.catalogue import queries
    from demeu.portal.catalogue.filters import Wanted
    from demeu.portal.catalogue.models import CaseFigures
    from demeu.portal.catalogue.shelf import keeping

    few = list(CaseFigures.objects.values_list("case", flat=True)[:100])
    CaseFigures.objects.filter(case__in=few).update(held_tiyn=100)
    began = time.perf_counter()
    keeping.keep_shelf()
    kept_s = time.perf_counter() - began
    began = time.perf_counter()
    queries.found(Wanted())
    return [
        ms(AREA, "shelf brought up to 100 changed cases, tally and sums", kept_s),
        ms(AREA, "first page after it", time.perf_counter() - began),
    ]


def check() -> None:
    """The counts are those of the tables, or there is nothing to report."""
    from django.db import connection

    from demeu.portal.catalogue.checks import CHECKS

    with connection.cursor() as cursor:
        for invariant in CHECKS:
            if invariant.name in ("counts_are_true", "shelf_follows_cases"):
                cursor.execute(invariant.sql)
                rows = cursor.fetchmany(3)
                if rows:
                    raise RuntimeError(f"{invariant.name} is broken: {rows}")


def main() -> None:
    """Everything in turn."""
    django.setup()
    began = time.perf_counter()
    fill(int(sys.argv[1]))
    found = [Row(AREA, "filling tables and shelf", time.perf_counter() - began, "s")]
    found += asked() + renewed()
    check()
    print(json.dumps([asdict(row) for row in found]))  # noqa: T201 - for the process that asked


if __name__ == "__main__":
    main()
