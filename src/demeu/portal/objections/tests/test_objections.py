"""Objecting in one tap, and an answer by somebody who neither looked nor objects."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from demeu.contracts import vault
from demeu.contracts.vault import AccessLine
from demeu.contracts.words import Role
from demeu.kernel import signing
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.kernel.testing import run_jobs
from demeu.portal.accounts.actions import give_role
from demeu.portal.cabinets import asking
from demeu.portal.objections import actions, queries, rules, tasks, views
from demeu.portal.objections.models import Objection

CURATOR = "person:0190aa00-0000-7000-8000-00000000000c"
MOMENT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: object) -> None:
    signing.make_keys(tmp_path, ["portal", "vault"])
    settings.DEMEU_KEYS = tmp_path / "portal"  # type: ignore[attr-defined]


def _line(record: int = 7, actor: str = CURATOR) -> AccessLine:
    return AccessLine(
        record=record, at=MOMENT, actor=actor, office="curator", organization="Мейірім",
        about="application:0190aa00-0000-7000-8000-000000000001", operation="facts.show", purpose="case_review",
        fields=("income_monthly",),
    )  # fmt: skip


def _signed_in(client: Client, *roles: Role) -> UUID:
    person = new_id()
    for role in roles:
        give_role(person=person, role=role, by="role:portal", organization="Мейірім")
    session = client.session
    session["person"], session["office"] = str(person), bool(roles)
    session.save()
    return person


@given(st.datetimes(min_value=datetime(2026, 1, 1), max_value=datetime(2030, 1, 1), timezones=st.just(UTC)))
def test_an_answer_is_due_on_a_working_day_three_to_five_days_on(made_at: datetime) -> None:
    due = rules.due_after(made_at)
    assert due.weekday() < 5
    assert 3 <= (due - made_at).days <= 5


@pytest.mark.django_db
def test_only_a_look_of_ones_own_list_and_of_somebody_else_can_be_objected_to() -> None:
    person = new_id()
    for look, refusal in ((8, r"objection\.unknown_look"), (9, r"objection\.own_look")):
        with pytest.raises(Refusal, match=refusal):
            actions.object_to_look(
                person=person, look=look, trail=[_line(), _line(9, f"person:{person}")], by=f"person:{person}"
            )
    first = actions.object_to_look(person=person, look=7, trail=[_line()], by=f"person:{person}")
    again = actions.object_to_look(person=person, look=7, trail=[_line()], by=f"person:{person}")
    assert first.id == again.id
    assert (first.office, first.organization, first.fields) == ("curator", "Мейірім", ["income_monthly"])


@pytest.mark.django_db
def test_neither_who_looked_nor_who_objects_answers() -> None:
    person, document = new_id(), new_id()
    row = actions.object_to_look(person=person, look=7, trail=[_line()], by=f"person:{person}")
    for by in (CURATOR, f"person:{person}"):
        with pytest.raises(Refusal, match=r"objection\.not_by_you"):
            actions.answer_objection(objection=row.id, answer=document, by=by)
    with pytest.raises(IntegrityError), transaction.atomic():
        Objection.objects.filter(id=row.id).update(answered_by=CURATOR, answer=document, state="answered")
    actions.answer_objection(objection=row.id, answer=document, by="person:officer")
    assert queries.waiting() == []
    with pytest.raises(Refusal, match=r"objection\.answered"):
        actions.answer_objection(objection=row.id, answer=new_id(), by="person:officer")


@pytest.mark.django_db
def test_the_person_is_told_once_of_an_answer_and_nothing_of_what_it_says(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[Any, str]] = []

    def vault_at_the_border(_service: str, _operation: Any, body: Any, *, idempotency_key: str, **_how: Any) -> None:
        told.append((body, idempotency_key))

    monkeypatch.setattr(tasks, "ask", vault_at_the_border)
    person, document = new_id(), new_id()
    row = actions.object_to_look(person=person, look=7, trail=[_line()], by=f"person:{person}")
    tasks.tell_answered.defer(objection=str(row.id))
    run_jobs()
    assert told == []
    for _ in range(2):
        actions.answer_objection(objection=row.id, answer=document, by="person:officer")
    run_jobs()
    [(body, key)] = told
    assert (body.person, body.template, body.facts) == (person, "objection_answered", {})
    assert body.once == key == f"objection_answered-{row.id}"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "A curator (Мейірім) looked at"), ("ru", "Куратор («Мейірім»): посмотрел"), ("kk", "Куратор (Мейірім)")],
)
def test_the_list_says_in_plain_words_who_looked_at_what_and_offers_one_tap(
    client: Client, monkeypatch: pytest.MonkeyPatch, lang: str, words: str
) -> None:
    person = _signed_in(client)
    lines = (_line(9, f"person:{person}"), _line())

    def told(service: str, operation: Any, question: vault.TrailQuestion, **how: Any) -> vault.AccessTrail:
        before = question.before
        return vault.AccessTrail(
            lines=tuple(line for line in lines if before is None or line.record < before), older=True
        )

    for module in (asking, views):
        monkeypatch.setattr(module, "ask", told)
    page = client.get("/my/access/", headers={"accept-language": lang}).content.decode()
    assert words in page
    assert page.count('action="/my/access/object/"') == 1
    assert 'href="?before=7"' in page
    assert "/my/applications/0190aa00-0000-7000-8000-000000000001/" in page
    assert client.post("/my/access/object/", {"look": "7"}).status_code == 302
    row = Objection.objects.get()
    assert row.person == person
    assert f"/my/access/objections/{row.id}/" in client.get("/my/access/").content.decode()
    assert client.get(f"/my/access/objections/{row.id}/").status_code == 200
    assert client.post("/my/access/object/", {"look": "9" * 40}).status_code == 404


@pytest.mark.django_db
def test_the_desk_is_for_fund_staff_and_an_answer_waits_for_vault(client: Client) -> None:
    row = actions.object_to_look(person=new_id(), look=7, trail=[_line()], by="person:citizen")
    _signed_in(client, Role.CURATOR)
    assert client.get("/desk/objections/").status_code == 403
    _signed_in(client, Role.FUND_STAFF)
    assert "Мейірім" in client.get("/desk/objections/").content.decode()
    assert client.post(f"/desk/objections/{row.id}/", {"words": " "}).status_code == 422
    answer = client.post(f"/desk/objections/{row.id}/", {"words": "Көмек үшін қаралды"})
    assert answer.status_code == 503
    assert "Көмек үшін қаралды" in answer.content.decode()
    assert Objection.objects.get().state == "received"


@pytest.mark.django_db
def test_nobody_reads_another_persons_objection(client: Client) -> None:
    row = actions.object_to_look(person=new_id(), look=7, trail=[_line()], by="person:citizen")
    _signed_in(client)
    assert client.get(f"/my/access/objections/{row.id}/").status_code == 404
