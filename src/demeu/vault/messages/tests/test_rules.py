"""Replies in three languages and their codes, quiet hours, channels: tried by example."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.contracts.vault import Channel, MessageKind
from demeu.vault.messages import rules

YES = ["1", "ДА", "да!", "Иә", "ия", "YES", "ok", "Алдым", "Получила", "иә, алдым", " 1. ", "+", "👍", "Да, согласна",
       "келісемін", "iя иә", "получили", "Да 1", "İa иә"]  # fmt: skip
NO = ["0", "НЕТ", "жоқ", "Жок", "no", "не получила", "алмадым", "not received", "нет, не получил", "-", "келіспеймін",
      "не согласен", "joq", "0!"]  # fmt: skip
UNCLEAR = ["", "?", "10", "да нет", "не да", "а кто это", "ИӘ не забудьте позвонить потом", "2", "может быть", "😀"]


@pytest.mark.parametrize("text", YES)
def test_these_mean_yes(text: str) -> None:
    assert rules.answer_of(text) == "yes"


@pytest.mark.parametrize("text", NO)
def test_these_mean_no(text: str) -> None:
    assert rules.answer_of(text) == "no"


@pytest.mark.parametrize("text", UNCLEAR)
def test_these_are_asked_again(text: str) -> None:
    assert rules.answer_of(text) == "unclear"


@given(st.text(max_size=60))
def test_any_reply_is_yes_no_or_unclear(text: str) -> None:
    words, check = rules.split_reply(text)
    assert rules.answer_of(words) in ("yes", "no", "unclear") and len(check) in (0, rules.CHECK_LENGTH)


@pytest.mark.parametrize("typed", ["K2TH-7XMA", "k2th7xma", " К2ТН 7ХМА ", "k2th–7xma", "K2TH.7XMA"])
def test_a_check_code_is_read_from_any_keyboard(typed: str) -> None:
    assert rules.check_of(typed) == "K2TH7XMA"


@pytest.mark.parametrize("typed", ["", "K2TH-7XM", "K2TH-7XMAA", "K8TH-7XMA", "ШЩЪЫ-1234"])
def test_what_cannot_be_a_check_code_is_none(typed: str) -> None:
    assert rules.check_of(typed) == ""


def test_a_fresh_check_code_can_be_read_back() -> None:
    for _ in range(200):
        check = rules.fresh_check()
        assert rules.check_of(rules.shown_check(check).lower()) == check


@pytest.mark.parametrize("text", ["ДА K2TH-7XMA", "k2th7xma да", "ДА, К2ТН-7ХМА"])
def test_a_reply_may_name_its_question(text: str) -> None:
    words, check = rules.split_reply(text)
    assert (rules.answer_of(words), check) == ("yes", "K2TH7XMA")


def almaty(hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, 22, hour, minute, tzinfo=rules.ALMATY)


NIGHT = rules.Hours(22, 8)


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (almaty(21, 59), almaty(21, 59)),
        (almaty(22), datetime(2026, 11, 23, 8, tzinfo=rules.ALMATY)),
        (almaty(3), almaty(8)),
        (almaty(7, 59), almaty(8)),
        (almaty(8), almaty(8)),
    ],
)
def test_a_message_waits_for_the_end_of_the_night(at: datetime, due: datetime) -> None:
    assert rules.due_at(at.astimezone(UTC), MessageKind.QUESTION, NIGHT) == due


@pytest.mark.parametrize("kind", [MessageKind.CODE, MessageKind.EMERGENCY])
def test_codes_and_emergencies_do_not_wait(kind: MessageKind) -> None:
    assert rules.due_at(almaty(3), kind, NIGHT) == almaty(3)


@given(st.integers(0, 23), st.integers(0, 23), st.integers(0, 24 * 60 - 1))
def test_nothing_is_due_in_quiet_time_and_nothing_waits_longer_than_a_day(start: int, end: int, minute: int) -> None:
    at, hours = almaty(minute // 60, minute % 60), rules.Hours(start, end)
    due = rules.due_at(at, MessageKind.VISIT, hours)
    assert not rules.is_quiet(due, hours) and 0 <= (due - at).total_seconds() <= 86_400


def test_what_must_arrive_goes_by_sms_whatever_was_chosen() -> None:
    everything_off = ["sms", "mail", "push"]
    assert rules.channels_of(MessageKind.EMERGENCY, everything_off, mail=True, push=True) == [Channel.SMS]
    assert rules.channels_of(MessageKind.APPLICATION, everything_off, mail=True, push=True) == []
    assert rules.channels_of(MessageKind.CODE, [], mail=True, push=True) == [Channel.SMS]
    assert rules.channels_of(MessageKind.VISIT, [], mail=False, push=False) == [Channel.SMS]
    assert set(rules.channels_of(MessageKind.VISIT, ["sms"], mail=True, push=True)) == {Channel.MAIL, Channel.PUSH}


def test_only_mail_of_ordinary_kinds_is_collected() -> None:
    daily = rules.Hours(0, 0, digest=9)
    assert rules.is_collected(MessageKind.APPLICATION, Channel.MAIL, daily)
    assert not rules.is_collected(MessageKind.APPLICATION, Channel.SMS, daily)
    assert not rules.is_collected(MessageKind.QUESTION, Channel.MAIL, daily)
    assert not rules.is_collected(MessageKind.APPLICATION, Channel.MAIL, rules.Hours(0, 0))


def test_what_cannot_be_switched_off_stays_on() -> None:
    off = rules.changed_off({MessageKind.QUESTION: (), MessageKind.VISIT: (Channel.SMS,), MessageKind.CODE: ()})
    assert off == {MessageKind.QUESTION: ["mail", "push"], MessageKind.VISIT: ["mail", "push"]}


def test_a_mail_address_is_shown_in_part() -> None:
    assert rules.masked_mail("asel@example.org") == "a***@example.org"
    assert rules.masked_mail("") == ""
