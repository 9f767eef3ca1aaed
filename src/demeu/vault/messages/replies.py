"""Taking replies in: which question an answer belongs to, and who is told. Words of a reply are never kept."""

from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.module_loading import import_string

from demeu.contracts.vault import Channel, MessageReplied
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict
from demeu.kernel.events import announce
from demeu.vault.messages import actions, rules
from demeu.vault.messages.models import Delivery, IncomingReply, OutgoingMessage
from demeu.vault.people import queries as people
from demeu.vault.people.rules import phone_e164

QUESTIONS_NAMED_MAX = 2


def take_reply(*, provider_id: str, phone: str, text: str) -> str:
    """Match a reply to the question it answers; what it was taken for: yes, no, unclear, which, nothing, repeated.

    A check code in the reply names its question. Without one there must be a single open question, else the person is
    asked which one is meant. An unclear answer is asked again once, then announced as unclear.
    """
    with transaction.atomic():
        if IncomingReply.objects.filter(provider_id=provider_id).exists():
            return "repeated"
        words, check = rules.split_reply(text)
        answer, waiting = rules.answer_of(words), _awaiting(phone)
        named = [row for row in waiting if check and row.check_code == check]
        row = named[0] if named else waiting[0] if waiting else None
        IncomingReply.objects.create(provider_id=provider_id, message=row, answer=answer, at=clock.now())
        if row is None:
            return "nothing"
        if len(waiting) > 1 and not named:
            _ask_which(waiting, provider_id)
            return "which"
        if answer == "unclear" and not row.asked_again:
            _ask_again(row)
            return answer
        _take(row, answer)
        return answer


def answer_in_cabinet(*, person: UUID, message: UUID, answer: rules.Answer) -> None:
    """The same answer, given in the cabinet. Refuses `message.unknown`, `message.not_awaited`."""
    with transaction.atomic():
        row = actions.message_of(person, message)
        if row.awaits is None or row.answered_at is not None:
            raise conflict("message.not_awaited")
        _take(row, answer)


def _take(row: OutgoingMessage, answer: rules.Answer) -> None:
    """Close the question and tell whoever asked: portal by its event, an app of ours by its own job."""
    assert row.awaits is not None
    row.answered_at = clock.now()
    row.read_at = row.read_at or row.answered_at
    row.save(update_fields=["answered_at", "read_at"])
    record(actor=f"person:{row.person}", action="message.replied", subject=f"message:{row.id}", answer=answer)
    announce(MessageReplied(message=row.id, awaits=row.awaits, answer=answer))
    taker = settings.DEMEU_VAULT_REPLY_TAKERS.get(row.awaits.partition(":")[0])
    if taker:
        import_string(taker).defer(message=str(row.id), person=str(row.person), awaits=row.awaits, answer=answer)


def _awaiting(phone: str) -> list[OutgoingMessage]:
    """Open questions that went to this phone, the newest first."""
    number = phone_e164(f"+{phone.removeprefix('+')}")
    owners = people.people_with_phone(number) if number else []
    handed = Delivery.objects.filter(
        message=OuterRef("pk"), channel=Channel.SMS.value, state__in=[Delivery.HANDED_OVER, Delivery.DELIVERED]
    )
    waiting = OutgoingMessage.objects.select_for_update().filter(
        Exists(handed),
        person__in=owners,
        awaits__isnull=False,
        answered_at__isnull=True,
        created_at__gt=clock.now() - rules.REPLY_TERM,
    )
    return list(waiting.order_by("-created_at"))


def _ask_again(row: OutgoingMessage) -> None:
    row.asked_again = True
    row.save(update_fields=["asked_again"])
    _tell(row.person, "ask_again", {}, f"again/{row.id}")


def _ask_which(waiting: list[OutgoingMessage], provider_id: str) -> None:
    codes = [rules.shown_check(row.check_code or "") for row in waiting[:QUESTIONS_NAMED_MAX]]
    _tell(waiting[0].person, "ask_which", {"codes": ", ".join(codes)}, f"which/{provider_id}")


def _tell(person: UUID, template: str, facts: dict[str, str], once: str) -> None:
    actions.deliver_message(
        person=person, template=template, facts=facts, once=once, awaits=None, actor="role:vault", by=Channel.SMS
    )
