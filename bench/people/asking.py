"""Asks the filled table, as a process with the vault's settings, rows as JSON: `python -m people.asking N`."""

import json
import random
import sys
import time
from collections.abc import Callable

import django
import load
from rows import Row, ms

AREA = "people"
QUESTIONS = 400
OTHER_SCRIPT = str.maketrans("әғқңөұүһі", "агкноуухи")


def asked_for(people: int, rounds: int) -> list[int]:
    """Whom to ask about, spread over all of them, the same each time."""
    return random.Random(7).sample(range(people), min(people, rounds))  # noqa: S311 - not a secret


def timed(work: Callable[[int], object], about: list[int]) -> list[float]:
    """Seconds of each question."""
    taken = []
    for number in about:
        began = time.perf_counter()
        work(number)
        taken.append(time.perf_counter() - began)
    return taken


def rows(people: int) -> list[Row]:
    """All figures."""
    from django.db import connection

    from demeu.vault.people.duplicates import find_alike
    from demeu.vault.people.likeness import Traits
    from demeu.vault.people.models import Person
    from demeu.vault.people.queries import person_card
    from demeu.vault.sealing.cipher import blind
    from people.filling import drawn, fill

    began = time.perf_counter()
    fill(people)
    filled_s = time.perf_counter() - began
    found = {"hits": 0, "asked": 0}

    def plain(number: int) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM vault_people_person WHERE iin_blind = %s", [number.to_bytes(32, "big")])
            cursor.fetchall()

    def exact(number: int) -> None:
        person = Person.objects.only("id").get(iin_blind=blind("iin", f"{number:012d}"))
        assert person_card(person.id).display_name

    def fuzzy(number: int) -> None:
        surname, given, _father, born = drawn(random.Random(number))  # noqa: S311 - the same person as filled in
        traits = Traits(surname.translate(OTHER_SCRIPT), given.translate(OTHER_SCRIPT), "", born.isoformat())
        alike = find_alike(traits)
        known = Person.objects.only("id").get(iin_blind=blind("iin", f"{number:012d}"))
        found["asked"] += 1
        found["hits"] += known.id in {one.person for one in alike}

    about = asked_for(people, QUESTIONS)
    timed(exact, about[:20])
    timed(fuzzy, about[:20])
    found.update(hits=0, asked=0)
    plain_s, exact_s = sorted(timed(plain, about)), sorted(timed(exact, about))
    fuzzy_s = sorted(timed(fuzzy, about))
    middle = len(about) // 2
    return [
        Row(AREA, f"filling {people:,} sealed people with blocking keys", people / filled_s, "a second"),
        ms(AREA, "an empty question by index", plain_s[middle]),
        Row(AREA, "look-ups by IIN, card opened, one after another", 1 / exact_s[middle], "a second",
            "empty question", exact_s[middle] / plain_s[middle]),
        ms(AREA, "look-up by IIN, p95", load.ninety_fifth(exact_s), "empty question", plain_s[middle]),
        ms(AREA, "duplicates across spellings, p50", fuzzy_s[middle], "look-up by IIN", exact_s[middle]),
        ms(AREA, "duplicates across spellings, p95 (goal 200 ms)", load.ninety_fifth(fuzzy_s), "look-up by IIN",
           exact_s[middle]),
        Row(AREA, "of these the right person found", 100 * found["hits"] / found["asked"], "%"),
    ]  # fmt: skip


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(json.dumps([row.as_json() for row in rows(int(sys.argv[1]))]))
