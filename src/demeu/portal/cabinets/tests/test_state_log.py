"""The page of what the state's own service remembers."""

from pathlib import Path

import pytest
from django.test import Client

from demeu.contracts import vault
from demeu.kernel import clock, signing
from demeu.kernel.errors import unavailable
from demeu.kernel.ids import new_id

pytestmark = pytest.mark.django_db
ASK = "demeu.portal.cabinets.asking.ask"


@pytest.fixture(autouse=True)
def signed_in(client: Client, tmp_path: Path, settings: object) -> None:
    signing.make_keys(tmp_path, ["portal", "vault"])
    settings.DEMEU_KEYS = tmp_path / "portal"  # type: ignore[attr-defined]
    session = client.session
    session["person"] = str(new_id())
    session.save()


def test_everybody_who_was_let_in_is_shown(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = vault.RegistryLogLine(at=clock.now(), company_bin="230940000019", service="DEMEU_GKB_CREDIT", ours=True)
    other = vault.RegistryLogLine(at=clock.now(), company_bin="990140004654", service="SOME_BANK", ours=False)
    monkeypatch.setattr(ASK, lambda *_asked, **_more: vault.RegistryLog(lines=(ours, other)))
    page = client.get("/my/access/state/").content.decode()
    assert page.count("<tr data-ours>") == 1
    assert "990140004654" in page
    assert "230940000019" not in page


def test_a_silent_service_is_told_to_be_silent(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def silent(*_asked: object, **_more: object) -> None:
        raise unavailable("registry.silent", registry="kdp")

    monkeypatch.setattr(ASK, silent)
    answer = client.get("/my/access/state/", headers={"accept-language": "en"})
    assert answer.status_code == 200
    assert "It does not answer just now" in answer.content.decode()
