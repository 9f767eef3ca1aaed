"""Promises of webhooks: signed by the standard, tried ten times, never sent inside, a team hears only its own gifts."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob
from standardwebhooks import Webhook, WebhookVerificationError

from demeu.contracts.portal import CaseChanged
from demeu.contracts.words import Role
from demeu.kernel import calling, sealing, signing
from demeu.kernel.errors import Refusal
from demeu.kernel.events import announce
from demeu.kernel.ids import new_id
from demeu.kernel.inbox import RECEIVE, Envelope
from demeu.kernel.models import Announcement
from demeu.kernel.outbox import deliver
from demeu.kernel.testing import run_jobs
from demeu.portal.companies.rules import company_of
from demeu.portal.giving.tests.cast import published_case
from demeu.portal.partners.actions import note_gift
from demeu.portal.partners.tests.cast import NAME, administrator, team_key
from demeu.portal.webhooks import sending, tasks
from demeu.portal.webhooks.models import Attempt, Delivery, Endpoint, Message
from demeu.portal.webhooks.rules import (
    ATTEMPTS_MAX,
    HOUR_S,
    WAITS_S,
    checked_kinds,
    checked_url,
    is_public,
    reachable,
    signature,
    wait_s,
)
from demeu.portal.webhooks.tests.receiver import Receiver, receiver

pytestmark = pytest.mark.django_db
TEAM = company_of(NAME)
SKIP = ("demeu.kernel.outbox.deliver", "demeu.portal.webhooks.tasks.tell_disabled")


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: Any) -> Iterator[None]:
    signing.make_keys(tmp_path, ["portal", "vault", "treasury"])
    sealing.make_seals(tmp_path, ["portal", "vault", "treasury"])
    settings.DEMEU_KEYS = tmp_path / "portal"
    settings.DEMEU_PORTAL_WEBHOOKS_PRIVATE = True
    calling.keyring.cache_clear()
    cache.clear()
    yield
    calling.keyring.cache_clear()


@pytest.fixture
def partner() -> Iterator[Receiver]:
    with receiver() as listening:
        yield listening


def added(client: Client, url: str, *kinds: str, world: str = "live", name: str = NAME) -> tuple[Client, Endpoint, str]:
    """An address made on the page: the administrator, the row, the secret that was shown."""
    people = administrator(client, name=name)
    made = people.post("/partner/webhooks/", {"url": url, "kinds": kinds, "world": world})
    assert made.status_code == 201, made.content
    secret = made.content.decode().split("data-secret>")[1].split("<")[0]
    return people, Endpoint.objects.get(team=company_of(name), url=url), secret


def fail_until_the_end() -> list[int]:
    """Run every attempt at once instead of at its time; seconds that each was told to wait."""
    run_jobs(skip=SKIP)
    jobs = ProcrastinateJob.objects.filter(task_name=tasks.deliver.name).order_by("id")
    before = [None, *Attempt.objects.order_by("id").values_list("at", flat=True)]
    return [round((job.scheduled_at - at).total_seconds()) if at and job.scheduled_at else 0
            for job, at in zip(jobs, before, strict=False)]  # fmt: skip


def test_a_strangers_library_verifies_our_signature_and_notices_a_changed_body(
    client: Client, partner: Receiver
) -> None:
    _people, _row, secret = added(client, partner.url, "case.published")
    case = published_case()
    tasks.case_changed.run(case=str(case.id), state="published")
    run_jobs()
    [(headers, body)] = partner.taken
    told = Webhook(secret).verify(body, headers)
    assert told["type"] == "case.published" and told["data"]["number"] == case.number
    assert str(case.person) not in body.decode() and str(case.id) not in body.decode()
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body.replace(case.number.encode(), b"26-99999"), headers)


def test_ten_attempts_over_seventy_five_hours_then_the_address_is_off_and_its_maker_is_told(
    client: Client, partner: Receiver
) -> None:
    people, row, _secret = added(client, partner.url, "case.published", "case.funded")
    partner.answers = [500]
    tasks.case_changed.run(case=str(published_case().id), state="published")
    waits = fail_until_the_end()
    assert len(partner.taken) == len(waits) == ATTEMPTS_MAX == 10
    assert all(plain <= wait <= plain * 1.1 + 1 for wait, plain in zip(waits, WAITS_S, strict=True))
    assert 75 * HOUR_S <= sum(WAITS_S) <= 76 * HOUR_S
    assert len({headers["webhook-id"] for headers, _body in partner.taken}) == 1
    row.refresh_from_db()
    assert row.state == "disabled" and Delivery.objects.get().state == "exhausted"
    assert ProcrastinateJob.objects.filter(status="todo", task_name=tasks.tell_disabled.name).count() == 1
    tasks.case_changed.run(case=str(published_case("26-20002").id), state="published")
    assert Delivery.objects.count() == 1
    for lang in ("kk", "ru", "en"):
        page = people.get(f"/partner/webhooks/{row.id}/", headers={"accept-language": lang})
        assert page.status_code == 200 and page.content.decode().count("(500)") == 10


def test_what_was_given_up_is_sent_anew_from_the_page_under_the_same_id(client: Client, partner: Receiver) -> None:
    people, row, _secret = added(client, partner.url, "case.published")
    partner.answers = [500] * 10 + [200]
    tasks.case_changed.run(case=str(published_case().id), state="published")
    fail_until_the_end()
    assert people.post(f"/partner/webhooks/{row.id}/state/", {"to": "on"}).status_code == 302
    delivery = Delivery.objects.get()
    assert people.post(f"/partner/webhooks/{row.id}/{delivery.id}/again/").status_code == 302
    run_jobs(skip=SKIP)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.series, delivery.tries) == ("delivered", 2, 1)
    assert partner.taken[0][0]["webhook-id"] == partner.taken[-1][0]["webhook-id"]
    assert Attempt.objects.count() == 11


def test_an_address_that_says_it_is_gone_is_not_tried_again(client: Client, partner: Receiver) -> None:
    _people, row, _secret = added(client, partner.url, "case.published")
    partner.answers = [410]
    tasks.case_changed.run(case=str(published_case().id), state="published")
    fail_until_the_end()
    row.refresh_from_db()
    assert len(partner.taken) == 1 and row.state == "disabled"


def test_a_redirect_is_a_no_and_is_not_followed(client: Client, partner: Receiver) -> None:
    added(client, partner.url, "case.published")
    partner.answers = [302, 204]
    tasks.case_changed.run(case=str(published_case().id), state="published")
    fail_until_the_end()
    assert [attempt.outcome for attempt in Attempt.objects.order_by("id")] == ["answered_no", "delivered"]


def test_a_team_hears_of_its_own_gifts_only_and_trial_gifts_live_apart(client: Client, partner: Receiver) -> None:
    added(client, f"{partner.url}/live", "gift.received", "gift.failed", "gift.returned")
    added(Client(), f"{partner.url}/test", "gift.received", world="test")
    added(Client(), f"{partner.url}/other", "gift.received", name="Another")
    real, _word = team_key("live")
    trial, _word = team_key("test")
    gifts = {"live": new_id(), "test": new_id(), "page": new_id()}
    note_gift(gift=gifts["live"], key=real, reference="order-1")
    note_gift(gift=gifts["test"], key=trial, reference="")
    for gift in gifts.values():
        facts: dict[str, Any] = {"amount_tiyn": 250_000, "target_kind": "fund", "case": None, "donor": str(new_id())}
        for _ in range(2):
            tasks.gift_received.run(gift=str(gift), **facts)
    tasks.gift_returned.run(gift=str(gifts["live"]), amount_tiyn=100, state="received")
    run_jobs()
    told = [json.loads(body) for _headers, body in partner.taken]
    assert sorted((one["type"], one["data"]["gift"], one["data"]["test"]) for one in told) == sorted(
        [
            ("gift.received", str(gifts["live"]), False),
            ("gift.received", str(gifts["test"]), True),
            ("gift.returned", str(gifts["live"]), False),
        ]
    )
    assert all(set(one["data"]) == {"gift", "state", "amount_tiyn", "reference", "test"} for one in told)


@pytest.mark.parametrize("state", ["draft", "guarded", "delivering"])
def test_what_is_not_public_is_not_told(client: Client, partner: Receiver, state: str) -> None:
    added(client, partner.url, "case.published", "case.closed", "item.changed")
    tasks.case_changed.run(case=str(published_case().id), state=state)
    tasks.case_changed.run(case=str(new_id()), state="published")
    tasks.item_changed.run(case=str(new_id()), item=str(new_id()), state="paid")
    assert not Message.objects.exists()


def test_nothing_is_sent_inside_whatever_the_name_says(
    client: Client, partner: Receiver, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    people, row, _secret = added(client, partner.url, "case.published")
    settings.DEMEU_PORTAL_WEBHOOKS_PRIVATE = False
    assert people.post(f"/partner/webhooks/{row.id}/trial/").status_code == 302
    fail_until_the_end()
    assert partner.taken == [] and {one.outcome for one in Attempt.objects.all()} == {"inside"}
    monkeypatch.setattr(sending, "addresses_of", lambda host, port: ["93.184.215.14", "10.0.0.7"])
    outcome = sending.send(url="https://partner.kz/", secret="whsec_AAAA", message_id="1", body=b"", private=False)
    assert outcome.word == "inside"


@pytest.mark.parametrize(
    "form",
    [
        {"url": "ftp://partner.kz/", "kinds": "gift.received"},
        {"url": "https://user:word@partner.kz/", "kinds": "gift.received"},
        {"url": "", "kinds": "gift.received"},
        {"url": "https://partner.kz/hooks", "kinds": ""},
        {"url": "https://partner.kz/hooks", "kinds": "everything"},
        {"url": "https://partner.kz/" + "a" * 300, "kinds": "gift.received"},
    ],
)
def test_a_mistake_keeps_what_was_typed_and_adds_nothing(client: Client, form: dict[str, str]) -> None:
    sent = {name: text for name, text in form.items() if text} | {"world": "live"}
    answer = administrator(client).post("/partner/webhooks/", sent)
    assert answer.status_code == 422 and not Endpoint.objects.exists()
    assert not form["url"] or f'value="{form["url"]}"' in answer.content.decode()


def test_another_teams_people_and_members_change_nothing(client: Client, partner: Receiver) -> None:
    _people, row, secret = added(client, partner.url, "gift.received")
    assert secret not in Endpoint.objects.get().sealed_secret
    other, member = administrator(Client(), name="Another"), administrator(Client(), Role.COMPANY_MEMBER)
    place = f"/partner/webhooks/{row.id}/"
    assert other.get(place).status_code == 404 and member.get(place).status_code == 200
    for path in ("state/", "trial/", "secret/", f"{new_id()}/again/"):
        assert other.post(place + path, {"to": "off"}).status_code == 404
        assert member.post(place + path, {"to": "off"}).status_code == 403
    assert partner.url not in other.get("/partner/webhooks/").content.decode()
    row.refresh_from_db()
    assert row.state == "on"


def test_another_secret_replaces_the_one_before(client: Client, partner: Receiver) -> None:
    people, row, first = added(client, partner.url, "gift.received")
    page = people.post(f"/partner/webhooks/{row.id}/secret/").content.decode()
    second = page.split("data-secret>")[1].split("<")[0]
    people.post(f"/partner/webhooks/{row.id}/trial/")
    run_jobs()
    [(headers, body)] = partner.taken
    assert Webhook(second).verify(body, headers)["type"] == "endpoint.test"
    with pytest.raises(WebhookVerificationError):
        Webhook(first).verify(body, headers)


def test_a_removed_address_hears_nothing_and_is_shown_no_more(client: Client, partner: Receiver) -> None:
    people, row, _secret = added(client, partner.url, "case.published")
    tasks.case_changed.run(case=str(published_case().id), state="published")
    assert people.post(f"/partner/webhooks/{row.id}/state/", {"to": "remove"}).status_code == 302
    run_jobs()
    assert partner.taken == [] and Delivery.objects.get().state == "cancelled"
    assert people.get(f"/partner/webhooks/{row.id}/").status_code == 404


def test_the_portal_hears_its_own_news_by_a_signed_call(client: Client, partner: Receiver) -> None:
    added(client, partner.url, "case.published")
    case = published_case()
    announce(CaseChanged(case=case.id, state="published"))
    told = Announcement.objects.latest("at")
    assert ProcrastinateJob.objects.filter(task_name=deliver.name, args__announcement=str(told.id)).count() == 1
    envelope = Envelope(id=told.id, name=told.name, source="portal", facts=told.facts, request_id="")
    body = envelope.model_dump_json().encode()
    token = signing.sign_call(
        calling.keyring(), audience="portal", operation=RECEIVE.name, actor="role:portal", purpose="event", body=body
    )
    headers = {"authorization": f"Bearer {token}", "idempotency-key": str(told.id)}
    answer = client.post(f"/api/{RECEIVE.name}", body, content_type="application/json", headers=headers)
    assert answer.status_code == 200, answer.content
    run_jobs()
    assert len(partner.taken) == 1


def test_rules_by_themselves() -> None:
    body = b'{"test": 2432232314}'
    # The example of the standard's own description.
    told = signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, body)
    assert told == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
    assert wait_s(0, 1.0) == 0 and wait_s(1, 0.0) == 5 and wait_s(9, 0.0) == 24 * HOUR_S and wait_s(10, 0.0) is None
    inside = ["127.0.0.1", "10.1.2.3", "169.254.169.254", "192.168.0.1", "0.0.0.0", "::1", "fd00::1", "fe80::1",
              "::ffff:10.0.0.1", "64:ff9b::a00:1", "100.64.0.1", "224.0.0.1", "2002:a00:1::"]  # fmt: skip
    assert [address for address in inside if is_public(address)] == []
    assert is_public("93.184.215.14") and is_public("2606:4700::1111")
    assert reachable(["93.184.215.14", "10.0.0.1"], private=False) == [] == reachable([], private=False)
    assert reachable(["10.0.0.1"], private=True) == ["10.0.0.1"]
    assert checked_url("https://partner.kz/a", private=False) and checked_url("http://127.0.0.1:99/", private=True)
    for bad in ("http://partner.kz/", "https://partner.kz:22/", "https://", "https://a b.kz/", "https://[::1", "x"):
        with pytest.raises(Refusal, match=r"webhook\.url"):
            checked_url(bad, private=False)
    with pytest.raises(Refusal, match=r"webhook\.kinds"):
        checked_kinds(["endpoint.test"])
    assert UUID(str(TEAM)).version == 5
