"""Messages and codes against real PostgreSQL and an operator on a real socket."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.test import Client

from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.kernel.models import Announcement
from demeu.kernel.testing import run_jobs
from demeu.vault.messages import actions, codes
from demeu.vault.messages.models import OneTimeCode, OutgoingMessage
from demeu.vault.messages.tests.operator import Operator, operator
from demeu.vault.people import actions as people_actions
from demeu.vault.people import queries as people
from demeu.vault.tests.world import World

pytestmark = pytest.mark.django_db
PHONE = "+77710009998"


@pytest.fixture
def sms(settings: Any) -> Iterator[Operator]:
    with operator() as running:
        settings.DEMEU_VAULT_SMS_URL = running.url
        yield running


@pytest.fixture
def mother() -> UUID:
    person, _ = people_actions.enter_person(
        actor="person:x", surname="Сейітова", given_name="Асель", patronymic="", iin="900101200010",
        birth_date=None, phone=PHONE, lang="kk", region_kato="750000000",
    )  # fmt: skip
    return person


def _tell(person: UUID, once: str, awaits: str | None = None) -> UUID:
    return actions.deliver_message(
        person=person, template="delivery_confirm", facts={}, once=once, awaits=awaits, actor="role:portal"
    )


def test_the_same_thing_is_told_once(sms: Operator, mother: UUID) -> None:
    assert _tell(mother, "a/1") == _tell(mother, "a/1")
    run_jobs()
    assert [message["recipient"] for message in sms.sent] == ["77710009998"]
    assert "ИӘ" in sms.sent[0]["text"]


def test_a_silent_operator_leaves_the_message_waiting(sms: Operator, mother: UUID) -> None:
    message = _tell(mother, "a/1")
    sms.failing = True
    with pytest.raises(Refusal, match=r"sms\.not_accepted"):
        actions.hand_over(message=message, to_pending=False)
    sms.failing = False
    actions.hand_over(message=message, to_pending=False)
    actions.hand_over(message=message, to_pending=False)
    assert len(sms.sent) == 1


def test_a_person_without_a_phone_is_told_in_the_cabinet_only(sms: Operator) -> None:
    person = people_actions.find_or_create_person(
        iin="900101100014", surname="А", given_name="Б", patronymic="", lang="ru"
    )
    assert OutgoingMessage.objects.get(id=_tell(person, "b/1")).state == OutgoingMessage.NO_PHONE
    run_jobs()
    assert sms.sent == []


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
    assert OutgoingMessage.objects.get(id=message).provider_id


def test_a_wrong_key_at_the_operator_leaves_the_message_waiting(outside: World, mother: UUID, settings: Any) -> None:
    settings.DEMEU_VAULT_SMS_KEY = "wrong"
    message = _tell(mother, "a/1")
    with pytest.raises(Refusal, match=r"sms\.not_accepted"):
        actions.hand_over(message=message, to_pending=False)
    assert OutgoingMessage.objects.get(id=message).state == OutgoingMessage.WAITING
