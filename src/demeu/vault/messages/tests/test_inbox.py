"""The cabinet's inbox, wishes, quiet hours, replies with codes, the check of a message, figures, forgetting."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from demeu.contracts import vault
from demeu.contracts.vault import Channel, MessageKind
from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.kernel.models import Announcement
from demeu.kernel.operations import Empty
from demeu.kernel.serving import Call
from demeu.kernel.testing import run_jobs
from demeu.vault.messages import actions, api, queries, replies, rules
from demeu.vault.messages.models import Delivery, OutgoingMessage
from demeu.vault.messages.tests.conftest import PHONE
from demeu.vault.messages.tests.operator import Operator

pytestmark = pytest.mark.django_db


def tell(person: UUID, once: str, template: str = "facts_gathered", awaits: str | None = None) -> OutgoingMessage:
    message = actions.deliver_message(
        person=person, template=template, facts={}, once=once, awaits=awaits, actor="role:portal"
    )
    return OutgoingMessage.objects.get(id=message)


def call(person: UUID | None = None) -> Call:
    return Call(
        caller="portal", actor=f"person:{person}" if person else "guest", purpose="own_data", idempotency_key="k" * 8,
        deadline=0.0,
    )  # fmt: skip


def test_the_inbox_shows_words_code_and_ways(sms: Operator, mother: UUID) -> None:
    message = tell(mother, "i/1")
    run_jobs()
    inbox = api.message_inbox(call(mother), vault.InboxQuestion(person=mother))
    (line,) = inbox.lines
    assert (line.title, line.read, inbox.unread, inbox.older) == ("Тіркелімдер жауап берді", False, 1, False)
    assert line.check == rules.shown_check(message.check_code or "") and line.check in sms.sent[0]["text"]
    assert [(one.channel, one.state) for one in line.ways] == [(Channel.SMS, "handed_over")]


def test_the_inbox_is_the_persons_own(mother: UUID) -> None:
    stranger, question = uuid4(), vault.PersonQuestion(person=mother)
    tell(mother, "i/1")
    for asked in (
        lambda: api.message_inbox(call(stranger), vault.InboxQuestion(person=mother)),
        lambda: api.message_unread(call(stranger), question),
        lambda: api.message_settings(call(stranger), question),
        lambda: api.message_read(call(stranger), vault.MessageRead(person=mother)),
        lambda: api.push_forget(call(), question),
    ):
        with pytest.raises(Refusal, match=r"message\.not_yours"):
            asked()
    assert queries.unread(mother) == 1


def test_pages_of_the_inbox_follow_each_other(mother: UUID) -> None:
    for number in range(queries.PAGE + 3):
        tell(mother, f"i/{number}")
    first = api.message_inbox(call(mother), vault.InboxQuestion(person=mother))
    assert first.older and len(first.lines) == queries.PAGE
    rest = api.message_inbox(call(mother), vault.InboxQuestion(person=mother, before=first.lines[-1].at))
    assert not rest.older and len(rest.lines) == 3
    assert len({line.message for line in first.lines + rest.lines}) == queries.PAGE + 3


def test_reading_one_message_or_all_is_kept(mother: UUID) -> None:
    one, _ = tell(mother, "i/1"), tell(mother, "i/2")
    actions.mark_read(person=uuid4(), message=one.id)
    assert queries.unread(mother) == 2
    actions.mark_read(person=mother, message=one.id)
    assert queries.unread(mother) == 1
    actions.mark_read(person=mother, message=None)
    assert queries.unread(mother) == 0


def save(person: UUID, hours: rules.Hours, **choices: tuple[Channel, ...]) -> None:
    actions.save_settings(
        person=person, choices={MessageKind(kind): on for kind, on in choices.items()}, hours=hours,
        actor=f"person:{person}",
    )  # fmt: skip


def test_what_is_switched_off_stands_in_the_cabinet_only(sms: Operator, mother: UUID) -> None:
    save(mother, rules.Hours(0, 0), application=(), question=())
    tell(mother, "s/1")
    run_jobs()
    assert sms.sent == [] and queries.unread(mother) == 1
    tell(mother, "s/2", template="delivery_confirm", awaits="delivery:1")
    run_jobs()
    assert len(sms.sent) == 1
    settings = api.message_settings(call(mother), vault.PersonQuestion(person=mother))
    by_kind = {choice.kind: choice for choice in settings.choices}
    assert by_kind[MessageKind.APPLICATION].on == ()
    assert by_kind[MessageKind.QUESTION].on == by_kind[MessageKind.QUESTION].fixed == (Channel.SMS,)
    assert settings.masked_phone and PHONE not in settings.masked_phone


def night() -> datetime:
    return datetime(2026, 11, 22, 23, 30, tzinfo=rules.ALMATY)


def test_at_night_a_message_waits_for_the_morning_but_a_code_does_not(sms: Operator, mother: UUID) -> None:
    save(mother, rules.Hours(22, 8))
    with clock.frozen(night()):
        waiting = tell(mother, "n/1")
        tell(mother, "n/2", template="emergency_nearby")
    row = Delivery.objects.get(message=waiting)
    assert row.due_at == datetime(2026, 11, 23, 8, tzinfo=rules.ALMATY)
    assert row.give_up_at == row.due_at + timedelta(hours=4)
    urgent = Delivery.objects.get(message__template="emergency_nearby")
    assert urgent.due_at == night()


def test_the_platforms_quiet_hours_hold_for_whoever_chose_none(mother: UUID, settings: Any) -> None:
    settings.DEMEU_VAULT_QUIET_HOURS = "22-8"
    assert queries.hours_of(mother) == rules.Hours(22, 8)
    save(mother, rules.Hours(0, 0))
    assert queries.hours_of(mother) == rules.Hours(0, 0)


def answers() -> list[tuple[str, str]]:
    told = Announcement.objects.filter(name="message.replied").order_by("id")
    return [(row.facts["awaits"], row.facts["answer"]) for row in told]


def test_of_two_open_questions_the_code_names_the_one_that_is_answered(sms: Operator, mother: UUID) -> None:
    first = tell(mother, "q/1", template="delivery_confirm", awaits="delivery:1")
    second = tell(mother, "q/2", template="consent_question", awaits="consent:2")
    run_jobs()
    assert replies.take_reply(provider_id="r1", phone=PHONE, text="ДА") == "which"
    run_jobs()
    assert answers() == []
    for message in (first, second):
        assert rules.shown_check(message.check_code or "") in sms.sent[-1]["text"]
    named = f"да {rules.shown_check(first.check_code or '').lower()}"
    assert replies.take_reply(provider_id="r2", phone=PHONE, text=named) == "yes"
    assert replies.take_reply(provider_id="r3", phone=PHONE, text="жоқ") == "no"
    assert answers() == [("delivery:1", "yes"), ("consent:2", "no")]


def test_an_answer_after_thirty_days_belongs_to_no_question(sms: Operator, mother: UUID) -> None:
    with clock.frozen(timezone.now() - timedelta(days=31)):
        tell(mother, "q/1", template="delivery_confirm", awaits="delivery:1")
        run_jobs()
    assert replies.take_reply(provider_id="r1", phone=PHONE, text="ДА") == "nothing"


def test_a_question_is_answered_in_the_cabinet_once(sms: Operator, mother: UUID) -> None:
    message = tell(mother, "q/1", template="delivery_confirm", awaits="delivery:1")
    run_jobs()
    answer = vault.MessageAnswer(person=mother, message=message.id, answer="yes")
    api.message_answer(call(mother), answer)
    with pytest.raises(Refusal, match=r"message\.not_awaited"):
        api.message_answer(call(mother), answer)
    with pytest.raises(Refusal, match=r"message\.unknown"):
        replies.answer_in_cabinet(person=uuid4(), message=message.id, answer="no")
    assert answers() == [("delivery:1", "yes")]
    assert replies.take_reply(provider_id="r1", phone=PHONE, text="жоқ") == "nothing"


def check(code: str, reached: str) -> vault.MessageChecked:
    return api.message_check(call(), vault.MessageCheck(check=code, reached=reached, lang="ru"))


def test_anybody_can_check_a_message_and_only_for_the_phone_it_went_to(sms: Operator, mother: UUID) -> None:
    message = tell(mother, "c/1")
    run_jobs()
    code = rules.shown_check(message.check_code or "")
    found = check(code.lower(), "9998")
    assert found.genuine and found.title == "Реестры ответили" and found.at == message.created_at
    assert check(code, "+7 771 000 99 98").genuine
    for wrong in ("9997", "", "98", "....", "998", "a@b"):
        assert not check(code, wrong).genuine
    assert not check("K2TH-7XMA", "9998").genuine
    assert not check("", "9998").genuine


def test_figures_count_what_was_handed_over_in_ten_seconds(sms: Operator, mother: UUID) -> None:
    at = timezone.now() - timedelta(hours=1)
    for after_s in (1, 2, 9, 11, None):
        message = tell(mother, f"f/{after_s}")
        handed = at + timedelta(seconds=after_s) if after_s else None
        state = Delivery.DELIVERED if after_s == 1 else Delivery.HANDED_OVER if after_s else Delivery.GIVEN_UP
        Delivery.objects.filter(message=message).update(due_at=at, handed_at=handed, state=state)
    tell(mother, "f/now")
    (figure,) = api.message_figures(call(), Empty()).channels
    assert (figure.channel, figure.messages, figure.prompt_bp) == (Channel.SMS, 5, 6000)
    assert (figure.half_ms, figure.most_ms, figure.delivered, figure.not_delivered) == (2000, 11000, 1, 1)


def test_a_message_whose_words_were_erased_is_not_sent(sms: Operator, mother: UUID) -> None:
    message = tell(mother, "x/1")
    OutgoingMessage.objects.filter(id=message.id).update(text=b"")
    run_jobs()
    row = Delivery.objects.get(message=message)
    assert sms.sent == [] and (row.state, row.refusal) == (Delivery.DROPPED, "message.no_text")


def test_the_author_of_a_text_sees_its_parts() -> None:
    found = api.message_measure(call(), vault.MeasureText(lang="kk", text="қ" * 52))
    assert (found.alphabet, found.parts, found.chars) == ("UCS-2", 2, 71)
