"""The SMS gateway and the phones, over their real addresses."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from demeu.kernel.errors import Refusal
from demeu.kernel.testing import run_jobs
from demeu.sandbox.banks.tests.receiver import receiver
from demeu.sandbox.messages.models import ReplyDelivery
from demeu.sandbox.messages.rules import number_of, printable, segments, spaced
from demeu.sandbox.messages.tasks import tell_reply

NUMBER = "77710009998"
KEY = "output=json&api=v1&apiKey=sandbox-mobizon-key"


def send(client: Client, query: str = KEY, **form: str) -> Any:
    body = {"recipient": "+7 771 000-99-98", "text": "Демеу: код 4821", "from": "Demeu"} | form
    answer = client.post(f"/mobizon/service/message/sendSmsMessage?{query}", body)
    assert answer.status_code == 200
    return answer.json()


def messages(client: Client, number: str = NUMBER, after: str = "") -> list[dict[str, str]]:
    found = client.get(f"/control/phones/{number}/messages?after={after}").json()["messages"]
    return list(found)


def reply(client: Client, body: object, number: str = NUMBER) -> Any:
    return client.post(f"/control/phones/{number}/reply", body, content_type="application/json")


@pytest.mark.parametrize(
    ("text", "parts"), [("a" * 160, 1), ("a" * 161, 2), ("қ" * 70, 1), ("қ" * 71, 2), ("қ" * 135, 3), ("€" * 81, 2)]
)
def test_parts_are_counted_as_operators_do(text: str, parts: int) -> None:
    assert segments(text) == parts


@given(st.text())
def test_any_text_can_be_counted_and_stored(text: str) -> None:
    kept = printable(text)
    assert segments(kept) >= 1 and "\x00" not in kept and kept.encode().decode() == kept


def test_numbers_are_international_digits() -> None:
    assert number_of("+7 (771) 000-99-98") == NUMBER
    for wrong in ("", "123", "0" * 11, "7" * 16, "７７７１０００９９９８", "77710009998\n1"):
        assert number_of(wrong) in ("",) or number_of(wrong).isascii()
    assert number_of("８7710009998") == ""
    assert spaced(NUMBER) == "+7 771 000 99 98"


@pytest.mark.django_db
def test_a_message_reaches_the_phone(client: Client) -> None:
    sent = send(client)
    assert sent["code"] == 0 and sent["data"]["status"] == 2
    (found,) = messages(client)
    assert (found["id"], found["direction"], found["from"]) == (sent["data"]["messageId"], "in", "Demeu")
    assert found["text"] == "Демеу: код 4821"
    page = client.get(f"/phone/{NUMBER}/").content.decode()
    assert "код 4821" in page and "<script" not in page and "style=" not in page
    assert "+7 771 000 99 98" in client.get("/phone/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "form", "code"),
    [
        ("output=json&apiKey=wrong", {}, 8),
        ("output=xml&apiKey=sandbox-mobizon-key", {}, 6),
        (KEY, {"recipient": "123"}, 1),
        (KEY, {"text": " "}, 1),
        (KEY, {"text": "x" * 1001}, 1),
        (KEY, {"from": "longer than eleven"}, 1),
    ],
)
def test_a_wrong_request_is_answered_with_its_code(client: Client, query: str, form: dict[str, str], code: int) -> None:
    assert send(client, query, **form)["code"] == code
    assert client.get("/phone/").content.decode().count("<li>") == 0


@pytest.mark.django_db
def test_status_and_balance_follow_what_was_sent(client: Client) -> None:
    first = send(client)["data"]["messageId"]
    status = client.get(f"/mobizon/service/message/getSMSStatus?{KEY}&ids={first},999,x").json()
    assert [(row["id"], row["status"], row["segNum"]) for row in status["data"]] == [(first, "DELIVRD", 1)]
    assert client.get(f"/mobizon/service/message/getSMSStatus?{KEY}").json()["code"] == 1
    balance = client.get(f"/mobizon/service/user/getOwnBalance?{KEY}").json()
    assert balance["data"] == {"balance": "999988.00", "currency": "KZT"}


@pytest.mark.django_db
def test_a_reply_is_told_to_the_platform_until_taken(client: Client, settings: Any) -> None:
    with receiver() as platform:
        settings.DEMEU_SANDBOX_SMS_INBOUND_URL = f"{platform.address}/inbound"
        platform.statuses = [500]
        send(client)
        answer = reply(client, {"text": "ИӘ 4821"})
        assert answer.status_code == 202 and answer.json()["queued"] is True
        with pytest.raises(Refusal):
            run_jobs()
        delivery = ReplyDelivery.objects.get()
        tell_reply.run(delivery=delivery.pk)
        tell_reply.run(delivery=delivery.pk)
        assert len(platform.bodies) == 2
        told = platform.bodies[1]
        assert (told["from"], told["to"], told["text"]) == (NUMBER, "Demeu", "ИӘ 4821")
        assert told["messageId"] == answer.json()["id"]
        assert platform.headers[1]["X-Inbound-Key"] == "sandbox-inbound-key"
    assert [row["direction"] for row in messages(client)] == ["in", "out"]


@pytest.mark.django_db
def test_without_an_inbound_address_a_reply_stays_on_the_phone(client: Client, settings: Any) -> None:
    settings.DEMEU_SANDBOX_SMS_INBOUND_URL = ""
    assert reply(client, {"text": "иә"}).json()["queued"] is False
    page = client.post(f"/phone/{NUMBER}/", {"text": "рахмет"})
    assert page.status_code == 302
    first, second = messages(client)
    assert [first["text"], second["text"]] == ["иә", "рахмет"]
    assert [row["id"] for row in messages(client, after=first["id"])] == [second["id"]]


@pytest.mark.django_db
@pytest.mark.parametrize("body", [{}, [], {"text": ""}, {"text": 1}, {"text": "x" * 1001}, {"text": "\x00"}, "text"])
def test_a_wrong_reply_is_refused(client: Client, body: object) -> None:
    assert reply(client, body).status_code == 422


@pytest.mark.django_db
def test_odd_addresses_and_empty_forms_are_explained(client: Client) -> None:
    assert client.get("/phone/abc/").status_code == 404
    assert client.post(f"/phone/{NUMBER}/", {"text": " "}).status_code == 422
    assert client.get(f"/control/phones/{NUMBER}/messages?after=x").status_code == 422
    assert reply(client, {"text": "иә"}, number="abc").status_code == 422
    assert client.get("/phone/").status_code == 200
