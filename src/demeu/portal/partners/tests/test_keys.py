"""Promises of keys: shown once, kept as a hash, opening what their kind may, revoked for good."""

import pytest
from django.test import Client

from demeu.contracts.words import Role
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.portal.companies.rules import company_of
from demeu.portal.giving.tests.cast import signed_in
from demeu.portal.partners.actions import count_request, forget_windows, note_use
from demeu.portal.partners.models import ApiKey, RequestWindow
from demeu.portal.partners.queries import open_key
from demeu.portal.partners.rules import (
    SCOPES,
    Allowance,
    KeyKind,
    Scope,
    check_wanted,
    digest_of,
    looks_like_key,
    new_word,
    real_money_refusal,
    scope_missing,
    window_of,
)
from demeu.portal.partners.tests.cast import NAME, administrator, team_key

pytestmark = pytest.mark.django_db


def word_on(page: str) -> str:
    return page.split("data-key-word>")[1].split("<")[0]


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_a_team_makes_a_key_sees_it_once_and_revokes_it(client: Client, lang: str) -> None:
    people, words = administrator(client), {"accept-language": lang}
    assert people.get("/partner/keys/", headers=words).status_code == 200
    form = {"kind": "live", "scopes": ["gifts:write", "gifts:read"], "label": "Касса № 1"}
    made = people.post("/partner/keys/", form, headers=words)
    word = word_on(made.content.decode())
    assert made.status_code == 201 and made["Cache-Control"] == "private, no-store" and looks_like_key(word)
    row = open_key(word)
    assert row is not None and row.team == company_of(NAME) and row.scopes == ["gifts:read", "gifts:write"]
    again = people.get("/partner/keys/", headers=words).content.decode()
    assert word not in again and f"…{word[-4:]}" in again
    assert people.post(f"/partner/keys/{row.id}/revoke/").status_code == 302
    assert open_key(word) is None


def test_the_word_itself_is_nowhere_in_the_database() -> None:
    row, word = team_key()
    kept = " ".join(str(value) for value in ApiKey.objects.filter(id=row.id).values_list()[0])
    assert word not in kept and digest_of(word) in kept


@pytest.mark.parametrize(
    "form",
    [
        {"kind": "team", "scopes": ["gifts:write"], "label": "Касса"},
        {"kind": "root", "label": "Касса"},
        {"kind": "test", "label": ""},
        {"kind": "test", "label": "k" * 61},
        {"kind": "test", "scopes": ["everything"], "label": "Касса"},
    ],
)
def test_a_mistake_makes_no_key_and_keeps_what_was_typed(client: Client, form: dict[str, str]) -> None:
    answer = administrator(client).post("/partner/keys/", form)
    assert answer.status_code == 422 and not ApiKey.objects.exists()
    assert f'value="{form["label"]}"' in answer.content.decode()


def test_another_teams_people_members_and_strangers_change_nothing(client: Client) -> None:
    row, word = team_key()
    other = administrator(Client(), name="Another")
    assert row.label not in other.get("/partner/keys/").content.decode()
    assert other.post(f"/partner/keys/{row.id}/revoke/").status_code == 404
    member = administrator(Client(), Role.COMPANY_MEMBER)
    assert row.label in member.get("/partner/keys/").content.decode()
    assert member.post("/partner/keys/", {"kind": "test", "label": "Касса"}).status_code == 403
    assert member.post(f"/partner/keys/{row.id}/revoke/").status_code == 403
    assert signed_in(Client(), new_id()).get("/partner/keys/").status_code == 403
    assert client.get("/partner/keys/")["Location"].startswith("/sign-in/")
    assert open_key(word) is not None


def test_use_is_noted_to_the_minute() -> None:
    row, word = team_key()
    note_use(key=row)
    first = open_key(word)
    assert first is not None and first.last_used_at is not None
    note_use(key=first)
    again = open_key(word)
    assert again is not None and again.last_used_at == first.last_used_at


def test_requests_are_counted_by_window_and_old_windows_are_forgotten() -> None:
    seen = [count_request(subject="key:1", limit=2) for _ in range(3)]
    assert [one.used for one in seen] == [1, 2, 3]
    assert [one.is_over for one in seen] == [False, False, True] and seen[-1].left == 0
    assert count_request(subject="key:2", limit=2).used == 1
    RequestWindow.objects.create(subject="key:1", began=60, used=5)
    assert forget_windows() == 1


def test_rules_by_themselves() -> None:
    assert SCOPES[KeyKind.TEAM] == {Scope.GIFTS_READ, Scope.WEBHOOKS}
    assert looks_like_key(new_word(KeyKind.TEST)) and not looks_like_key("demeu_test_short")
    assert check_wanted("live", ["webhooks"], " Касса ")[0] is KeyKind.LIVE
    with pytest.raises(Refusal, match=r"key\.scope"):
        check_wanted("team", ["gifts:write"], "Касса")
    assert scope_missing(["gifts:read"], Scope.GIFTS_READ) is None
    assert str(scope_missing([], Scope.GIFTS_READ)) == "key.scope_missing"
    assert str(real_money_refusal("test", "production")) == "key.test_only"
    assert real_money_refusal("test", "demo") is None and real_money_refusal("live", "production") is None
    assert window_of(119.9) == (60, 1) and window_of(120) == (120, 60)
    assert Allowance(10, 10, 5).left == 0 and not Allowance(10, 10, 5).is_over
