"""The trail against real PostgreSQL: it only grows, it is chained, a planted change is found."""

from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from demeu.kernel.checks import broken_invariants
from demeu.kernel.context import Acting
from demeu.kernel.errors import Refusal
from demeu.vault.access import actions, queries

pytestmark = pytest.mark.django_db


def _read(subject: UUID, fields: tuple[str, ...] = ("phone",)) -> None:
    actions.note_access(
        actor="person:" + str(uuid4()),
        role="portal",
        operation="people.card",
        purpose="case_review",
        subject=subject,
        fields=fields,
    )


def test_the_person_sees_who_looked_newest_first() -> None:
    person = uuid4()
    _read(person, ("phone",))
    _read(person, ("iin", "names"))
    _read(uuid4())
    lines = queries.trail_of(person)
    assert [line.fields for line in lines] == [("iin", "names"), ("phone",)]


def test_without_a_purpose_nothing_is_read() -> None:
    with pytest.raises(Refusal, match=r"access\.no_purpose"):
        actions.note_access(
            actor="person:x", role="portal", operation="people.card", purpose=" ", subject=uuid4(), fields=("phone",)
        )


def test_records_refuse_change_and_removal() -> None:
    _read(uuid4())
    for sql in ("UPDATE vault_access_accessrecord SET actor = 'x'", "DELETE FROM vault_access_accessrecord"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_heads_grow_and_announce_once() -> None:
    assert actions.close_head() is None
    _read(uuid4())
    first = actions.close_head()
    assert first is not None
    assert first.size == 1
    assert actions.close_head() is None
    _read(uuid4())
    _read(uuid4())
    second = actions.close_head()
    assert second is not None
    assert second.size == 3
    assert second.head_sha256 != first.head_sha256
    assert broken_invariants() == []


def test_a_planted_change_of_words_is_found() -> None:
    _read(uuid4())
    actions.close_head()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE vault_access_accessrecord DISABLE TRIGGER USER")
        cursor.execute("UPDATE vault_access_accessrecord SET content = replace(content, 'portal', 'vault')")
        cursor.execute("ALTER TABLE vault_access_accessrecord ENABLE TRIGGER USER")
    assert [broken.name for broken in broken_invariants()] == ["access.chain"]


def test_the_office_the_organisation_and_the_case_are_chained_too() -> None:
    person = uuid4()
    actions.note_access(
        actor="person:x", role="portal", operation="facts.show", purpose="case_review", subject=person,
        fields=("income_monthly",), acting=Acting("curator", "Мейірім қоры", "application:1"),
    )  # fmt: skip
    line = queries.trail_of(person)[0]
    assert (line.office, line.organization, line.about) == ("curator", "Мейірім қоры", "application:1")
    actions.close_head()
    assert broken_invariants() == []
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE vault_access_accessrecord DISABLE TRIGGER USER")
        cursor.execute("UPDATE vault_access_accessrecord SET office = 'volunteer'")
        cursor.execute("ALTER TABLE vault_access_accessrecord ENABLE TRIGGER USER")
    assert [broken.name for broken in broken_invariants()] == ["access.words"]


def test_the_person_reaches_every_look_page_by_page() -> None:
    person = uuid4()
    for _ in range(7):
        _read(person)
    seen: list[int] = []
    before = None
    while lines := queries.trail_of(person, before, lines_max=3):
        seen += [line.record for line in lines]
        before = lines[-1].record
    assert len(seen) == 7
    assert seen == sorted(seen, reverse=True)
