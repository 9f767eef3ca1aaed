"""Spellings, contacts, documents, family and representatives; and how much of them each purpose sees."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban

from demeu.contracts.vault import details as contract
from demeu.contracts.vault.people import PersonQuestion
from demeu.contracts.words import Purpose
from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.kernel.serving import Call
from demeu.vault.access.queries import trail_of
from demeu.vault.payees.rules import iban_of, is_bin
from demeu.vault.people import actions, api, details, duplicates, queries, rules
from demeu.vault.people.likeness import Traits
from demeu.vault.people.models import Tie
from demeu.vault.people.rules import TieRole
from demeu.vault.people.viewing import View, view_for

ACTOR = "person:0190aa00-0000-7000-8000-00000000000c"


def _person(surname: str = "Сейітова", given: str = "Әсел", iin: str | None = None) -> UUID:
    return actions.enter_person(
        actor=ACTOR, surname=surname, given_name=given, patronymic="", iin=iin, birth_date=date(1988, 4, 9),
        phone="+77710009998", lang="kk", region_kato="",
    )[0]  # fmt: skip


def _call(purpose: str, actor: str = ACTOR) -> Any:
    return Call(caller="portal", actor=actor, purpose=purpose, idempotency_key="k" * 8, deadline=0)


@pytest.mark.django_db
def test_a_spelling_in_another_script_is_kept_once_and_found() -> None:
    person = _person()
    for _ in range(2):
        assert details.note_alias(
            person=person, surname="SEITOVA", given_name="ASSEL", patronymic="", actor=ACTOR
        ) == "latin"  # fmt: skip
    details.note_alias(person=person, surname="Иванова", given_name="Асель", patronymic="", actor=ACTOR)
    assert queries.person_shown(person, View.PLAIN)["aliases"] == ["Seitova Assel", "Иванова Асель"]
    found = duplicates.find_alike(Traits("Ivanova", "Assel", birth_date="1988-04-09"))
    assert [one.person for one in found] == [person]
    with pytest.raises(Refusal, match=r"person\.no_name"):
        details.note_alias(person=person, surname="", given_name=" 1", patronymic="", actor=ACTOR)


@pytest.mark.django_db
def test_a_protected_address_is_seen_by_nobody_but_the_person() -> None:
    person = _person()
    for kind, value, protected in (
        ("address", "Астана, Мәңгілік Ел, 1", True), ("phone", "8 701 000 99 97", False), ("email", "a@b.kz", False),
    ):  # fmt: skip
        details.note_contact(person=person, kind=kind, value=value, protected=protected, actor=ACTOR)
    plain, masked = (queries.person_shown(person, view)["contacts"] for view in (View.PLAIN, View.MASKED))
    secret = {"kind": "address", "value": "Астана, Мәңгілік Ел, 1", "protected": True}
    assert secret in plain  # type: ignore[operator]
    assert masked == [
        {"kind": "email", "value": "••• kz", "protected": False},
        {"kind": "phone", "value": "••• 97", "protected": False},
    ]
    for kind, value in (("phone", "12"), ("email", "no"), ("address", "x"), ("pigeon", "coop")):
        with pytest.raises(Refusal):
            details.note_contact(person=person, kind=kind, value=value, protected=False, actor=ACTOR)


@pytest.mark.django_db
def test_a_document_belongs_to_one_person() -> None:
    person, other = _person(), _person("Иванова", "Мария")
    for _ in range(2):
        details.note_paper(
            person=person, kind="id_card", number="012 345 678", issued_on=date(2020, 1, 1),
            expires_on=date(2030, 1, 1), actor=ACTOR,
        )  # fmt: skip
    assert queries.person_shown(person, View.PLAIN)["papers"] == [
        {"kind": "id_card", "number": "012345678", "expires_on": date(2030, 1, 1)}
    ]
    with pytest.raises(Refusal, match=r"paper\.of_another"):
        details.note_paper(
            person=other, kind="id_card", number="012345678", issued_on=None, expires_on=None, actor=ACTOR
        )
    for kind, number, until in (
        ("card", "012345678", None),
        ("id_card", "1", None),
        ("id_card", "99999", date(2019, 1, 1)),
    ):
        with pytest.raises(Refusal):
            details.note_paper(
                person=person, kind=kind, number=number, issued_on=date(2020, 1, 1), expires_on=until, actor=ACTOR
            )


@pytest.mark.django_db
def test_who_may_act_needs_a_ground_and_only_while_the_tie_lasts() -> None:
    child, mother, aunt = _person("Сейітов", "Алдияр"), _person(), _person("Омарова", "Дана")
    details.tie_people(person=child, other=mother, role=TieRole.PARENT, ground=None, one_household=True, actor=ACTOR)
    with pytest.raises(Refusal, match=r"tie\.no_ground"):
        details.tie_people(
            person=child, other=aunt, role=TieRole.GUARDIAN, ground=None, one_household=False, actor=ACTOR
        )
    tie = details.tie_people(
        person=child, other=aunt, role=TieRole.GUARDIAN, ground=uuid4(), one_household=False, actor=ACTOR
    )
    assert queries.household_of(child) == ((mother, "parent"),)
    assert (queries.may_act_for(aunt, child), queries.may_act_for(mother, child)) == (True, False)
    assert not queries.may_act_for(child, aunt)
    with pytest.raises(Refusal, match=r"tie\.known"):
        details.tie_people(
            person=child, other=aunt, role=TieRole.GUARDIAN, ground=uuid4(), one_household=False, actor=ACTOR
        )
    details.end_tie(tie=tie, actor=ACTOR)
    assert not queries.may_act_for(aunt, child)
    Tie.objects.filter(id=tie).update(until=clock.today() + timedelta(days=1))
    assert queries.may_act_for(aunt, child)


@pytest.mark.parametrize(
    ("purpose", "view"),
    [("own_data", "plain"), ("case_review", "masked"), ("home_visit", "masked"), ("donation", "redacted"),
     ("pupil_aid", "redacted"), ("spying", "redacted"), ("", "redacted")],
)  # fmt: skip
def test_each_purpose_has_its_view_and_an_unknown_one_the_least(purpose: str, view: str) -> None:
    assert view_for(purpose).value == view


@pytest.mark.django_db
def test_the_plain_view_is_for_the_person_alone_and_every_reading_is_in_the_trail() -> None:
    person = _person(iin="900101200010")
    question = PersonQuestion(person=person)
    own = api.person_show(_call(Purpose.OWN_DATA, f"person:{person}"), question)
    assert (own.view, own.iin, own.name) == ("plain", "900101200010", "Сейітова Әсел")
    stranger = api.person_show(_call(Purpose.OWN_DATA), question)
    assert (stranger.view, stranger.iin, stranger.phone, stranger.name) == ("redacted", "", "", "С. Ә.")
    curator = api.person_show(_call(Purpose.CASE_REVIEW), question)
    assert (curator.view, curator.iin, curator.birth_date) == ("masked", "•••• •••• 0010", "")
    assert [line.operation for line in trail_of(person)] == ["people.show"] * 3


@pytest.mark.django_db
def test_a_tie_names_the_other_by_initials_alone_and_the_other_sees_the_look() -> None:
    child, aunt = _person(), _person("Иванова", "Мария", iin="900101200010")
    own = _call(Purpose.OWN_DATA, f"person:{child}")
    tie = api.tie_note(own, contract.TieNote(person=child, other=aunt, role="guardian", ground=uuid4())).tie
    shown = api.person_show(own, PersonQuestion(person=child)).ties
    assert [(one.tie, one.other, one.initials, one.since, one.grounded) for one in shown] == [
        (tie, aunt, "И. М.", clock.today(), True)
    ]
    assert [(line.operation, line.fields) for line in trail_of(aunt)] == [("people.show", ("initials",))]


@pytest.mark.django_db
def test_under_own_data_nobody_tells_of_somebody_else() -> None:
    child, aunt = _person(), _person("Иванова", "Мария")
    own, foreign = (_call(Purpose.OWN_DATA, f"person:{one}") for one in (child, aunt))
    tie = api.tie_note(own, contract.TieNote(person=child, other=aunt, role="parent")).tie
    for refused, body in (
        (api.alias_note, contract.AliasNote(person=child, surname="Seitova")),
        (api.contact_note, contract.ContactNote(person=child, kind="phone", value="+77010009997")),
        (api.paper_note, contract.PaperNote(person=child, kind="id_card", number="012345678")),
        (api.tie_note, contract.TieNote(person=child, other=aunt, role="sibling")),
        (api.tie_end, contract.TieEnd(tie=tie)),
    ):
        with pytest.raises(Refusal, match=r"rights\.not_own"):
            refused(foreign, body)  # type: ignore[operator]
    with pytest.raises(Refusal, match=r"tie\.unknown"):
        api.tie_end(own, contract.TieEnd(tie=uuid4()))
    assert len(api.person_show(own, PersonQuestion(person=child)).ties) == 1
    api.tie_end(own, contract.TieEnd(tie=tie))
    assert api.person_show(own, PersonQuestion(person=child)).ties == ()


@pytest.mark.django_db
def test_findings_are_shown_with_reasons_and_both_see_the_comparison() -> None:
    first, second = _person(), _person("Seitova", "Assel")
    duplicates.seek_duplicates(person=first)
    lines = api.likely_same(_call(Purpose.CASE_REVIEW), PersonQuestion(person=first)).lines
    assert [(line.other, line.name, line.state) for line in lines] == [(second, "Seitova Assel", "open")]
    assert "birth.same" in lines[0].reasons
    assert trail_of(second)[0].operation == trail_of(first)[0].operation == "people.likely_same"
    api.likely_same_decide(
        _call(Purpose.CASE_REVIEW), contract.LikelySameDecide(finding=lines[0].finding, decision="different")
    )
    assert api.likely_same(_call(Purpose.CASE_REVIEW), PersonQuestion(person=first)).lines[0].state == "different"


@given(st.integers(0, 10**11 - 1))
def test_of_all_last_digits_at_most_one_makes_a_number(first_eleven: int) -> None:
    start = f"{first_eleven:011d}"
    right = [digit for digit in range(10) if rules.check_digit(start) == digit]
    assert len(right) <= 1
    assert sum(rules.is_iin(f"{start}{digit}") for digit in range(10)) <= 1


@pytest.mark.parametrize(
    ("number", "valid"),
    [("940140000385", True), ("990140004654", True), ("940140000386", False), ("949940000385", False),
     ("940190000385", False), ("940149000385", False)],
)  # fmt: skip
def test_a_bin_needs_its_structure_and_its_check_digit(number: str, valid: bool) -> None:
    assert is_bin(number) is valid


@given(st.integers(0, 999), st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=13, max_size=13))
def test_an_iban_is_valid_when_the_library_says_so_and_it_has_our_form(bank: int, account: str) -> None:
    bban = f"{bank:03d}{account}"
    digits = "".join(str(int(sign, 36)) for sign in f"{bban}KZ00")
    whole = f"KZ{98 - int(digits) % 97:02d}{bban}"
    assert iban.is_valid(whole)
    assert iban_of(f" {whole[:4]} {whole[4:]} ".lower()) == whole
    assert iban_of(f"KZ{(int(whole[2:4]) + 1) % 97:02d}{bban}") is None
