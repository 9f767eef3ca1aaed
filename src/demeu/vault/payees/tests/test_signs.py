"""What vault tells of a payee before it is paid, and sanctions lists imported as files."""

import io
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.vault.payees import actions, queries
from demeu.vault.payees.lists import read_list
from demeu.vault.payees.models import ListedEntry, ListRelease, PayeeCheck
from demeu.vault.payees.rules import name_key, names_differ
from demeu.vault.people.actions import keep_demo_person

BIN, OTHER_BIN = "230940000019", "990940000006"
IBAN, NEW_IBAN = "KZ62999SUPPLIER00001", "KZ35999SUPPLIER00002"
IIN = "850101300005"
UN = """<CONSOLIDATED_LIST><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>Протез</FIRST_NAME><SECOND_NAME>Орда</SECOND_NAME>
<INDIVIDUAL_ALIAS><ALIAS_NAME>Ұста Қол</ALIAS_NAME></INDIVIDUAL_ALIAS></INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>"""


def registered(number: str = BIN, iban: str = IBAN, name: str = "ТОО «Протез Орда»", **more: Any) -> UUID:
    payee = uuid4()
    actions.register_payee(payee=payee, name=name, number=number, iban=iban, actor="person:clerk", **more)
    return payee


def signs_of(payee: UUID, **question: Any) -> tuple[str, ...]:
    return queries.screening(payee, **question).signs


@pytest.mark.django_db
def test_another_account_of_the_same_payee_is_told_until_a_second_officer_has_checked_it() -> None:
    first = registered()
    assert signs_of(first) == () and queries.payee_card(first).changed_at is None
    with clock.frozen(clock.now() + timedelta(minutes=1)):
        changed = registered(iban=NEW_IBAN)
    assert signs_of(changed) == ("account_changed", "account_unchecked") and signs_of(first) == ()
    with pytest.raises(Refusal, match=r"payee\.checked_by_registrar"):
        actions.check_payee(payee=changed, how="call", actor="person:clerk")
    with pytest.raises(Refusal, match=r"payee\.account_not_changed"):
        actions.check_payee(payee=first, how="call", actor="person:other")
    with pytest.raises(IntegrityError, match="does not check it"), transaction.atomic():
        PayeeCheck.objects.create(payee_id=changed, how="call", by="person:clerk", at=clock.now())
    card = actions.check_payee(payee=changed, how="call", actor="person:other")
    assert card.checked_at is not None and signs_of(changed) == ("account_changed",)


@pytest.mark.django_db
def test_one_account_of_two_payees_and_another_name_are_told() -> None:
    first = registered()
    second = registered(OTHER_BIN, name="ИП Көмек")
    assert signs_of(first) == signs_of(second) == ("account_shared",)
    renamed = registered(iban=NEW_IBAN, name="ТОО Рога и копыта")
    assert "name_differs" in signs_of(renamed)
    strange = registered("940140000385", "KZ86125KZT5004100100", "Шеберхана", state_names=("ТОО Басқа атау",))
    assert signs_of(strange) == ("name_differs",)


@pytest.mark.django_db
def test_a_payee_who_is_an_officer_or_a_donor_is_told() -> None:
    person = uuid4()
    keep_demo_person(
        ref=person, iin=IIN, surname="Ким", given_name="Олег", patronymic="", phone="", lang="ru", region_kato=""
    )
    payee = registered(IIN, name="Ким Олег")
    assert signs_of(payee, officers=[person]) == ("natural_person", "related_officer")
    assert signs_of(payee, officers=[uuid4()], donors=[person]) == ("natural_person", "related_donor")


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("ТОО «Протез»", "Протез", False),
        ("ТОО Ұста Қол", "LLP USTA QOL", False),
        ("ИП Жұмабеков", "Жумабеков Ерлан", False),
        ("ТОО Орда", "ТОО Алтын", True),
        ("", "ТОО Алтын", False),
    ],
)
def test_a_name_is_compared_whatever_its_spelling(one: str, other: str, differ: bool) -> None:
    assert names_differ(one, other) is names_differ(other, one) is differ


@given(st.permutations(["Ұлан", "Бауыржан", "Ким"]))
def test_the_order_of_words_does_not_matter(words: list[str]) -> None:
    assert name_key(" ".join(words)) == name_key("Ким Бауыржан Ұлан")


@pytest.mark.parametrize(
    ("content", "entries"),
    [
        ("bin:230940000019\nname:Ким Олег\nnonsense", [("number", BIN), ("name", name_key("Ким Олег"))]),
        ('\ufeffName,Number\n"Ким, Олег",23094 0000019\n', [("number", BIN), ("name", name_key("Ким Олег"))]),
        (UN, [("name", name_key("Протез Орда")), ("name", name_key("Ұста Қол"))]),
    ],
)
def test_three_forms_of_lists_are_read(content: str, entries: list[tuple[str, str]]) -> None:
    assert read_list(content.encode()) == entries


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b"<a", b"<a/>", b'<!DOCTYPE a [<!ENTITY e "x">]><a>&e;</a>'])
def test_what_is_no_list_is_refused_and_the_old_list_stays(content: bytes) -> None:
    with pytest.raises(Refusal, match=r"list\.unreadable"):
        read_list(content)


@pytest.mark.django_db
def test_a_payee_on_the_newest_release_of_a_list_is_blocked_and_nothing_of_the_list_is_readable() -> None:
    payee = registered()
    assert actions.import_list(name="un", content=UN.encode(), actor="x") == 2
    assert actions.import_list(name="un", content=UN.encode(), actor="x") == 2
    assert ListRelease.objects.count() == 1 and queries.screened(payee) == ("sanctions.name",)
    assert all(b"protes" not in bytes(entry.entry_blind) for entry in ListedEntry.objects.all())
    actions.import_list(name="kfm", content=f"bin:{BIN}".encode(), actor="x")
    assert queries.screened(payee) == ("sanctions.number", "sanctions.name")
    actions.import_list(name="un", content=b"name:Somebody Else", actor="x")
    assert queries.screened(payee) == ("sanctions.number",)


@pytest.mark.django_db
def test_the_command_says_how_many_entries_it_has_taken(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for content, heard in ((b"bin:230940000019", "kfm: 1 entries"), (b"", None)):
        (tmp_path / "list").write_bytes(content)
        with (tmp_path / "list").open() as opened:
            monkeypatch.setattr(sys, "stdin", opened)
            out = io.StringIO()
            if heard is None:
                with pytest.raises(CommandError, match=r"list\.unreadable"):
                    call_command("import_list", "kfm", stdout=out)
            else:
                call_command("import_list", "kfm", stdout=out)
                assert out.getvalue().strip() == heard
