"""Fills the vault's table with sealed people, as the vault itself would write them, through COPY by every processor."""

import os
import random
import uuid
from collections.abc import Iterator
from datetime import date, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import django
import psycopg

CHUNK = 10_000
EARLIEST = date(1940, 1, 1)
DAYS = (date(2020, 1, 1) - EARLIEST).days

ROOTS, GIVEN = (line.split() for line in Path(__file__).with_name("names.txt").read_text(encoding="utf-8").splitlines())
ENDINGS = ("ов", "ова", "ев", "ева", "ұлы", "қызы", "", "бай", "бек", "тай", "баев", "беков", "ғалиев", "қызы")

PERSON = (
    "id", "surname", "given_name", "patronymic", "iin", "birth_date", "phone", "phone_pending", "email",
    "iin_blind", "phone_blind", "lang", "region_kato", "created_at",
)  # fmt: skip


def drawn(random_number: random.Random) -> tuple[str, str, str, date]:
    """One person: names as unevenly spread as in life, and a birthday."""
    root = ROOTS[int(len(ROOTS) * random_number.random() ** 1.6)]
    given = GIVEN[int(len(GIVEN) * random_number.random() ** 1.4)]
    father = ROOTS[int(len(ROOTS) * random_number.random() ** 1.4)]
    born = EARLIEST + timedelta(days=random_number.randrange(DAYS))
    return root + random_number.choice(ENDINGS), given, father + random_number.choice(("ұлы", "қызы", "ович")), born


def _rows(first: int, count: int) -> Iterator[tuple[tuple[Any, ...], list[int]]]:
    from demeu.kernel import clock
    from demeu.vault.people.duplicates import blocking_numbers
    from demeu.vault.people.likeness import Traits
    from demeu.vault.sealing.cipher import blind, seal

    now = clock.now()
    for number in range(first, first + count):
        random_number = random.Random(number)  # noqa: S311 - people of a benchmark, the same each time
        surname, given, father, born = drawn(random_number)
        person = uuid.UUID(int=random_number.getrandbits(128), version=4)
        iin, phone = f"{number:012d}", f"+7701{number:07d}"
        names = [
            seal(person, f"person.{field}", text)
            for field, text in (("surname", surname), ("given_name", given), ("patronymic", father), ("iin", iin))
        ]
        birth = seal(person, "person.birth_date", born.isoformat())
        sealed_phone = seal(person, "person.phone", phone)
        blinds = blind("iin", iin), blind("phone", phone)
        row = (person, *names, birth, sealed_phone, b"", b"", *blinds, "kk", "", now)
        yield row, blocking_numbers(Traits(surname, given, father, born.isoformat()))


def _fill(work: tuple[int, int]) -> None:
    """Write one chunk in a process of its own."""
    with psycopg.connect(os.environ["DEMEU_DATABASE_URL_VAULT"]) as connection, connection.cursor() as cursor:
        connection.execute("SET synchronous_commit = off")
        rows = list(_rows(*work))
        with cursor.copy(f"COPY vault_people_person ({', '.join(PERSON)}) FROM STDIN") as copy:
            for row, _ in rows:
                copy.write_row(row)
        with cursor.copy("COPY vault_people_blockingkey (person_id, key) FROM STDIN") as copy:
            for row, keys in rows:
                for key in keys:
                    copy.write_row((row[0], key))


def fill(people: int) -> None:
    """So many people, by as many processes as there are processors; indexes are made at the end, as when restoring."""
    from demeu.vault.sealing.keys import field_keys

    field_keys()
    with psycopg.connect(os.environ["DEMEU_DATABASE_URL_VAULT"], autocommit=True) as connection:
        connection.execute("DROP INDEX blocking_key, blocking_person")
        chunks = [(first, min(CHUNK, people - first)) for first in range(0, people, CHUNK)]
        with get_context("spawn").Pool(os.cpu_count() or 1, initializer=django.setup) as pool:
            pool.map(_fill, chunks, chunksize=1)
        connection.execute("CREATE INDEX blocking_key ON vault_people_blockingkey (key) INCLUDE (person_id)")
        connection.execute("CREATE INDEX blocking_person ON vault_people_blockingkey (person_id)")
        connection.execute("VACUUM ANALYZE")
