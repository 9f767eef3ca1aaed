"""People against real PostgreSQL: found again, sealed, changed only with a code."""

from uuid import UUID, uuid4

import pytest
from django.db import connection

from demeu.kernel.errors import Refusal
from demeu.vault.people import actions, queries

pytestmark = pytest.mark.django_db
IIN = "900101200010"


def _mother() -> UUID:
    return actions.find_or_create_person(
        iin=IIN, surname="КАНАРЕЙКИНА", given_name="АСЕЛЬ", patronymic="МАРАТОВНА", lang="kk"
    )


def test_one_number_is_one_person() -> None:
    assert _mother() == _mother()


def test_a_wrong_number_is_refused() -> None:
    with pytest.raises(Refusal, match=r"person\.iin_invalid"):
        actions.find_or_create_person(iin="900101200011", surname="A", given_name="B", patronymic="", lang="ru")


def test_the_card_masks_the_number() -> None:
    card = queries.person_card(_mother())
    assert card.display_name == "Канарейкина Асель Маратовна"
    assert card.masked_iin == "•••• •••• 0010"


def test_nothing_personal_stands_readable_in_the_table() -> None:
    _mother()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT row_to_json(p)::text FROM vault_people_person p UNION SELECT facts::text FROM kernel_audit"
        )
        text = " ".join(row[0] for row in cursor.fetchall())
    for canary in (IIN, "Канарейкина", "Канарейкина".encode().hex(), IIN.encode().hex()):
        assert canary not in text


def test_a_person_without_a_number_can_be_entered_and_is_new_each_time() -> None:
    entry = {
        "actor": f"person:{uuid4()}", "surname": "Без", "given_name": "Номера", "patronymic": "", "iin": None,
        "birth_date": None, "phone": None, "region_kato": "750000000",
    }  # fmt: skip
    first, known = actions.enter_person(**entry, lang="ru")
    second, _ = actions.enter_person(**entry, lang="ru")
    assert first != second
    assert not known
    assert queries.iin_of(first) == ""


def test_the_first_phone_is_used_and_another_waits_for_its_code() -> None:
    person = _mother()
    actions.save_contact(person=person, actor=f"person:{person}", phone="87710009998", email=None, lang=None)
    actions.save_contact(person=person, actor=f"person:{person}", phone="+77010009997", email=None, lang="kk")
    contact = queries.person_contact(person)
    assert (contact.phone, contact.pending) == ("+77710009998", "+77010009997")
    actions.confirm_phone(person=person, phone="+77010009997")
    assert queries.person_contact(person).phone == "+77010009997"
    assert queries.people_with_phone("+77010009997") == [person]
    assert queries.people_with_phone("+77710009998") == []


def test_a_bad_contact_changes_nothing() -> None:
    person = _mother()
    with pytest.raises(Refusal, match=r"person\.phone_invalid"):
        actions.save_contact(person=person, actor="person:x", phone="12", email=None, lang=None)
    with pytest.raises(Refusal, match=r"person\.email_invalid"):
        actions.save_contact(person=person, actor="person:x", phone=None, email="no", lang=None)
    assert queries.person_contact(person).phone == ""
