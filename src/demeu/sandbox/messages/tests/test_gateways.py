"""The second SMS gateway, faults, mail and push of the sandbox, over their real addresses."""

import base64
import json
import time
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from py_vapid import Vapid
from pywebpush import WebPusher

pytestmark = pytest.mark.django_db
NUMBER = "77710009998"
ACCOUNT = {"login": "demeu", "psw": "sandbox-smsc-password", "fmt": "3", "charset": "utf-8"}


def smsc(client: Client, script: str = "send", **form: str) -> Any:
    message = {"phones": "+7 771 000-99-98", "mes": "Демеу: код 4821", "sender": "Demeu"} if script == "send" else {}
    answer = client.post(f"/smsc/sys/{script}.php", {**ACCOUNT, **message, **form})
    assert answer.status_code == 200
    return answer.json()


def fault(client: Client, gateway: str, name: str, **more: Any) -> Any:
    body = {"gateway": gateway, "fault": name, **more}
    return client.post("/control/messages/faults", body, content_type="application/json")


def test_a_message_of_smsc_reaches_the_phone_and_has_a_state(client: Client) -> None:
    sent = smsc(client)
    assert sent["cnt"] == 1
    found = client.get(f"/control/phones/{NUMBER}/messages").json()["messages"]
    assert [(row["id"], row["text"]) for row in found] == [(str(sent["id"]), "Демеу: код 4821")]
    asked = {"id": f"{sent['id']},999,", "phone": f"{NUMBER},{NUMBER},"}
    assert [(row["id"], row["status"]) for row in smsc(client, "status", **asked)] == [(sent["id"], 1), (999, -3)]
    assert smsc(client, "status", id=str(sent["id"]), phone=NUMBER)["status"] == 1
    assert smsc(client, "status", id=str(sent["id"]), phone="77770000000")["status"] == -3


@pytest.mark.parametrize(
    ("form", "code"),
    [({"psw": "guess"}, 2), ({"fmt": "1"}, 1), ({"phones": "12"}, 7), ({"mes": " "}, 1), ({"sender": "x" * 12}, 1)],
)
def test_a_wrong_request_to_smsc_has_its_code(client: Client, form: dict[str, str], code: int) -> None:
    assert smsc(client, **form)["error_code"] == code


def test_faults_strike_as_often_as_asked_and_only_their_gateway(client: Client) -> None:
    assert fault(client, "smsc", "refuse", times=2).status_code == 200
    assert [smsc(client).get("error_code") for _ in range(3)] == [9, 9, None]
    fault(client, "smsc", "undelivered", times=1)
    lost = smsc(client)["id"]
    assert smsc(client, "status", id=str(lost), phone=NUMBER)["status"] == 20
    assert str(lost) not in [row["id"] for row in client.get(f"/control/phones/{NUMBER}/messages").json()["messages"]]
    key = "output=json&apiKey=sandbox-mobizon-key"
    fault(client, "mobizon", "reject", times=1)
    form = {"recipient": NUMBER, "text": "x"}
    answers = [client.post(f"/mobizon/service/message/sendSmsMessage?{key}", form).json()["code"] for _ in range(2)]
    assert answers == [1, 0]
    fault(client, "mobizon", "broken")
    assert client.post(f"/mobizon/service/message/sendSmsMessage?{key}", form).status_code == 500
    assert client.delete("/control/messages/faults").json() == {"faults": []}


@pytest.mark.parametrize(
    "body",
    [{}, [], {"gateway": "smsc"}, {"gateway": "fax", "fault": "refuse"}, {"gateway": "smsc", "fault": "tired"},
     {"gateway": "smsc", "fault": "refuse", "times": 0}, {"gateway": "smsc", "fault": "slow", "delay_s": 1e9}],
)  # fmt: skip
def test_an_impossible_fault_is_refused(client: Client, body: object) -> None:
    assert client.post("/control/messages/faults", body, content_type="application/json").status_code == 422


LETTER = (
    "From: Demeu <no-reply@demeu.example>\r\nTo: asel@example.org\r\nSubject: =?utf-8?b?0KHQsNC70LXQvA==?=\r\n"
    "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nҚалайсыз\r\n"
)


def letter(client: Client, raw: str = LETTER) -> str:
    headers = {"X-Mail-From": "no-reply@demeu.example", "X-Rcpt-To": "Asel@example.org"}
    answer = client.post("/control/mail/incoming", raw.encode(), content_type="message/rfc822", headers=headers)
    return str(answer.json()["reply"])


def test_a_letter_is_kept_and_shown(client: Client) -> None:
    assert letter(client).startswith("250")
    (found,) = client.get("/control/mail?to=asel@example.org").json()["letters"]
    assert (found["subject"], found["text"].strip()) == ("Салем", "Қалайсыз")
    page = client.get(f"/mail/{found['id']}/").content.decode()
    assert "Қалайсыз" in page and client.get("/mail/").content.decode().count("<li>") == 1
    assert client.get("/mail/999/").status_code == 404


def test_mail_faults_are_smtp_replies(client: Client) -> None:
    replies = {}
    for name in ("refuse", "reject", "broken", "malformed"):
        fault(client, "smtp", name, times=1)
        replies[name] = letter(client)[:3]
    assert replies == {"refuse": "451", "reject": "550", "broken": "421", "malformed": ""}
    assert client.get("/control/mail").json()["letters"] == []


def sender() -> tuple[Vapid, str]:
    key = ec.generate_private_key(ec.SECP256R1())
    point = key.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)
    return Vapid(key), base64.urlsafe_b64encode(point).decode().rstrip("=")


def subscription(client: Client, key: str = "") -> Any:
    answer = client.post("/push/subscribe", {"key": key})
    assert answer.status_code == 201 and answer["Access-Control-Allow-Origin"] == "*"
    return answer.json()


def push(client: Client, to: Any, by: Vapid, text: str = "Сәлем", aud: str = "http://testserver", **more: str) -> int:
    encoded = WebPusher(to).encode(text.encode())
    claims = {"aud": aud, "exp": int(time.time()) + 3600, "sub": "mailto:no-reply@demeu.example"}
    headers = {**by.sign(claims), "Content-Encoding": "aes128gcm", "TTL": "60", "Urgency": "high", **more}
    path = to["endpoint"].removeprefix("http://testserver")
    answer = client.post(path, encoded["body"], content_type="application/octet-stream", headers=headers)
    return answer.status_code


def test_a_notice_is_decrypted_by_another_implementation(client: Client) -> None:
    by, key = sender()
    to = subscription(client, key)
    assert push(client, to, by) == 201
    token = to["endpoint"].rpartition("/")[2]
    (notice,) = client.get(f"/control/push/{token}").json()["notices"]
    assert (notice["text"], notice["urgency"], notice["ttl_s"]) == ("Сәлем", "high", 60)
    assert "Сәлем" in client.get("/push/").content.decode()


def test_a_notice_of_another_sender_or_for_another_place_is_refused(client: Client) -> None:
    by, key = sender()
    other, _ = sender()
    to = subscription(client, key)
    assert push(client, to, other) == 403
    assert push(client, to, by, aud="https://elsewhere.example") == 403
    assert push(client, to, by, Authorization="vapid t=a.b.c, k=x") == 403
    assert push(client, to, by, **{"Content-Encoding": "aesgcm"}) == 400


def test_a_notice_for_other_keys_cannot_be_read(client: Client) -> None:
    by, key = sender()
    one, two = subscription(client, key), subscription(client, key)
    mixed = {"endpoint": one["endpoint"], "keys": two["keys"]}
    assert push(client, mixed, by) == 400


def test_a_browser_that_left_answers_gone(client: Client) -> None:
    by, key = sender()
    to = subscription(client, key)
    client.post(f"/control/push/{to['endpoint'].rpartition('/')[2]}/gone")
    assert push(client, to, by) == 410
    assert push(client, {**to, "endpoint": "http://testserver/push/to/unknown"}, by) == 404
    fault(client, "push", "refuse", times=1)
    assert push(client, to, by) == 429
    assert json.loads(client.get("/control/messages/faults").content) == {"faults": []}
