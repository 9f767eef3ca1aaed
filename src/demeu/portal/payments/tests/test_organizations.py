"""A supplier is looked up at the state database of legal entities before money can go to it."""

from typing import Any

import pytest

from demeu.contracts import vault
from demeu.kernel import clock
from demeu.kernel.errors import Refusal, forbidden, invalid, unavailable
from demeu.kernel.ids import new_id
from demeu.portal.accounts.rules import Actor
from demeu.portal.payments import asking

ACTOR = Actor(person=new_id())
NUMBER = "990940000006"


def _answers(monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    def at_the_border(*_asked: object, **_more: object) -> Any:
        if isinstance(answer, Refusal):
            raise answer
        return answer

    monkeypatch.setattr("demeu.portal.payments.asking.ask", at_the_border)


def _card(**said: bool) -> vault.OrganizationCard:
    return vault.OrganizationCard(bin=NUMBER, as_of=clock.now(), **said)


def test_a_closed_organization_gets_no_money(monkeypatch: pytest.MonkeyPatch) -> None:
    _answers(monkeypatch, _card(known=True, active=False))
    with pytest.raises(Refusal, match=r"payee\.organization_closed"):
        asking.names_of_open_organization(ACTOR, NUMBER)


@pytest.mark.parametrize(
    "answer",
    [
        _card(known=True, active=True),
        _card(known=False),
        unavailable("registry.silent"),
        invalid("organization.unusable_bin"),
    ],
)
def test_nobody_is_refused_for_what_the_database_does_not_know(monkeypatch: pytest.MonkeyPatch, answer: Any) -> None:
    _answers(monkeypatch, answer)
    assert asking.names_of_open_organization(ACTOR, NUMBER) == ()


def test_the_states_name_goes_with_the_payee_to_be_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    card = vault.OrganizationCard(bin=NUMBER, as_of=clock.now(), known=True, active=True, name_ru="ТОО Орда")
    _answers(monkeypatch, card)
    assert asking.names_of_open_organization(ACTOR, NUMBER) == ("ТОО Орда",)


def test_another_refusal_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    _answers(monkeypatch, forbidden("call.not_allowed"))
    with pytest.raises(Refusal, match=r"call\.not_allowed"):
        asking.names_of_open_organization(ACTOR, NUMBER)
