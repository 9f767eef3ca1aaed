"""Mail, Web Push, receipts, failover and faults, against the sandbox as real processes."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from demeu.contracts.vault import Channel, MessageKind, PushSubscribe
from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.kernel.testing import run_jobs, wait_until
from demeu.vault.messages import actions, codes, digests, handing, push, queries, receipts, rules, stopping
from demeu.vault.messages.gateways import port
from demeu.vault.messages.models import Delivery, OutgoingMessage, PushDevice
from demeu.vault.people import actions as people_actions
from demeu.vault.tests.world import World

pytestmark = pytest.mark.django_db
ADDRESS = "asel@example.org"
PHONE_PART = "000999"


@pytest.fixture
def gateways(outside: World, settings: Any, tmp_path: Path) -> Iterator[World]:
    """The sandbox's gateways without faults, and its mail server on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        number = probe.getsockname()[1]
    command = [sys.executable, "-m", "demeu.sandbox.messages.postbox"]
    process = subprocess.Popen([*command, "--port", str(number), "--sandbox", outside.sandbox], env=dict(os.environ))
    settings.DEMEU_VAULT_SMTP_URL = f"smtp://127.0.0.1:{number}"
    settings.DEMEU_VAULT_PUSH_HOSTS = outside.sandbox.partition("://")[2]
    settings.DEMEU_VAULT_VAPID = str(tmp_path / "vapid.pem")
    port.start_anew()
    try:
        wait_until(lambda: _listens(number), within_s=20, what="the mail server")
        yield outside
    finally:
        httpx.delete(f"{outside.sandbox}/control/messages/faults")
        push._session().close()
        port.start_anew()
        process.terminate()
        process.wait(timeout=10)


def _listens(number: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", number)) == 0


def fault(world: World, gateway: str, name: str, **more: Any) -> None:
    answer = httpx.post(
        f"{world.sandbox}/control/messages/faults", json={"gateway": gateway, "fault": name, **more}, timeout=10
    )
    assert answer.status_code == 200, answer.text


def letters(world: World, to: str = ADDRESS) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = httpx.get(f"{world.sandbox}/control/mail", params={"to": to}).json()["letters"]
    return found


def tell(person: UUID, once: str, template: str = "facts_gathered", awaits: str | None = None) -> OutgoingMessage:
    message = actions.deliver_message(
        person=person, template=template, facts={}, once=once, awaits=awaits, actor="role:portal"
    )
    return OutgoingMessage.objects.get(id=message)


def way(message: OutgoingMessage, channel: Channel) -> Delivery:
    return Delivery.objects.get(message=message, channel=channel.value)


@pytest.fixture
def reader(gateways: World, mother: UUID) -> UUID:
    """The mother with a mail address, unique to this test, that a code confirmed."""
    people_actions.save_contact(person=mother, actor="person:x", phone=None, email=ADDRESS, lang=None)
    code, where, _ = codes.send_code(person=mother, reason=codes.CONFIRM_MAIL, actor=f"person:{mother}")
    run_jobs()
    assert where == ADDRESS
    said = letters(gateways)[-1]["text"]
    digits = next(
        word.strip(".,") for word in said.split() if word.strip(".,").isdigit() and len(word.strip(".,")) == 6
    )
    assert not queries.mail_confirmed(mother, ADDRESS)
    codes.check_code(code=code, digits=digits, actor=f"person:{mother}")
    return mother


def test_a_mail_goes_to_a_confirmed_address_only(gateways: World, reader: UUID) -> None:
    before = len(letters(gateways))
    tell(reader, "m/1")
    run_jobs()
    assert len(letters(gateways)) == before + 1
    people_actions.save_contact(person=reader, actor="person:x", phone=None, email="other@example.org", lang=None)
    tell(reader, "m/2")
    run_jobs()
    assert len(letters(gateways)) == before + 1 and letters(gateways, "other@example.org") == []


def test_a_letter_has_text_and_html_its_code_no_link_and_a_way_to_stop(gateways: World, reader: UUID) -> None:
    message = tell(reader, "m/1")
    run_jobs()
    found = letters(gateways)[-1]
    check = rules.shown_check(message.check_code or "")
    for body in (found["text"], found["html"]):
        assert "кабинетіңізде" in body and check in body
        assert "http" not in body.replace("http-equiv", "") and "href" not in body
    assert found["subject"] == "Тіркелімдер жауап берді"
    assert found["headers"]["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = found["headers"]["List-Unsubscribe"].strip("<>")
    assert "asel" not in address and str(reader) not in address
    token = address.rstrip("/").rpartition("/")[2]
    assert stopping.stop(token=token) is MessageKind.APPLICATION
    assert queries.switched_off(reader, MessageKind.APPLICATION) == ["mail"]
    before = len(letters(gateways))
    tell(reader, "m/2")
    run_jobs()
    assert len(letters(gateways)) == before


@pytest.mark.parametrize("spoil", [lambda token: token[:-2] + "xx", lambda token: "a", lambda token: "й" * 20])
def test_a_token_that_we_did_not_make_stops_nothing(mother: UUID, spoil: Any) -> None:
    token = stopping.token_of(tell(mother, "m/1").id)
    with pytest.raises(Refusal, match=r"notices\.unknown_token"):
        stopping.stop(token=spoil(token))
    assert queries.switched_off(mother, MessageKind.APPLICATION) == []


def test_mail_is_tried_again_when_greylisted_or_cut_off_and_never_after_a_refusal(
    gateways: World, reader: UUID
) -> None:
    for passing, code in (("refuse", "mail.not_now"), ("broken", "mail.not_now"), ("malformed", "mail.server_silent")):
        row = way(tell(reader, f"m/{passing}"), Channel.MAIL)
        fault(gateways, "smtp", passing, times=1)
        with pytest.raises(Refusal, match=code.replace(".", r"\.")):
            handing.hand_over(delivery=row.id)
        handing.hand_over(delivery=row.id)
        row.refresh_from_db()
        assert (row.state, row.attempts) == (Delivery.HANDED_OVER, 2)
    row = way(tell(reader, "m/never"), Channel.MAIL)
    fault(gateways, "smtp", "reject", times=1)
    handing.hand_over(delivery=row.id)
    row.refresh_from_db()
    assert (row.state, row.refusal) == (Delivery.FAILED, "mail.refused")


def test_without_a_mail_server_the_letter_waits(gateways: World, reader: UUID, settings: Any) -> None:
    row = way(tell(reader, "m/1"), Channel.MAIL)
    settings.DEMEU_VAULT_SMTP_URL = "smtp://127.0.0.1:9"
    with pytest.raises(Refusal, match=r"mail\.server_silent"):
        handing.hand_over(delivery=row.id)


def test_a_day_of_messages_comes_in_one_mail(gateways: World, reader: UUID) -> None:
    hours = rules.Hours(0, 0, digest=9)
    every = {kind: tuple(Channel) for kind in rules.CHOSEN}
    actions.save_settings(person=reader, choices=every, hours=hours, actor=f"person:{reader}")
    before = len(letters(gateways))
    first, second = tell(reader, "m/1"), tell(reader, "m/2", template="case_published")
    run_jobs()
    assert len(letters(gateways)) == before
    assert digests.send_digests() == 0
    row = way(first, Channel.MAIL)
    assert row.state == Delivery.COLLECTED and row.due_at.astimezone(rules.ALMATY).hour == 9
    with clock.frozen(row.due_at + timedelta(seconds=1)):
        assert digests.send_digests() == 1
        assert digests.send_digests() == 0
        run_jobs()
    assert len(letters(gateways)) == before + 1
    said = letters(gateways)[-1]["text"]
    for message in (first, second):
        assert rules.shown_check(message.check_code or "") in said
        assert way(message, Channel.MAIL).state == Delivery.IN_DIGEST
    assert {line.row.id for line in queries.inbox(reader, None)} == {first.id, second.id}


def subscribed(world: World, person: UUID) -> str:
    """A training browser of this person; its token."""
    given = httpx.post(f"{world.sandbox}/push/subscribe", data={"key": push.public_key()}).json()
    wish = PushSubscribe(person=person, endpoint=given["endpoint"], **given["keys"])
    actions.subscribe(wish=wish, actor=f"person:{person}")
    return str(given["endpoint"].rpartition("/")[2])


def noticed(world: World, token: str) -> list[dict[str, Any]]:
    found = httpx.get(f"{world.sandbox}/control/push/{token}").json()["notices"]
    return [{**json.loads(one["text"]), "urgency": one["urgency"]} for one in found]


def test_a_browser_is_told_and_another_implementation_can_read_it(gateways: World, mother: UUID) -> None:
    token = subscribed(gateways, mother)
    message = tell(mother, "p/1", template="emergency_nearby")
    run_jobs()
    (notice,) = noticed(gateways, token)
    assert (notice["title"], notice["urgency"]) == ("Төтенше жағдай", "high")
    assert notice["check"] == rules.shown_check(message.check_code or "")
    assert way(message, Channel.PUSH).state == Delivery.HANDED_OVER
    assert PHONE_PART not in json.dumps(notice)


def test_a_browser_that_left_is_forgotten(gateways: World, mother: UUID) -> None:
    left, stayed = subscribed(gateways, mother), subscribed(gateways, mother)
    httpx.post(f"{gateways.sandbox}/control/push/{left}/gone")
    tell(mother, "p/1")
    run_jobs()
    assert PushDevice.objects.filter(person=mother).count() == 1
    assert len(noticed(gateways, stayed)) == 1


def test_a_silent_push_service_is_tried_again(gateways: World, mother: UUID) -> None:
    token = subscribed(gateways, mother)
    row = way(tell(mother, "p/1"), Channel.PUSH)
    fault(gateways, "push", "broken", times=1)
    with pytest.raises(Refusal, match=r"push\.service_silent"):
        handing.hand_over(delivery=row.id)
    handing.hand_over(delivery=row.id)
    assert len(noticed(gateways, token)) == 1


KEYS = {"p256dh": "B" * 87, "auth": "A" * 22}


@pytest.mark.parametrize(
    "endpoint",
    ["http://127.0.0.1:5432/x", "https://evil.example/x", "https://fcm.googleapis.com@evil.example/x", "file:///etc",
     "https://push.apple.com.evil.example/", "x", "https://[::1", ""],
)  # fmt: skip
def test_notices_go_to_push_services_of_browsers_only(mother: UUID, endpoint: str) -> None:
    with pytest.raises(Refusal, match=r"push\.endpoint_not_allowed"):
        actions.subscribe(wish=PushSubscribe(person=mother, endpoint=endpoint, **KEYS), actor="person:x")


def test_a_key_that_is_no_point_of_the_curve_is_refused(mother: UUID) -> None:
    wish = PushSubscribe(person=mother, endpoint="https://web.push.apple.com/x", **KEYS)
    with pytest.raises(Refusal, match=r"push\.key_invalid"):
        actions.subscribe(wish=wish, actor="person:x")


def test_the_sender_key_is_made_once_and_is_nobody_elses_to_read(settings: Any, tmp_path: Path) -> None:
    settings.DEMEU_VAULT_VAPID = str(tmp_path / "keys" / "vapid.pem")
    assert push.public_key() == push.public_key()
    assert (tmp_path / "keys" / "vapid.pem").stat().st_mode & 0o077 == 0


def settle_receipts(row: Delivery, after: timedelta = timedelta(seconds=6)) -> Delivery:
    with clock.frozen((row.handed_at or clock.now()) + after):
        receipts.fetch_receipts()
    row.refresh_from_db()
    return row


@pytest.mark.parametrize(("gateway", "other"), [("mobizon", "smsc"), ("smsc", "mobizon")])
def test_receipts_of_either_gateway_settle_the_message(
    gateways: World, mother: UUID, settings: Any, gateway: str, other: str
) -> None:
    settings.DEMEU_VAULT_SMS_GATEWAYS = f"{gateway},{other}"
    states = {}
    for name in ("none", "undelivered", "no_receipt"):
        if name != "none":
            fault(gateways, gateway, name, times=1)
        message = tell(mother, f"r/{name}")
        run_jobs()
        row = way(message, Channel.SMS)
        assert row.gateway == gateway
        states[name] = settle_receipts(row)
    assert states["none"].state == Delivery.DELIVERED and states["none"].settled_at
    assert (states["undelivered"].state, states["undelivered"].refusal) == (Delivery.FAILED, "sms.undelivered")
    assert states["no_receipt"].state == Delivery.HANDED_OVER and states["no_receipt"].next_receipt_at
    assert settle_receipts(states["no_receipt"], timedelta(hours=49)).next_receipt_at is None


@pytest.mark.parametrize("name", ["refuse", "broken", "malformed", "reject"])
def test_the_other_gateway_stands_in_for_every_way_to_fail(gateways: World, mother: UUID, name: str) -> None:
    fault(gateways, "mobizon", name)
    message = tell(mother, "f/1")
    run_jobs()
    row = way(message, Channel.SMS)
    assert (row.gateway, row.state) == ("smsc", Delivery.HANDED_OVER)


def test_a_gateway_that_hangs_delays_a_message_by_seconds_only(
    gateways: World, mother: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    fault(gateways, "mobizon", "slow", delay_s=20, times=1)
    monkeypatch.setattr(port.http(), "timeout", httpx.Timeout(4))
    message = tell(mother, "f/1")
    run_jobs()
    row = way(message, Channel.SMS)
    assert row.gateway == "smsc" and row.handed_at and (row.handed_at - row.due_at).total_seconds() < 20
