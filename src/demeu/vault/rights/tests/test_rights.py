"""Export and erasure against real PostgreSQL: all of a person and nobody else; afterwards all proofs still hold."""

import base64
import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection, models

from demeu.contracts.vault import rights as contract
from demeu.contracts.vault.people import PersonQuestion
from demeu.contracts.words import Purpose, Registry
from demeu.kernel import clock
from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.kernel.serving import Call
from demeu.vault.access.actions import close_head, note_access
from demeu.vault.access.queries import trail_of
from demeu.vault.consents import actions as consents
from demeu.vault.consents import queries as consent_queries
from demeu.vault.documents.actions import keep_text
from demeu.vault.documents.models import DocumentRow
from demeu.vault.documents.queries import document_content
from demeu.vault.households.models import FactRow, GatheringRow, Household, Member, RawAnswer
from demeu.vault.people import actions, queries
from demeu.vault.people.duplicates import find_alike
from demeu.vault.people.likeness import Traits
from demeu.vault.people.models import Erasure, Person
from demeu.vault.rights import api, erasing
from demeu.vault.rights.dossier import dossier_of
from demeu.vault.rights.holdings import HOLDINGS, NOT_HOLDINGS
from demeu.vault.sealing.cipher import blind, seal, seal_bytes
from demeu.vault.sealing.fields import SEALED_FIELDS
from demeu.vault.sealing.places import place_of

pytestmark = pytest.mark.django_db
IIN, OTHER_IIN = "900101200010", "900101100014"


def _person(iin: str = IIN, surname: str = "Сейітова") -> UUID:
    return actions.enter_person(
        actor="person:x", surname=surname, given_name="Әсел", patronymic="", iin=iin, birth_date=None,
        phone="+77710009998", lang="kk", region_kato="750000000",
    )[0]  # fmt: skip


def _with_household(person: UUID) -> GatheringRow:
    now = clock.now()
    household = Household.objects.create(person=person, created_at=now)
    consent = consents.ask_consent(
        person=person, subject="application:1", purpose=Purpose.ASSESSMENT, registries=(Registry.CKS,), term_days=30,
        text_version="1", lang="kk", actor="person:x",
    )  # fmt: skip
    row = GatheringRow.objects.create(
        id=new_id(), household=household, subject="application:1", consent=consent, purpose="assessment",
        state="done", started_at=now,
    )  # fmt: skip
    member = Member(id=uuid4(), gathering=row, place=0, iin_blind=blind("iin", IIN))
    member.iin = seal(member.id, "member.iin", IIN)
    member.save(force_insert=True)
    raw = new_id()
    RawAnswer.objects.create(
        id=raw, gathering=row, service="cks", message_id="m1", xml=seal_bytes(raw, "raw_answer.xml", b"<a/>"), at=now
    )
    FactRow.objects.create(
        gathering=row, member=member, code="housing_units", value="1", source="cks", as_of=now, message_id="m1"
    )
    return row


def _full() -> UUID:
    person = _person()
    _with_household(person)
    keep_text(subject="application:1", kind="application.words", person=person, text="Маған көмек керек", actor="x")
    note_access(
        actor="person:curator", role="portal", operation="people.card", purpose="case_review", subject=person,
        fields=("names",),
    )  # fmt: skip
    return person


def test_an_export_has_all_of_one_person_and_nothing_of_another() -> None:
    person = _full()
    other = _person(OTHER_IIN, "Басқаева")
    keep_text(subject="application:2", kind="application.words", person=other, text="Secret of another", actor="x")
    told = dossier_of(person)
    held = told["holdings"]
    assert held["person"][0]["iin"] == IIN
    assert held["person"][0]["surname"] == "Сейітова"
    assert held["documents"][0]["content"] == "Маған көмек керек"
    assert [row["code"] for row in held["facts"]] == ["housing_units"]
    assert held["consents"][0]["registries"] == ["cks"]
    assert held["looks"][0]["actor"] == "person:curator"
    text = json.dumps(told, ensure_ascii=False)
    assert "Басқаева" not in text
    assert "Secret" not in text


def test_a_file_is_exported_as_bytes_until_there_is_no_room(monkeypatch: pytest.MonkeyPatch) -> None:
    person, document, content = _person(), new_id(), b"\xff\xd8" + b"x" * 500
    DocumentRow.objects.create(
        id=document, subject="s", kind="photo", person=person, media_type="image/jpeg", sha256="0" * 64, state="clean",
        content=seal_bytes(document, "document.content", content), size_bytes=502, at=clock.now(),
    )  # fmt: skip
    row = dossier_of(person)["holdings"]["documents"][0]
    assert base64.b64decode(row["content"]["base64"]) == content
    monkeypatch.setattr("demeu.vault.rights.dossier.FILES_BYTES_MAX", 100)
    assert dossier_of(person)["holdings"]["documents"][0]["content"] == {"size_bytes": 502}


def test_erasing_leaves_no_readable_value_and_all_proofs_valid() -> None:
    person = _full()
    close_head()
    before = [broken.name for broken in broken_invariants()]
    done = erasing.erase_person(person=person, actor=f"person:{person}")
    assert done["person"] == done["documents"] == done["answers"] == done["members"] == 1
    row = Person.objects.get(id=person)
    assert (row.iin_blind, row.phone_blind, bytes(row.surname), row.region_kato) == (None, None, b"", "")
    assert queries.person_card(person).display_name == ""
    assert bytes(Member.objects.get().iin_blind) != blind("iin", IIN)
    assert find_alike(Traits("Сейітова", "Әсел", iin=IIN, phone="+77710009998")) == []
    assert trail_of(person)[0].actor == "person:curator"
    close_head()
    after = [broken.name for broken in broken_invariants()]
    assert after == before
    assert not [name for name in after if name.startswith(("access.", "consents."))]
    assert Erasure.objects.get().emptied == done


def test_after_erasing_nothing_is_told_or_released_and_it_cannot_be_done_twice() -> None:
    person = _full()
    erasing.erase_person(person=person, actor=f"person:{person}")
    for again in (lambda: dossier_of(person), lambda: erasing.erase_person(person=person, actor="x")):
        with pytest.raises(Refusal, match=r"person\.unknown"):
            again()
    assert [consent.state for consent in consent_queries.consents_of(person)] == ["refused"]
    with pytest.raises(Refusal, match=r"document\.erased"):
        document_content(DocumentRow.objects.get().id)
    assert _person() != person


def test_while_registries_are_asked_nothing_is_erased() -> None:
    person = _person()
    GatheringRow.objects.filter(id=_with_household(person).id).update(state="asking")
    with pytest.raises(Refusal, match=r"erasure\.gathering"):
        erasing.erase_person(person=person, actor="x")
    assert queries.person_card(person).display_name == "Сейітова Әсел"


def test_every_table_about_a_person_is_a_holding() -> None:
    known = {one.model for one in HOLDINGS} | set(NOT_HOLDINGS)
    for model in apps.get_models():
        if not model.__module__.startswith("demeu.vault."):
            continue
        about = [
            field.name
            for field in model._meta.fields
            if (isinstance(field, models.UUIDField) and field.name in ("person", "subject"))
            or (isinstance(field, models.ForeignKey) and field.related_model is Person)
        ]
        assert not about or model._meta.label in known, model._meta.label


def test_every_sealed_column_about_a_person_is_emptied_or_removed() -> None:
    covered = {(one.model, column) for one in HOLDINGS for column in (*one.opened, *one.emptied)}
    removed = {one.model for one in HOLDINGS if one.on_erasure == "remove"}
    for field in SEALED_FIELDS:
        place = place_of(field)
        if field.split(".")[0] in ("payee", "statement") or place.model._meta.label in removed:
            continue
        assert (place.model._meta.label, place.column) in covered, field


def test_what_is_past_its_term_is_emptied_by_itself_and_only_once() -> None:
    person = _full()
    with clock.frozen(clock.now() + timedelta(days=366)):
        assert erasing.end_terms() == {"answers": 1}
        assert erasing.end_terms() == {}
    assert bytes(RawAnswer.objects.get().xml) == b""
    assert dossier_of(person)["holdings"]["documents"][0]["content"]


def _call(actor: str, purpose: str = Purpose.OWN_DATA) -> Any:
    return Call(caller="portal", actor=actor, purpose=purpose, idempotency_key="k" * 8, deadline=0)


def test_only_the_person_may_export_or_erase() -> None:
    person = _full()
    for call in (_call("person:other"), _call(f"person:{person}", "case_review"), _call("role:portal")):
        with pytest.raises(Refusal, match=r"rights\.not_own"):
            api.data_export(call, PersonQuestion(person=person))
        with pytest.raises(Refusal, match=r"rights\.not_own"):
            api.person_erase(call, contract.PersonErase(person=person))
    told = api.data_export(_call(f"person:{person}"), PersonQuestion(person=person))
    assert json.loads(told.json_text)["holdings"]["person"][0]["iin"] == IIN
    assert trail_of(person)[0].operation == "rights.export"


def test_an_erased_person_stands_nowhere_in_clear_or_blind() -> None:
    person = _full()
    blinds = [blind("iin", IIN).hex(), blind("phone", "+77710009998").hex()]
    erasing.erase_person(person=person, actor=f"person:{person}")
    with connection.cursor() as cursor:
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_name LIKE 'vault_%'")
        tables = [row[0] for row in cursor.fetchall()]
        for table in tables:
            cursor.execute(f"SELECT coalesce(string_agg(row_to_json(t)::text, ' '), '') FROM {table} t")
            text = cursor.fetchone()[0]
            assert not [word for word in (IIN, "Сейітова", *blinds) if word in text], table
