"""Messages and codes against real PostgreSQL and an operator on a real socket."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from demeu.kernel import clock
from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Refusal
from demeu.kernel.models import Announcement
from demeu.kernel.testing import run_jobs
from demeu.vault.messages import actions, codes, handing, tasks
from demeu.vault.messages.models import Delivery, OneTimeCode, OutgoingMessage
from demeu.vault.messages.tests.conftest import PHONE
from demeu.vault.messages.tests.operator import Operator
from demeu.vault.people import actions as people_actions
from demeu.vault.people import queries as people
from demeu.vault.tests.world import World

pytestmark = pytest.mark.django_db


def _tell(person: UUID, once: str, awaits: str | None = None) -> UUID:
    return actions.deliver_message(
        person=person, template="delivery_confirm", facts={}, once=once, awaits=awaits, actor="role:portal"
    )


def test_the_same_thing_is_told_once(sms: Operator, mother: UUID) -> None:
    assert _tell(mother, "a/1") == _tell(mother, "a/1")
    run_jobs()
    assert [message["recipient"] for message in sms.sent] == ["77710009998"]
    assert "ИӘ" in sms.sent[0]["text"]


def _ways(message: UUID) -> list[Delivery]:
    return list(Delivery.objects.filter(message=message).order_by("channel"))


def test_a_message_carries_the_code_that_the_cabinet_shows(sms: Operator, mother: UUID) -> None:
    message = _tell(mother, "a/1")
    run_jobs()
    check = OutgoingMessage.objects.get(id=message).check_code or ""
    assert sms.sent[0]["text"].endswith(f"Тексеру: {check[:4]}-{check[4:]}")


def test_silent_gateways_leave_the_message_waiting(sms: Operator, mother: UUID) -> None:
    (way,) = _ways(_tell(mother, "a/1"))
    sms.failing = {"mobizon", "smsc"}
    with pytest.raises(Refusal, match=r"sms\.not_accepted"):
        handing.hand_over(delivery=way.id)
    sms.failing = set()
    handing.hand_over(delivery=way.id)
    handing.hand_over(delivery=way.id)
    assert len(sms.sent) == 1
    way.refresh_from_db()
    assert (way.state, way.attempts, way.refusal) == (Delivery.HANDED_OVER, 2, "")


def test_the_other_gateway_stands_in(sms: Operator, mother: UUID) -> None:
    sms.failing = {"mobizon"}
    message = _tell(mother, "a/1")
    run_jobs()
    assert [sent["gateway"] for sent in sms.sent] == ["smsc"]
    assert _ways(message)[0].gateway == "smsc"


def test_a_gateway_that_fails_again_and_again_is_asked_last(sms: Operator, mother: UUID) -> None:
    sms.failing = {"mobizon"}
    for number in range(3):
        _tell(mother, f"a/{number}")
    run_jobs()
    sms.failing = set()
    _tell(mother, "a/4")
    run_jobs()
    assert sms.sent[-1]["gateway"] == "smsc"


def test_a_wrong_number_is_final_only_when_every_gateway_says_so(sms: Operator, mother: UUID) -> None:
    sms.wrong_number = {"mobizon"}
    first = _tell(mother, "a/1")
    run_jobs()
    sms.wrong_number = {"mobizon", "smsc"}
    second = _tell(mother, "a/2")
    run_jobs()
    assert [_ways(message)[0].state for message in (first, second)] == [Delivery.HANDED_OVER, Delivery.FAILED]
    assert _ways(second)[0].refusal == "sms.wrong_number"


def test_a_message_is_tried_for_four_hours_and_then_given_up(sms: Operator, mother: UUID) -> None:
    (way,) = _ways(_tell(mother, "a/1"))
    sms.failing = {"mobizon", "smsc"}
    with clock.frozen(way.due_at + timedelta(hours=3, minutes=59)), pytest.raises(Refusal):
        handing.hand_over(delivery=way.id)
    with clock.frozen(way.due_at + timedelta(hours=4)):
        handing.hand_over(delivery=way.id)
    way.refresh_from_db()
    assert way.state == Delivery.GIVEN_UP and sms.sent == []


@pytest.mark.parametrize(
    ("attempts", "wait_s_max"),
    [(tasks.ATTEMPTS, tasks.WAIT_S_MAX), (tasks.URGENT_ATTEMPTS, tasks.URGENT_WAIT_S_MAX)],
)
def test_the_retries_of_the_queue_last_for_four_hours(attempts: int, wait_s_max: int) -> None:
    shortest_s = sum(min(wait_s_max, 2 ** min(tried, 10)) / 2 for tried in range(attempts))
    assert shortest_s > 4 * 3600


def test_a_person_without_a_phone_is_told_in_the_cabinet_only(sms: Operator) -> None:
    person = people_actions.find_or_create_person(
        iin="900101100014", surname="А", given_name="Б", patronymic="", lang="ru"
    )
    message = _tell(person, "b/1")
    run_jobs()
    assert _ways(message) == [] and sms.sent == []
    assert OutgoingMessage.objects.get(id=message).in_inbox


def _reply(provider_id: str, text: str, key: str = "sandbox-inbound-key") -> dict[str, str]:
    body = {"messageId": provider_id, "from": "77710009998", "to": "Demeu", "text": text, "receivedAt": "x"}
    answer = Client().post("/inbound/sms", body, content_type="application/json", headers={"X-Inbound-Key": key})
    return {"status": str(answer.status_code), **answer.json()}


def test_a_yes_by_sms_is_announced_once(sms: Operator, mother: UUID) -> None:
    _tell(mother, "a/1", awaits="delivery:1")
    run_jobs()
    assert _reply("r1", "ИӘ")["taken"] == "yes"
    assert _reply("r1", "ИӘ")["taken"] == "repeated"
    assert _reply("r2", "ИӘ")["taken"] == "nothing"
    told = Announcement.objects.filter(name="message.replied")
    assert [(row.facts["awaits"], row.facts["answer"]) for row in told] == [("delivery:1", "yes")]


def test_an_unclear_reply_is_asked_again_once_and_then_announced(sms: Operator, mother: UUID) -> None:
    _tell(mother, "a/1", awaits="delivery:1")
    run_jobs()
    _reply("r1", "кто это?")
    run_jobs()
    assert len(sms.sent) == 2
    _reply("r2", "что?")
    assert [row.facts["answer"] for row in Announcement.objects.filter(name="message.replied")] == ["unclear"]


def test_a_reply_without_the_key_or_in_a_wrong_form_is_refused(mother: UUID) -> None:
    assert _reply("r1", "1", key="guess")["code"] == "sms.wrong_key"
    wrong = Client().post(
        "/inbound/sms", "[]", content_type="application/json", headers={"X-Inbound-Key": "sandbox-inbound-key"}
    )
    assert wrong.status_code == 422


def _code_from(sms: Operator) -> str:
    run_jobs()
    found = re.search(r"\b\d{6}\b", sms.sent[-1]["text"])
    assert found is not None
    return found.group()


def test_a_code_works_once_for_its_person(sms: Operator, mother: UUID) -> None:
    code, phone, _ = codes.send_code(person=mother, reason="consent", actor="person:a")
    assert phone == PHONE
    with pytest.raises(Refusal, match=r"code\.not_checked"):
        codes.use_code(code=code, person=mother)
    codes.check_code(code=code, digits=_code_from(sms), actor="person:a")
    with pytest.raises(Refusal, match=r"code\.not_checked"):
        codes.use_code(code=code, person=uuid4())
    codes.use_code(code=code, person=mother)
    with pytest.raises(Refusal, match=r"code\.used"):
        codes.use_code(code=code, person=mother)


def test_the_sixth_attempt_is_refused_even_with_the_right_digits(sms: Operator, mother: UUID) -> None:
    code, _, _ = codes.send_code(person=mother, reason="consent", actor="person:a")
    right = _code_from(sms)
    wrong = "000000" if right != "000000" else "000001"
    for _ in range(5):
        with pytest.raises(Refusal, match=r"code\.wrong"):
            codes.check_code(code=code, digits=wrong, actor="person:a")
    with pytest.raises(Refusal, match=r"code\.too_many_attempts"):
        codes.check_code(code=code, digits=right, actor="person:a")


def test_a_code_expires_and_its_digits_are_nowhere_kept(sms: Operator, mother: UUID) -> None:
    code, _, expires_at = codes.send_code(person=mother, reason="consent", actor="person:a")
    digits = _code_from(sms)
    row = OneTimeCode.objects.get(id=code)
    assert digits.encode() not in bytes(row.digits_blind)
    assert bytes(OutgoingMessage.objects.get(once=f"code/{code}").text) == b""
    with clock.frozen(expires_at + timedelta(seconds=1)), pytest.raises(Refusal, match=r"code\.expired"):
        codes.check_code(code=code, digits=digits, actor="person:a")


def test_a_changed_phone_is_confirmed_by_a_code_sent_to_it(sms: Operator, mother: UUID) -> None:
    people_actions.save_contact(person=mother, actor="person:x", phone="+77010009997", email=None, lang=None)
    code, _, _ = codes.send_code(person=mother, reason=codes.CONFIRM_PHONE, actor="person:x")
    digits = _code_from(sms)
    assert sms.sent[-1]["recipient"] == "77010009997"
    codes.check_code(code=code, digits=digits, actor="person:x")
    assert people.person_contact(mother).phone == "+77010009997"


def test_codes_are_not_sent_without_end(sms: Operator, mother: UUID) -> None:
    for _ in range(6):
        codes.send_code(person=mother, reason="consent", actor="person:a")
    with pytest.raises(Refusal, match=r"code\.too_often"):
        codes.send_code(person=mother, reason="consent", actor="person:a")


def test_the_sandbox_operator_brings_the_text_to_the_phone(outside: World, mother: UUID) -> None:
    message = _tell(mother, "a/1")
    run_jobs()
    assert "ИӘ" in outside.texts_on(PHONE)[-1]
    assert _ways(message)[0].provider_id


def test_wrong_keys_at_both_gateways_leave_the_message_waiting(outside: World, mother: UUID, settings: Any) -> None:
    settings.DEMEU_VAULT_SMS_KEY = settings.DEMEU_VAULT_SMSC_PASSWORD = "wrong"
    (way,) = _ways(_tell(mother, "a/1"))
    with pytest.raises(Refusal, match=r"sms\.not_accepted"):
        handing.hand_over(delivery=way.id)
    way.refresh_from_db()
    assert way.state == Delivery.WAITING


def test_a_code_kept_after_sending_and_a_delivery_nobody_tries_break_the_promises(sms: Operator, mother: UUID) -> None:
    codes.send_code(person=mother, reason="consent", actor="person:a")
    forgotten = _tell(mother, "a/1")
    run_jobs()
    assert broken_invariants() == []
    OutgoingMessage.objects.filter(kind="code").update(text=b"digits")
    Delivery.objects.filter(message=forgotten).update(
        state=Delivery.WAITING, give_up_at=clock.now() - timedelta(days=2)
    )
    broken = {broken.name for broken in broken_invariants()}
    assert {"messages.no_code_is_kept", "messages.every_delivery_ends"} <= broken
