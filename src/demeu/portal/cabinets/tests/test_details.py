"""What vault knows of me: shown in three languages, added to by forms, kept nowhere here."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pydantic import BaseModel

from demeu.contracts import vault
from demeu.kernel import signing
from demeu.kernel.clock import today
from demeu.kernel.errors import Refusal, conflict, invalid, unavailable
from demeu.kernel.ids import new_id
from demeu.portal.cabinets.tests.test_languages import english_in

pytestmark = pytest.mark.django_db
PAGE = "/my/details/"
ADDRESS, NUMBER, TIE, DOCUMENT = "Алматы, Абай 1", "900101200010", new_id(), new_id()


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


class Border:
    """Vault, which is another process: what it knows, what it was told, and what it refuses."""

    def __init__(self, person: UUID) -> None:
        self.person = person
        self.empty = False
        self.refuses: dict[str, Refusal] = {}
        self.told: list[tuple[str, Any]] = []

    def __call__(self, _service: str, operation: Any, body: BaseModel, *, actor: str, purpose: str, **_: Any) -> Any:
        assert (actor, purpose) == (f"person:{self.person}", "own_data")
        if operation.name in self.refuses:
            raise self.refuses[operation.name]
        if operation is vault.PERSON_SHOW:
            return self._known()
        self.told.append((operation.name, body))
        if operation is vault.PERSON_ENTER:
            return vault.PersonEntered(person=UUID(int=7), known_before=False)
        if operation is vault.FILE_PUT:
            return vault.DocumentKept(document=DOCUMENT, sha256="0" * 64, state="clean")
        return None

    def _known(self) -> vault.PersonShown:
        lists: dict[str, Any] = {} if self.empty else {
            "aliases": ("Сейітова Әсел",),
            "contacts": (vault.ContactShown(kind="address", value=ADDRESS, protected=True),),
            "papers": (vault.PaperShown(kind="id_card", number="012345678", expires_on=today()),),
            "ties": (
                vault.TieShown(
                    tie=TIE, other=new_id(), role="guardian", initials="И. М.", since=today(), grounded=True
                ),
            ),
        }  # fmt: skip
        told = {"aliases": (), "contacts": (), "papers": (), "ties": ()} | lists
        return vault.PersonShown.model_validate(
            {"person": self.person, "view": "plain", "name": "Сейітова Әсел", "iin": NUMBER, "phone": "+77710009998",
             "email": "", "birth_date": "1990-01-01", **told}
        )  # fmt: skip


@pytest.fixture
def border(mother: UUID, monkeypatch: pytest.MonkeyPatch) -> Border:
    stand = Border(mother)
    monkeypatch.setattr("demeu.portal.cabinets.details_asking.ask", stand)
    return stand


@pytest.mark.parametrize("empty", [False, True])
@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_page_shows_everything_in_one_language_or_says_that_there_is_none(
    client: Client, border: Border, lang: str, empty: bool
) -> None:
    border.empty = empty
    answer = client.get(PAGE, headers={"accept-language": lang})
    page = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"]) == (200, "no-store")
    assert NUMBER in page
    for text in (ADDRESS, "012345678", "И. М.", str(TIE)):
        assert (text in page) is not empty
    assert page.count('class="quiet">') >= (4 if empty else 0)
    assert lang == "en" or english_in(page) == []


def test_the_menu_and_the_overview_lead_here(client: Client, mother: UUID, monkeypatch: pytest.MonkeyPatch) -> None:
    card = vault.PersonCard(
        person=mother, display_name="Сейітова Әсел", masked_iin="", masked_phone="", lang="kk", region_kato=""
    )
    monkeypatch.setattr("demeu.portal.cabinets.asking.ask", lambda *_given, **_how: card)
    assert client.get("/my/").content.decode().count(f'href="{PAGE}"') == 3
    assert client.get("/my/data/").content.decode().count(f'href="{PAGE}"') == 2


@pytest.mark.parametrize(
    ("do", "sent", "operation", "expected"),
    [
        ("spelling", {"spelling-surname": "Seitova", "spelling-given_name": "Assel"}, "people.alias",
         {"surname": "Seitova", "given_name": "Assel", "patronymic": ""}),
        ("contact", {"contact-kind": "phone", "contact-value": "+7 701 000 99 97", "contact-protected": "yes"},
         "people.further_contact", {"kind": "phone", "value": "+7 701 000 99 97", "protected": True}),
        ("protect", {"kind": "address", "value": ADDRESS}, "people.further_contact",
         {"kind": "address", "value": ADDRESS, "protected": False}),
        ("paper", {"paper-kind": "passport", "paper-number": "N 1234567", "paper-expires_on": "2030-01-01"},
         "people.paper", {"kind": "passport", "number": "N 1234567"}),
        ("untie", {"tie": str(TIE)}, "people.untie", {"tie": TIE}),
    ],
)  # fmt: skip
def test_each_form_tells_vault_one_thing_and_comes_back_to_its_section(
    client: Client, border: Border, do: str, sent: dict[str, str], operation: str, expected: dict[str, object]
) -> None:
    answer = client.post(PAGE, {"do": do, **sent})
    section = {"protect": "contact", "untie": "tie"}.get(do, do)
    assert (answer.status_code, answer["Location"]) == (302, f"{PAGE}#{section}")
    [(name, body)] = border.told
    assert name == operation
    told = body.model_dump()
    assert {key: told[key] for key in expected} == expected
    assert told.get("person", border.person) == border.person


def relative(role: str, **more: Any) -> dict[str, Any]:
    names = {"tie-surname": "Иванова", "tie-given_name": "Мария", "tie-iin": NUMBER}
    return {"do": "tie", "tie-key": str(new_id()), "tie-role": role, **names, **more}


def test_a_guardian_is_named_with_the_document_behind_it(client: Client, border: Border) -> None:
    paper = SimpleUploadedFile("act.pdf", b"%PDF-1.4 act", content_type="application/pdf")
    assert client.post(PAGE, relative("guardian", **{"tie-ground": paper})).status_code == 302
    entered, kept, tied = (body for _, body in border.told)
    assert (entered.iin, entered.surname) == (NUMBER, "Иванова")
    assert (kept.person, kept.kind) == (border.person, "tie.ground")
    assert (tied.person, tied.other, tied.role, tied.ground) == (border.person, UUID(int=7), "guardian", DOCUMENT)
    assert not tied.one_household


@pytest.mark.parametrize(
    "sent",
    [
        relative("guardian"),
        relative("child", **{"tie-iin": "900101200011"}),
        relative("king"),
        {"do": "spelling", "spelling-surname": "  "},
        {"do": "contact", "contact-kind": "pigeon", "contact-value": "coop"},
        {"do": "paper", "paper-kind": "passport", "paper-number": "N1234567", "paper-issued_on": "yesterday"},
        {"do": "protect", "kind": "phone", "value": "+77010009997"},
        {"do": "untie", "tie": "x"},
        {"do": "erase"},
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_vault_is_told_nothing(
    client: Client, border: Border, sent: dict[str, str]
) -> None:
    answer = client.post(PAGE, sent)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert ("field-error" in page or "field-invalid" in page) is (sent["do"] not in ("protect", "untie", "erase"))
    assert border.told == []


def test_somebody_elses_tie_cannot_be_ended(client: Client, border: Border) -> None:
    assert client.post(PAGE, {"do": "untie", "tie": str(new_id())}).status_code == 404
    assert border.told == []


def test_a_refusal_of_vault_stands_at_its_field_and_what_was_typed_stays(client: Client, border: Border) -> None:
    border.refuses["people.paper"] = conflict("paper.of_another")
    sent = {"do": "paper", "paper-kind": "passport", "paper-number": "N1234567"}
    answer = client.post(PAGE, sent, headers={"accept-language": "ru"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'id="id_paper-number_error"' in page
    assert "записан у другого человека" in page
    assert 'value="N1234567"' in page
    border.refuses["people.further_contact"] = invalid("person.phone_invalid")
    refused = client.post(PAGE, {"do": "contact", "contact-kind": "phone", "contact-value": "12"})
    assert 'id="id_contact-value_error"' in refused.content.decode()


def test_while_vault_is_away_the_page_says_so_and_loses_nothing(client: Client, border: Border) -> None:
    border.refuses = dict.fromkeys(("people.show", "people.alias"), unavailable("call.service_down"))
    assert client.get(PAGE).status_code == 503
    answer = client.post(PAGE, {"do": "spelling", "spelling-surname": "Seitova"})
    assert answer.status_code == 503
    assert 'value="Seitova"' in answer.content.decode()
