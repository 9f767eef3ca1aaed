"""Duplicates against real PostgreSQL: found across scripts, kept with reasons, decided by a person, never refused."""

from datetime import date
from uuid import UUID

import pytest
from django.db import connection

from demeu.kernel.errors import Refusal
from demeu.kernel.testing import run_jobs
from demeu.vault.people import actions, duplicates
from demeu.vault.people.likeness import Traits
from demeu.vault.people.models import BlockingKey, LikelySame

pytestmark = pytest.mark.django_db
NUMBER = "900101200010"


def _entered(surname: str, given: str, father: str = "", born: str = "1988-04-09", iin: str | None = None) -> UUID:
    person, _ = actions.enter_person(
        actor="person:curator", surname=surname, given_name=given, patronymic=father, iin=iin,
        birth_date=date.fromisoformat(born), phone=None, lang="ru", region_kato="",
    )  # fmt: skip
    return person


def test_a_second_entry_in_another_script_is_kept_as_likely_and_never_refused() -> None:
    first = _entered("Сейітова", "Әсел", "Маратқызы")
    second = _entered("Seitova", "Assel")
    stranger = _entered("Иванов", "Пётр", born="1971-01-01")
    run_jobs()
    found = LikelySame.objects.get()
    assert {found.first, found.second} == {first, second}
    assert stranger not in (found.first, found.second)
    assert (found.method, found.method_version, found.state) == ("names-and-birth", 1, "open")
    assert "surname.other_spelling" in found.reasons
    assert duplicates.seek_duplicates(person=second) == 0


def test_the_same_number_is_exact_whatever_the_name() -> None:
    known = _entered("Сейітова", "Әсел", iin=NUMBER)
    found = duplicates.find_alike(Traits("Басқа", "Есім", iin=NUMBER))
    assert [one.person for one in found] == [known]
    assert "iin.same" in found[0].likeness.reasons


def test_a_renewed_name_stays_findable_in_its_first_script() -> None:
    person = actions.find_or_create_person(iin=NUMBER, surname="Kim", given_name="Viktor", patronymic="", lang="ru")
    actions.find_or_create_person(iin=NUMBER, surname="Цхай", given_name="Виктор", patronymic="", lang="ru")
    found = duplicates.find_alike(Traits("Ким", "Виктор", birth_date="1890-01-01"))
    assert [one.person for one in found] == [person]


def test_only_a_person_decides_and_only_once() -> None:
    _entered("Сейітова", "Әсел")
    _entered("Сейтова", "Асель")
    run_jobs()
    finding = LikelySame.objects.get().id
    with pytest.raises(Refusal, match=r"likely_same\.no_decision"):
        duplicates.decide_duplicate(finding=finding, decision="open", actor="person:x")
    duplicates.decide_duplicate(finding=finding, decision="different", actor="person:x")
    with pytest.raises(Refusal, match=r"likely_same\.decided"):
        duplicates.decide_duplicate(finding=finding, decision="same", actor="person:x")


def test_never_more_than_two_hundred_records_are_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duplicates, "CANDIDATES_MAX", 3)
    for _ in range(6):
        _entered("Сейітова", "Әсел")
    assert len(duplicates.find_alike(Traits("Сейітова", "Әсел", birth_date="1988-04-09"))) == 3


def test_blocking_keys_say_nothing_without_the_key() -> None:
    person = _entered("Сейітова", "Әсел", "Маратқызы")
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(b)::text FROM vault_people_blockingkey b WHERE person_id = %s", [person])
        rows = [row[0] for row in cursor.fetchall()]
    assert len(rows) == 5
    assert not any(word in row for row in rows for word in ("ZT", "AZl", "1988", "seit"))


def test_people_without_keys_are_indexed_later() -> None:
    person = _entered("Сейітова", "Әсел")
    BlockingKey.objects.all().delete()
    assert duplicates.find_alike(Traits("Сейтова", "Асель", birth_date="1988-04-09")) == []
    assert duplicates.index_unindexed(people_max=10) == 1
    assert duplicates.index_unindexed(people_max=10) == 0
    assert [one.person for one in duplicates.find_alike(Traits("Сейтова", "Асель", birth_date="1988-04-09"))] == [
        person
    ]
