"""A suspected breach: exactly those who were read so are listed, quickly, and the list itself leaves a trail."""

import csv
import stat
import time
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.vault.access.actions import note_access
from demeu.vault.access.breach import Suspicion, people_touched
from demeu.vault.access.queries import trail_of
from demeu.vault.people.actions import enter_person

pytestmark = pytest.mark.django_db
THIEF = "person:0190aa00-0000-7000-8000-00000000000f"


def _person(surname: str = "Сейітова") -> UUID:
    return enter_person(
        actor="person:x", surname=surname, given_name="Әсел", patronymic="", iin=None, birth_date=None,
        phone="+77710009998", lang="kk", region_kato="",
    )[0]  # fmt: skip


def _read(
    person: UUID, actor: str = THIEF, operation: str = "people.card", fields: tuple[str, ...] = ("names",)
) -> None:
    note_access(actor=actor, role="portal", operation=operation, purpose="case_review", subject=person, fields=fields)


def _span(**narrowed: str) -> Suspicion:
    return Suspicion(since=clock.now() - timedelta(hours=1), until=clock.now() + timedelta(hours=1), **narrowed)


def test_only_people_whom_this_actor_read_are_touched() -> None:
    mine, other = uuid4(), uuid4()
    _read(mine)
    _read(mine, operation="facts.show", fields=("income_monthly",))
    _read(other, actor="person:honest")
    found = list(people_touched(_span(actor=THIEF)))
    assert [(one.person, one.looks, one.operations) for one in found] == [(mine, 2, ("facts.show", "people.card"))]
    assert {one.person for one in people_touched(_span())} == {mine, other}
    assert [one.person for one in people_touched(_span(field="income_monthly"))] == [mine]


def test_readings_outside_the_span_do_not_count() -> None:
    with clock.frozen(clock.now() - timedelta(days=3)):
        _read(uuid4())
    assert list(people_touched(_span())) == []
    with pytest.raises(Refusal, match=r"access\.no_span"):
        list(people_touched(Suspicion(since=clock.now(), until=clock.now() - timedelta(hours=1))))


def test_the_list_is_a_private_file_and_reading_contacts_is_itself_recorded(tmp_path: Path) -> None:
    person = _person()
    _read(person)
    file = tmp_path / "touched.csv"
    since = (clock.now() - timedelta(hours=1)).isoformat()
    call_command("people_touched", str(file), "--since", since, "--actor", THIEF, "--with-contacts")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    rows = list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
    assert [(row["person"], row["name"], row["phone"]) for row in rows] == [
        (str(person), "Сейітова Әсел", "+77710009998")
    ]
    assert trail_of(person)[0].operation == "people_touched"
    with pytest.raises(CommandError, match="cannot write"):
        call_command("people_touched", str(file), "--since", since)
    with pytest.raises(CommandError, match="zone"):
        call_command("people_touched", str(tmp_path / "other.csv"), "--since", "2026-11-22T08:00:00")


def test_a_hundred_thousand_readings_are_sorted_out_in_seconds() -> None:
    with connection.cursor() as cursor:
        cursor.execute("""
            INSERT INTO vault_access_accessrecord (at, actor, role, operation, purpose, office, organization, about,
                subject, fields, request_id, content)
            SELECT now(), 'person:' || n % 50, 'portal', 'people.card', 'x', '', '', '',
                md5((n % 20000)::text)::uuid, '["names"]', '', '' FROM generate_series(1, 100000) n
            """)
    began = time.monotonic()
    assert len(list(people_touched(_span()))) == 20_000
    assert time.monotonic() - began < 20
