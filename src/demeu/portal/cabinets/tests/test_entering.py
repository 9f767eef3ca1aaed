"""The page where an assistant tells what they saw of a family that no registry knows."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pydantic import BaseModel

from demeu.contracts import vault
from demeu.contracts.words import Role
from demeu.kernel import clock, signing
from demeu.kernel.ids import new_id
from demeu.portal.accounts.actions import give_role
from demeu.portal.cases.models import Application

pytestmark = pytest.mark.django_db
PAPER = {"basis": SimpleUploadedFile("act.pdf", b"%PDF-1.4 act", content_type="application/pdf")}
FAMILY = {
    "relation": ["applicant", "child", ""], "born": ["1990-05-01", "2019-05-01", ""], "ill": ["2"],
    "protected": "yes", "hardship": "yes", "housing_units": "0",
}  # fmt: skip


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: object) -> None:
    signing.make_keys(tmp_path, ["portal", "vault"])
    settings.DEMEU_KEYS = tmp_path / "portal"  # type: ignore[attr-defined]


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, BaseModel]]:
    """What was asked of vault, which is another process."""
    told: list[tuple[str, BaseModel]] = []

    def vault_at_the_border(_service: str, operation: Any, body: BaseModel, **_more: object) -> Any:
        told.append((operation.name, body))
        if operation.name == vault.FILE_PUT.name:
            return vault.DocumentKept(document=new_id(), sha256="0" * 64, state="clean")
        return vault.Gathering(gathering=new_id(), household=new_id(), state="done")

    monkeypatch.setattr("demeu.portal.cabinets.asking.ask", vault_at_the_border)
    return told


def assistant(client: Client, role: Role = Role.AKIMAT) -> UUID:
    person = new_id()
    give_role(person=person, role=role, by="operator:test", regions=("35",), organization="Акимат")
    session = client.session
    session["person"], session["office"] = str(person), True
    session.save()
    return person


def entered(by: UUID, **other: Any) -> Application:
    asked = {"person": new_id(), "entered_by": by, "consent": new_id(), "state": "review", "region_kato": "350000000"}
    return Application.objects.create(id=new_id(), created_at=clock.now(), updated_at=clock.now(), **asked | other)


def page(row: Application) -> str:
    return f"/my/applications/{row.id}/family/"


def test_what_was_seen_goes_to_vault_with_its_paper_and_the_secret_of_the_place(
    client: Client, asked: list[tuple[str, BaseModel]]
) -> None:
    row = entered(assistant(client))
    assert page(row) in client.get(f"/my/applications/{row.id}/").content.decode()
    answer = client.post(page(row), FAMILY | PAPER)
    assert answer.status_code == 302
    name, body = asked[-1]
    assert (name, [operation for operation, _ in asked]) == ("facts.enter", ["documents.upload", "facts.enter"])
    assert isinstance(body, vault.EnterFacts)
    assert (body.protected, body.facts["housing_units"], len(body.members)) == (True, "0", 2)
    assert body.members[1].facts == {"disability_childhood": "true"}


@pytest.mark.parametrize(
    "wrong", [{"born": ["yesterday"], "relation": ["applicant"]}, {"relation": [], "born": []}, {"relation": ["king"]}]
)
def test_what_cannot_be_read_is_asked_again_and_nothing_is_told(
    client: Client, asked: list[tuple[str, BaseModel]], wrong: dict[str, list[str]]
) -> None:
    row = entered(assistant(client))
    assert client.post(page(row), FAMILY | wrong).status_code == 422
    assert client.post(page(row), FAMILY).status_code == 422
    assert "facts.enter" not in [name for name, _ in asked]


def test_nobody_tells_of_themselves_of_strangers_or_of_what_is_decided(
    client: Client, asked: list[tuple[str, BaseModel]]
) -> None:
    me = assistant(client)
    own = entered(new_id(), person=me)
    assert client.get(page(own)).status_code == 403
    assert client.get(page(entered(new_id()))).status_code == 404
    assert client.get(page(entered(me, state="approved"))).status_code == 409
    assert client.get(page(entered(me, consent=None))).status_code == 409
    assistant(client, Role.DONOR)
    assert client.get(page(own)).status_code in (403, 404)
    assert asked == []
