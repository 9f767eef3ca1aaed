"""Decisions and states of cases reach the log as commitments that only their openings explain."""

import json
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from demeu.contracts import treasury
from demeu.kernel.errors import Refusal, unavailable
from demeu.kernel.ids import new_id
from demeu.portal.cabinets import own_data
from demeu.portal.cases.actions import move_case, start_application
from demeu.portal.cases.models import Application
from demeu.portal.cases.rules import CaseState
from demeu.portal.giving.tests.cast import published_case, signed_in
from demeu.portal.records import tasks
from demeu.portal.records.actions import erase_openings, record_fact
from demeu.portal.records.models import Record
from demeu.portal.records.queries import openings
from demeu.portal.records.rules import commitment_of
from demeu.treasury.proofs.entries import commitment_of as commitment_of_treasury

pytestmark = pytest.mark.django_db


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> dict[str, treasury.LogAppend]:
    """Treasury's log as its own tests show it: a key is placed once."""
    places: dict[str, treasury.LogAppend] = {}

    def append(_: str, operation: Any, body: Any, *, idempotency_key: str, **__: Any) -> treasury.LogAppended:
        assert operation is treasury.LOG_APPEND
        places.setdefault(idempotency_key, body)
        return treasury.LogAppended(index=list(places).index(idempotency_key))

    monkeypatch.setattr(tasks, "ask", append)
    return places


def test_a_new_state_of_a_case_is_committed_to_with_its_move(log: dict[str, treasury.LogAppend]) -> None:
    case = published_case()
    move_case(case=case.id, to=CaseState.SUSPENDED, by="role:portal")
    row = Record.objects.get()
    assert (row.kind, row.facts["state"], row.facts["case"]) == ("case_status", "suspended", case.number)
    tasks.carry_records.run()
    row.refresh_from_db()
    assert row.index == 0 and [body.commitment for body in log.values()] == [row.commitment]
    tasks.carry_records.run()
    assert len(log) == 1


def test_what_fails_to_be_carried_waits_and_is_carried_by_the_next_run(
    log: dict[str, treasury.LogAppend], monkeypatch: pytest.MonkeyPatch
) -> None:
    record_fact(subject="case:1", kind="decision", facts={"decision": "approved"})

    def away(*_: Any, **__: Any) -> None:
        raise unavailable("call.service_down")

    with monkeypatch.context() as broken:
        broken.setattr(tasks, "ask", away)
        with pytest.raises(Refusal):
            tasks.carry_records.run()
    assert Record.objects.get().index is None
    tasks.carry_records.run()
    assert Record.objects.get().index == 0


def test_an_opening_recomputes_its_commitment_and_no_other_does() -> None:
    record_fact(subject="case:1", kind="decision", facts={"decision": "refused", "қазақша": "ә"})
    [opened] = openings("case:1")
    assert commitment_of(bytes.fromhex(opened["salt"]), opened["facts"]) == opened["commitment"]
    assert commitment_of(bytes(32), opened["facts"]) != opened["commitment"]
    assert commitment_of_treasury(bytes.fromhex(opened["salt"]), opened["facts"]) == opened["commitment"]


def test_an_erased_opening_says_nothing_any_more() -> None:
    row = record_fact(subject="case:1", kind="decision", facts={"decision": "refused"})
    record_fact(subject="case:2", kind="decision", facts={"decision": "approved"})
    assert erase_openings(subject="case:1") == 1
    assert openings("case:1") == [] and len(openings("case:2")) == 1
    again = Record.objects.get(id=row.id)
    assert (again.commitment, again.facts, again.salt) == (row.commitment, {}, None)


def test_anybody_can_take_the_openings_of_a_public_case(client: Client) -> None:
    case = published_case()
    move_case(case=case.id, to=CaseState.SUSPENDED, by="role:portal")
    move_case(case=case.id, to=CaseState.PUBLISHED, by="role:portal")
    answer = client.get(f"/cases/{case.number}/records.json")
    found = json.loads(answer.content)
    assert [row["facts"]["state"] for row in found["records"]] == ["suspended", "published"]
    assert all(UUID(str(case.person)).hex not in json.dumps(row) for row in found["records"])
    assert client.get("/cases/26-99999/records.json").status_code == 404


def test_whoever_erases_their_data_erases_the_openings_of_their_applications(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    person = new_id()
    signed_in(client, person)
    row = start_application(application=new_id(), person=person, lang="ru")
    Application.objects.filter(id=row.id).update(state="withdrawn")
    record_fact(subject=f"application:{row.id}", kind="decision", facts={"decision": "refused"})
    monkeypatch.setattr(own_data, "ask", lambda *_, **__: None)
    monkeypatch.setattr(own_data, "stop_monthly_gifts", lambda **_: 0)
    assert client.post("/my/data/erase/", {"sure": "yes"}).status_code == 302
    assert openings(f"application:{row.id}") == [] and Record.objects.count() == 1
