"""All of one's data on paper, and an erasure that waits for open applications."""

import io
import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.utils import translation
from pypdf import PdfReader

from demeu.contracts.words import Role
from demeu.kernel import signing
from demeu.kernel.ids import new_id
from demeu.portal.accounts.actions import give_role
from demeu.portal.cabinets.printing import printed, words_of
from demeu.portal.cases import actions
from demeu.portal.cases.models import Application

pytestmark = pytest.mark.django_db
MADE = "2026-11-22T09:30:00+00:00"
DOSSIER: dict[str, Any] = {
    "form": "demeu-export-1",
    "person": str(UUID(int=1)),
    "made_at": MADE,
    "holdings": {
        "person": [{"surname": "Сейітова", "given_name": "Әсел", "iin": "900101200010", "lang": "kk"}],
        "facts": [{"code": "housing_units", "value": "1", "source": "cks", "as_of": MADE}],
        "consents": [{"purpose": "assessment", "registries": ["cks"], "state": "granted", "asked_at": MADE}],
        "documents": [{"kind": "photo", "content": {"base64": "eA=="}, "at": MADE}],
        "looks": [
            {"at": MADE, "actor": "person:x", "office": "curator", "operation": "facts.show", "fields": ["names"]}
        ],
        "switches": [],
    },
}


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


@pytest.mark.parametrize(("lang", "words"), [("kk", "Сіз туралы"), ("ru", "Кто вы"), ("en", "Who you are")])
def test_the_pdf_can_be_read_in_three_languages_with_kazakh_letters(lang: str, words: str) -> None:
    with translation.override(lang):
        content = printed(DOSSIER, lang)
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    assert words in text
    assert "Әсел" in text
    assert "900101200010" in text


def test_codes_become_words_and_empty_holdings_are_left_out() -> None:
    with translation.override("en"):
        said = words_of(DOSSIER, "en")
    assert [section["title"] for section in said["sections"]] == [
        "Who you are", "Consents", "Documents", "Answers of the registries", "Who looked",
    ]  # fmt: skip
    text = json.dumps(said)
    assert "Counting the category" in text
    assert "a file" in text
    assert "assessment" not in text


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_page_offers_both_files_and_erasure(client: Client, mother: UUID, lang: str) -> None:
    page = client.get("/my/data/", headers={"accept-language": lang})
    assert page.status_code == 200
    for address in ("/my/data/my-data.pdf", "/my/data/my-data.json", "/my/data/erase/"):
        assert address in page.content.decode()


def test_an_open_application_or_a_role_of_staff_holds_an_erasure_back(client: Client, mother: UUID) -> None:
    assert client.post("/my/data/erase/").status_code == 422
    row = actions.start_application(application=new_id(), person=mother, lang="ru")
    assert client.post("/my/data/erase/", {"sure": "yes"}).status_code == 409
    Application.objects.filter(id=row.id).update(state="withdrawn")
    assert client.post("/my/data/erase/", {"sure": "yes"}).status_code == 503
    give_role(person=mother, role=Role.CURATOR, by="role:portal", regions=["75"])
    assert client.post("/my/data/erase/", {"sure": "yes"}).status_code == 409
    assert client.session["person"] == str(mother)


def test_while_vault_is_away_no_file_is_made(client: Client, mother: UUID) -> None:
    assert client.get("/my/data/my-data.json").status_code == 503
