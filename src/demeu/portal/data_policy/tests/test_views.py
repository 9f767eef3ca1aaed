"""The page of the policy: for the ministry only, and every change goes to vault, which decides."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from demeu.contracts import vault
from demeu.contracts.words import Purpose, Registry, Role
from demeu.kernel import clock, signing
from demeu.kernel.ids import new_id
from demeu.portal.accounts.actions import give_role
from demeu.portal.data_policy import views

pytestmark = pytest.mark.django_db
CELL = vault.PolicyCell(consented_for=Purpose.ASSESSMENT, use=Purpose.HOME_VISIT, registry=Registry.CKS)
FORM = {"consented_for": "assessment", "use": "case_review", "registry": "gkb", "reason": "Debts weigh in a review"}


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: object) -> None:
    signing.make_keys(tmp_path, ["portal", "vault"])
    settings.DEMEU_KEYS = tmp_path / "portal"  # type: ignore[attr-defined]


@pytest.fixture
def officer(client: Client) -> UUID:
    person = new_id()
    give_role(person=person, role=Role.MINISTRY, by="role:portal")
    session = client.session
    session["person"], session["office"] = str(person), True
    session.save()
    return person


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, officer: UUID) -> list[Any]:
    """What goes to vault; it answers with one cell, one proposal of one's own and one of a colleague."""
    sent: list[Any] = []

    def answer(service: str, operation: Any, body: Any, **how: Any) -> vault.PolicyShown:
        sent.append((operation.name, body))
        proposals = tuple(
            vault.PolicyProposed(
                proposal=new_id(), proposed_by=by, reason="Why not", at=clock.now(), added=(CELL,), removed=()
            )
            for by in (f"person:{officer}", "person:colleague")
        )
        return vault.PolicyShown(version=3, cells=(CELL,), proposals=proposals)

    monkeypatch.setattr(views, "ask", answer)
    return sent


@pytest.mark.parametrize(("lang", "words"), [("kk", "Үйге бару"), ("ru", "Версия 3"), ("en", "Version 3")])
def test_the_page_shows_the_policy_and_offers_approval_of_a_colleagues_proposal_only(
    client: Client, asked: list[Any], lang: str, words: str
) -> None:
    page = client.get("/desk/data-policy/", headers={"accept-language": lang}).content.decode()
    assert words in page
    assert page.count('value="approve"') == 1


def test_a_line_is_proposed_on_top_of_what_is_in_force_and_taken_away_from_it(client: Client, asked: list[Any]) -> None:
    proposal = str(new_id())
    for do, cells in (("add", 2), ("remove", 1)):
        answer = client.post("/desk/data-policy/", {"do": do, "proposal": proposal, **FORM})
        assert answer.status_code == 302
        assert asked[-1][0] == "policy.propose"
        assert len(asked[-1][1].cells) == cells
    assert client.post("/desk/data-policy/", {"do": "approve", "proposal": proposal}).status_code == 302
    assert asked[-1] == ("policy.approve", vault.PolicyApprove(proposal=UUID(proposal)))


def test_what_is_not_in_the_lists_is_refused_before_anything_is_sent(client: Client, asked: list[Any]) -> None:
    for wrong in ({"use": "spying"}, {"registry": ""}, {"proposal": "x"}):
        answer = client.post("/desk/data-policy/", {"do": "add", "proposal": str(new_id()), **FORM, **wrong})
        assert answer.status_code == 422
    assert {name for name, _ in asked} == {"policy.show"}


def test_others_do_not_see_it_and_without_vault_it_says_so(client: Client, officer: UUID) -> None:
    assert client.get("/desk/data-policy/").status_code == 503
    session = client.session
    session["person"] = str(new_id())
    session.save()
    assert client.get("/desk/data-policy/").status_code == 403
