"""Promises of gifts by program: one key one gift, test keys apart from real money, a team sees only its own."""

import json
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from demeu.kernel.errors import unavailable
from demeu.portal.giving import asking
from demeu.portal.giving.models import GiftIntent
from demeu.portal.giving.tests.cast import published_case
from demeu.portal.legal.queries import current_version
from demeu.portal.partners.models import KeyGift
from demeu.portal.partners.tests.cast import bearer, team_key
from demeu.portal.wishes.queries import asked_items

pytestmark = pytest.mark.django_db


def wish(**changes: Any) -> dict[str, Any]:
    plain = {"amount_tiyn": 250_000, "target": {"kind": "fund"}, "offer_version": current_version("offer")}
    return {**plain, **changes}


def give(client: Client, word: str, body: Any, key: str = "order-000127") -> Any:
    text = body if isinstance(body, str) else json.dumps(body)
    return client.post(
        "/api/v1/gifts", text, content_type="application/json", headers={**bearer(word), "idempotency-key": key}
    )


def test_the_same_key_is_the_same_gift_and_another_body_under_it_is_refused(client: Client, paying: list[Any]) -> None:
    _row, word = team_key()
    first, again = give(client, word, wish()), give(client, word, wish())
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json() and GiftIntent.objects.count() == KeyGift.objects.count() == 1
    gift = first.json()
    assert gift["test"] is True and gift["payment"]["link_url"].endswith(gift["id"])
    assert first["Location"].endswith(f"/api/v1/gifts/{gift['id']}") and first["Cache-Control"] == "no-store"
    changed = give(client, word, wish(amount_tiyn=300_000))
    assert (changed.status_code, changed.json()["code"]) == (409, "gift.changed")
    assert give(client, word, wish(), key="order-000128").json()["id"] != gift["id"]


def test_another_team_with_the_same_idempotency_key_makes_a_gift_of_its_own(client: Client, paying: list[Any]) -> None:
    words = [team_key(name=name)[1] for name in ("One", "Two")]
    made = [give(client, word, wish()).json()["id"] for word in words]
    assert len(set(made)) == 2
    assert client.get(f"/api/v1/gifts/{made[0]}", headers=bearer(words[1])).status_code == 404
    listed = client.get("/api/v1/gifts", headers=bearer(words[1])).json()["data"]
    assert [gift["id"] for gift in listed] == [made[1]]


@pytest.mark.parametrize("kind", ["case", "item", "group", "region", "programme", "fund", "reserve"])
def test_every_purpose_can_be_given_to_and_is_told_back(client: Client, paying: list[Any], kind: str) -> None:
    row = published_case()
    values = {
        "case": row.number, "item": str(asked_items(row.id)[0].id), "group": "older_people", "region": "750000000",
        "programme": "growing_up", "fund": "1", "reserve": "1",
    }  # fmt: skip
    _key, word = team_key("live")
    made = give(client, word, wish(target={"kind": kind, "value": values[kind]}, reference="order-7"))
    assert made.status_code == 201, made.content
    assert made.json()["target"] == {"kind": kind, "value": values[kind]} and made.json()["reference"] == "order-7"
    shown = client.get(f"/api/v1/gifts/{made.json()['id']}", headers=bearer(word)).json()
    assert shown["target"] == {"kind": kind, "value": values[kind]} and shown["test"] is False


@pytest.mark.parametrize(
    ("changes", "status", "code"),
    [
        ({"amount_tiyn": 0}, 422, "call.unreadable"),
        ({"amount_tiyn": -1}, 422, "call.unreadable"),
        ({"amount_tiyn": 10**18}, 422, "call.unreadable"),
        ({"amount_tiyn": 250_000.5}, 422, "call.unreadable"),
        ({"currency": "USD"}, 422, "call.unreadable"),
        ({"reference": "Айгерим +7 701 000 00 00"}, 422, "call.unreadable"),
        ({"unknown": 1}, 422, "call.unreadable"),
        ({"target": {"kind": "case", "value": "26-99999"}}, 404, "case.unknown"),
        ({"target": {"kind": "group", "value": "everybody"}}, 422, "gift.no_target"),
        ({"target": {"kind": "item", "value": "x"}}, 422, "gift.no_target"),
        ({"offer_version": "1999-01-01"}, 409, "legal.text_changed"),
        ({"addition_tiyn": 250_000}, 422, "api.addition"),
        ({"fallback": "same_group"}, 422, "api.fallback"),
    ],
)
def test_bad_input_is_a_problem_and_begins_nothing(
    client: Client, paying: list[Any], changes: dict[str, Any], status: int, code: str
) -> None:
    _row, word = team_key()
    answer = give(client, word, wish(**changes))
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer["Content-Type"] == "application/problem+json" and answer.json()["detail"]
    assert not GiftIntent.objects.exists() and not KeyGift.objects.exists() and paying == []


def test_a_body_that_is_no_json_or_ten_megabytes_long_is_a_problem(client: Client, paying: list[Any]) -> None:
    _row, word = team_key()
    for body, status in (("{", 422), ("[]", 422), ('"' + "a" * 10_000_000 + '"', 413)):
        answer = give(client, word, body)
        assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


def test_without_an_idempotency_key_nothing_is_begun(client: Client, paying: list[Any]) -> None:
    _row, word = team_key()
    answer = client.post("/api/v1/gifts", json.dumps(wish()), content_type="application/json", headers=bearer(word))
    assert answer.status_code == 422 and not GiftIntent.objects.exists()
    assert give(client, word, wish(), key="short").status_code == 422


def test_a_key_opens_what_its_scopes_say(client: Client, paying: list[Any]) -> None:
    _team, team = team_key("team")
    assert give(client, team, wish()).json()["code"] == "key.scope_missing"
    assert client.get("/api/v1/gifts", headers=bearer(team)).status_code == 200
    _blind, blind = team_key("live", scopes=("gifts:write",))
    assert give(client, blind, wish()).status_code == 201
    assert client.get("/api/v1/gifts", headers=bearer(blind)).status_code == 403


def test_where_money_is_real_a_test_key_makes_no_gift(client: Client, paying: list[Any], settings: Any) -> None:
    settings.DEMEU_PROFILE = "production"
    _test, test = team_key("test")
    answer = give(client, test, wish())
    assert (answer.status_code, answer.json()["code"]) == (403, "key.test_only") and not GiftIntent.objects.exists()
    _live, live = team_key("live")
    assert give(client, live, wish()).status_code == 201


def test_trial_gifts_and_real_ones_do_not_see_each_other(client: Client, paying: list[Any]) -> None:
    _test, test = team_key("test")
    _live, live = team_key("live")
    trial, real = give(client, test, wish()).json(), give(client, live, wish()).json()
    assert trial["id"] != real["id"]
    for word, own, other in ((test, trial, real), (live, real, trial)):
        listed = client.get("/api/v1/gifts", headers=bearer(word)).json()["data"]
        assert [gift["id"] for gift in listed] == [own["id"]]
        assert client.get(f"/api/v1/gifts/{other['id']}", headers=bearer(word)).status_code == 404


def test_the_teams_gifts_come_page_by_page_the_newest_first(client: Client, paying: list[Any]) -> None:
    _row, word = team_key()
    made = [give(client, word, wish(), key=f"order-00000{place}").json()["id"] for place in range(3)]
    first = client.get("/api/v1/gifts?limit=2", headers=bearer(word)).json()
    rest = client.get(f"/api/v1/gifts?limit=2&cursor={first['next']}", headers=bearer(word)).json()
    assert [gift["id"] for gift in first["data"] + rest["data"]] == made[::-1] and rest["next"] is None


def test_while_the_treasury_is_away_the_gift_is_kept_and_the_same_key_goes_on(
    client: Client, paying: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    _row, word = team_key()
    working = asking.payment_page

    def away(row: Any, actor: str) -> Any:
        raise unavailable("call.service_down", service="treasury")

    monkeypatch.setattr(asking, "payment_page", away)
    answer = give(client, word, wish())
    assert answer.status_code == 503 and int(answer["Retry-After"]) > 0
    kept = GiftIntent.objects.get()
    monkeypatch.setattr(asking, "payment_page", working)
    assert UUID(give(client, word, wish()).json()["id"]) == kept.gift


def test_a_gift_that_is_paid_has_nowhere_to_pay(client: Client, paying: list[Any]) -> None:
    from demeu.portal.giving.actions import note_gift

    _row, word = team_key()
    gift = give(client, word, wish()).json()["id"]
    note_gift(gift=UUID(gift), state="received", by="role:treasury")
    again = give(client, word, wish()).json()
    assert (again["state"], again["payment"]) == ("received", None) and again["received_at"]
