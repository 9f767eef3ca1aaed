"""Pages of the application and the cabinet, with no other service running: they say what is away and lose nothing."""

from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client

from demeu.contracts.vault import NeedFact
from demeu.contracts.words import NeedGroup, Registry
from demeu.kernel import signing
from demeu.kernel.clock import now
from demeu.kernel.ids import new_id
from demeu.portal.cases import actions
from demeu.portal.cases.models import Application, Case, Dispute
from demeu.portal.wishes.actions import form_wish_list
from demeu.portal.wishes.models import Item

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: object) -> None:
    signing.make_keys(tmp_path, ["portal", "vault"])
    settings.DEMEU_KEYS = tmp_path / "portal"  # type: ignore[attr-defined]


@pytest.fixture
def mother(client: Client) -> UUID:
    person = new_id()
    session = client.session
    session["person"] = str(person)
    session.save()
    return person


def case_of(person: UUID) -> tuple[Application, Case]:
    row = actions.start_application(application=new_id(), person=person, lang="ru")
    Application.objects.filter(id=row.id).update(state="review")
    case = Case.objects.create(
        id=new_id(), number="26-20001", application=row, person=person, group=NeedGroup.CHILDREN_YOUTH,
        region_kato="350000000", created_at=now(),
    )  # fmt: skip
    needs = [NeedFact(code="winter_clothes_child", count=3, source=Registry.GBD_FL)]
    form_wish_list(case=case.id, needs=needs, by="role:portal")
    return row, case


def test_a_guest_is_sent_to_sign_in_and_comes_back(client: Client) -> None:
    answer = client.get("/apply/")
    assert answer.status_code == 302 and answer["Location"] == "/sign-in/?next=%2Fapply%2F"


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize("path", ["/apply/", "/my/", "/my/applications/", "/sign-in/help/"])
def test_pages_open_in_three_languages(client: Client, mother: UUID, path: str, lang: str) -> None:
    answer = client.get(path, headers={"accept-language": lang})
    assert answer.status_code == 200 and f'lang="{lang}"'.encode() in answer.content


def test_drafts_are_accepted_while_vault_is_away(client: Client, mother: UUID) -> None:
    identifier = new_id()
    client.post("/apply/", {"application": str(identifier)})
    for code, sent in {
        "for_whom": {"answer": "self"},
        "situation": {"answer": "poor_homeless"},
        "place": {"region": "35"},
        "urgency": {"answer": "high"},
        "words": {"words": "Нужна зимняя одежда"},
    }.items():
        answer = client.post(f"/apply/{identifier}/{code}/", sent)
        assert answer.status_code == 302, (code, answer.content[:300])
    row = Application.objects.get(id=identifier)
    assert (row.group, row.region_kato, row.urgency) == ("poor_homeless", "350000000", "high")


def test_what_was_typed_stays_on_the_page_when_vault_is_away(client: Client, mother: UUID) -> None:
    row = actions.start_application(application=new_id(), person=mother, lang="ru")
    answer = client.post(f"/apply/{row.id}/contact/", {"phone": "+7 701 123 45 67", "lang": "kk"})
    assert answer.status_code == 503
    assert b"+7 701 123 45 67" in answer.content


@pytest.mark.parametrize(
    ("code", "sent"),
    [
        ("for_whom", {"answer": "king"}),
        ("situation", {}),
        ("place", {"region": "99"}),
        ("words", {"words": "   "}),
        ("words", {"words": "а" * 5000}),
        ("contact", {"phone": "12", "lang": "ru"}),
        ("contact", {"phone": "🙂", "lang": "xx"}),
    ],
)
def test_a_bad_answer_is_shown_again_with_its_reason(
    client: Client, mother: UUID, code: str, sent: dict[str, str]
) -> None:
    row = actions.start_application(application=new_id(), person=mother, lang="ru")
    answer = client.post(f"/apply/{row.id}/{code}/", sent)
    assert answer.status_code == 422 and b"field-error" in answer.content


def test_a_stranger_sees_no_application(client: Client, mother: UUID) -> None:
    row, _ = case_of(new_id())
    for path in (f"/apply/{row.id}/check/", f"/my/applications/{row.id}/", f"/my/applications/{row.id}/wishes/"):
        assert client.get(path).status_code == 404


def test_an_unknown_question_is_not_found(client: Client, mother: UUID) -> None:
    row = actions.start_application(application=new_id(), person=mother, lang="ru")
    assert client.get(f"/apply/{row.id}/salary/").status_code == 404


def test_the_wish_list_takes_allowed_edits_and_refuses_others_with_the_reason(client: Client, mother: UUID) -> None:
    row, case = case_of(mother)
    item = Item.objects.get(case=case.id)
    edit = {"item": str(item.id), "do": "edit", "quantity": "2", "unit_price": "60 000", "detail": "122-128"}
    assert client.post(f"/my/applications/{row.id}/wishes/", edit).status_code == 302
    item.refresh_from_db()
    assert (item.quantity, item.unit_price_tiyn, item.detail) == (2, 6_000_000, "122-128")
    refused = client.post(f"/my/applications/{row.id}/wishes/", {**edit, "quantity": "9"})
    assert refused.status_code == 422
    item.refresh_from_db()
    assert item.quantity == 2


def test_a_removed_item_can_be_put_back(client: Client, mother: UUID) -> None:
    row, case = case_of(mother)
    item = Item.objects.get(case=case.id)
    for do, state in (("remove", "removed"), ("restore", "proposed")):
        client.post(f"/my/applications/{row.id}/wishes/", {"item": str(item.id), "do": do})
        item.refresh_from_db()
        assert item.state == state


def test_pages_that_live_on_vault_say_so_when_it_is_away(client: Client, mother: UUID) -> None:
    for path in ("/my/consents/", "/my/access/"):
        assert client.get(path).status_code == 503


def test_a_fact_is_disputed_from_its_page_and_a_double_click_makes_one(client: Client, mother: UUID) -> None:
    row, _ = case_of(mother)
    Application.objects.filter(id=row.id).update(household=new_id())
    page = f"/my/applications/{row.id}/dispute/?fact=passenger_cars&member=household"
    assert client.get(page).status_code == 200
    sent = {"dispute": str(new_id()), "words": "Машину продали"}
    assert [client.post(page, sent).status_code for _ in range(2)] == [302, 302]
    assert Dispute.objects.count() == 1
    empty = client.post(page.replace("passenger_cars", "working"), {"dispute": str(new_id()), "words": " "})
    assert empty.status_code == 422


def test_nobody_disputes_facts_of_another_family(client: Client, mother: UUID) -> None:
    row, _ = case_of(new_id())
    for page in ("changes/", "dispute/?fact=passenger_cars&member=household"):
        assert client.get(f"/my/applications/{row.id}/{page}").status_code == 404
    own, _ = actions.start_application(application=new_id(), person=mother, lang="ru"), None
    assert client.get(f"/my/applications/{own.id}/dispute/?fact=shoes&member=household").status_code == 422
    assert client.get(f"/my/applications/{own.id}/changes/").status_code == 200
