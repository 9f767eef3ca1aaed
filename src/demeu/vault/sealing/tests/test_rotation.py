"""Rotation against real PostgreSQL: nothing becomes unreadable, a stop loses nothing, old keys go only when unused."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection, models, transaction

from demeu.kernel.errors import Refusal
from demeu.kernel.testing import run_jobs
from demeu.vault.payees.actions import register_payee
from demeu.vault.payees.models import Payee
from demeu.vault.payees.queries import payee_account
from demeu.vault.people import actions, queries
from demeu.vault.sealing import actions as rotation
from demeu.vault.sealing import places
from demeu.vault.sealing.cipher import CannotOpen, open_bytes, seal_bytes
from demeu.vault.sealing.fields import SEALED_FIELDS
from demeu.vault.sealing.keys import field_keys_anew
from demeu.vault.sealing.models import Rotation

pytestmark = pytest.mark.django_db
FIELD = "person.surname"
# Not sealed because they are public by nature, or sealed and gone before any rotation could end.
OPEN_COLUMNS = {
    "vault_identity.Passkey": {"credential", "public_key"},
    "vault_identity.QrLink": {"cms"},
}


@pytest.fixture(autouse=True)
def own_keys(tmp_path: Path, settings: Any) -> Any:
    settings.DEMEU_VAULT_FIELD_KEYS = str(tmp_path / "fields.json")
    field_keys_anew()
    return settings


def _people(count: int) -> list[UUID]:
    return [
        actions.enter_person(
            actor="person:x", surname=f"Сейітова-{number}", given_name="Әсел", patronymic="", iin=None,
            birth_date=None, phone=None, lang="kk", region_kato="",
        )[0]
        for number in range(count)
    ]  # fmt: skip


def _key_ids(column: str = "surname", table: str = "vault_people_person") -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT DISTINCT encode(substring({column} FROM 2 FOR 4), 'hex') FROM {table}")
        return {row[0] for row in cursor.fetchall()}


def _end() -> None:
    while Rotation.objects.filter(state="running").exists():
        run_jobs()


def test_every_row_is_resealed_in_steps_and_reads_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "ROWS_A_STEP", 3)
    people = _people(7)
    before = _key_ids()
    rotation.begin_rotation(field=FIELD)
    assert queries.person_card(people[0]).display_name == "Сейітова-0 Әсел"
    _end()
    assert _key_ids() == {field_keys_anew().fields[FIELD].current}
    assert _key_ids().isdisjoint(before)
    assert [queries.person_card(one).display_name for one in people] == [f"Сейітова-{n} Әсел" for n in range(7)]
    done = Rotation.objects.get()
    assert (done.state, done.rows_seen, done.rows_total) == ("done", 7, 7)


def test_both_keys_open_while_it_runs_and_a_broken_step_is_taken_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rotation, "ROWS_A_STEP", 2)
    people = _people(5)
    started = rotation.begin_rotation(field=FIELD)
    assert rotation.reseal_step(rotation=started)
    assert len(_key_ids()) == 2
    with monkeypatch.context() as broken:
        broken.setattr(rotation, "_reseal", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError), transaction.atomic():
            rotation.reseal_step(rotation=started)
    assert Rotation.objects.get().rows_seen == 2
    assert all(queries.person_card(one).display_name for one in people)
    _end()
    assert len(_key_ids()) == 1


def test_what_an_older_process_writes_meanwhile_is_resealed_before_it_ends() -> None:
    person = _people(2)[1]
    old = field_keys_anew().fields[FIELD].current
    started = rotation.begin_rotation(field=FIELD)
    row = apps.get_model("vault_people.Person").objects.get(id=person)
    assert rotation.rows_under_older_keys(places.place_of(FIELD), old) == 0
    assert bytes(row.surname)[1:5].hex() == old
    assert not rotation.reseal_step(rotation=started)
    assert rotation.rows_under_older_keys(places.place_of(FIELD), field_keys_anew().fields[FIELD].current) == 0


def test_one_rotation_of_a_field_at_a_time() -> None:
    _people(1)
    rotation.begin_rotation(field=FIELD)
    with pytest.raises(Refusal, match=r"sealing\.rotation_running"):
        rotation.begin_rotation(field=FIELD)
    with pytest.raises(Refusal, match=r"sealing\.unknown_field"):
        rotation.begin_rotation(field="person.shoe_size")


def test_older_keys_are_removed_only_when_nothing_is_sealed_under_them() -> None:
    person = _people(1)[0]
    sealed_before = seal_bytes(person, FIELD, b"x")
    rotation.begin_rotation(field=FIELD)
    with pytest.raises(Refusal, match=r"sealing\.still_sealed"):
        rotation.retire_older_keys(field=FIELD)
    _end()
    assert rotation.retire_older_keys(field=FIELD) == 1
    assert queries.person_card(person).display_name == "Сейітова-0 Әсел"
    with pytest.raises(CannotOpen):
        open_bytes(person, FIELD, sealed_before)


def test_append_only_tables_are_resealed_too_and_stay_append_only() -> None:
    payee = UUID("0190aa00-0000-7000-8000-000000000001")
    register_payee(payee=payee, name="ТОО Көмек", number="940140000385", iban="KZ86125KZT5004100100", actor="person:x")
    rotation.begin_rotation(field="payee.name")
    _end()
    assert payee_account(payee).name == "ТОО Көмек"
    assert _key_ids("name", "vault_payees_payee") == {field_keys_anew().fields["payee.name"].current}
    with pytest.raises(DatabaseError), transaction.atomic():
        Payee.objects.update(name=b"")


def test_the_command_begins_shows_and_retires(capsys: pytest.CaptureFixture[str]) -> None:
    _people(1)
    call_command("rotate_keys", FIELD)
    _end()
    call_command("rotate_keys", "--progress")
    call_command("rotate_keys", "--retire", FIELD)
    printed = capsys.readouterr().out
    assert f"{FIELD}: begun" in printed
    assert f"{FIELD} done 1 of 1" in printed
    assert "1 keys removed" in printed


def test_every_sealed_field_has_its_place_and_every_sealed_column_its_field() -> None:
    known = {(place.model, place.column) for place in places.places()}
    assert len(known) == len(SEALED_FIELDS)
    for model, column in known:
        assert isinstance(model._meta.get_field(column), models.BinaryField)
    binary = {
        (model, field.name)
        for model in apps.get_models()
        if model.__module__.startswith("demeu.vault.")
        for field in model._meta.fields
        if isinstance(field, models.BinaryField)
        and not field.name.endswith("_blind")
        and field.name not in OPEN_COLUMNS.get(model._meta.label, ())
    }
    assert binary == known


def test_grants_leave_open_only_sealed_columns_of_append_only_tables() -> None:
    from demeu.kernel.appendonly import append_only_tables, resealed_columns

    found = resealed_columns()
    assert set(found) <= set(append_only_tables())
    assert found["vault_payees_payee"] == ["name", "bin", "iban"]
    assert "vault_access_accessrecord" not in found
