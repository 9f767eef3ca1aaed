"""Sending messages and taking replies in."""

from uuid import UUID

from django.db import transaction

from demeu.contracts.vault import MessageReplied
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import invalid
from demeu.kernel.events import announce
from demeu.kernel.ids import new_id
from demeu.vault.messages import mobizon, rules
from demeu.vault.messages.models import IncomingReply, OutgoingMessage
from demeu.vault.people import queries as people
from demeu.vault.people.rules import phone_e164
from demeu.vault.sealing.cipher import seal, unseal

SECRET_TEMPLATES = ("sign_code", "pupil_aid_code")


def deliver_message(
    *, person: UUID, template: str, facts: dict[str, str], once: str, awaits: str | None, actor: str, phone: str = ""
) -> UUID:
    """Accept a message for delivery; told again under the same `once`, the first one counts.

    A person without a phone has the message in the cabinet only (state `no_phone`). `phone` overrides the known one.
    Refuses `message.unknown_template` (also when a fact of the template is missing) and `person.unknown`.
    """
    from demeu.vault.messages.tasks import send_message

    with transaction.atomic():
        contact = people.person_contact(person)
        text = rules.text_of(template, contact.lang, facts)
        if text is None:
            raise invalid("message.unknown_template", template=template)
        identifier = new_id()
        number = phone or contact.phone
        row, fresh = OutgoingMessage.objects.get_or_create(
            once=once,
            defaults={
                "id": identifier,
                "person": person,
                "template": template,
                "lang": contact.lang,
                "text": seal(identifier, "message.text", text),
                "awaits": awaits,
                "state": OutgoingMessage.WAITING if number else OutgoingMessage.NO_PHONE,
                "created_at": clock.now(),
            },
        )
        if fresh:
            record(actor=actor, action="message.accepted", subject=f"message:{identifier}", template=template)
            if number:
                send_message.defer(message=str(identifier), to_pending=bool(phone) and phone == contact.pending)
        return row.id


def hand_over(*, message: UUID, to_pending: bool) -> None:
    """Give one waiting message to the operator. Run again after a crash, a sent message is not sent again."""
    row = OutgoingMessage.objects.get(id=message)
    if row.state != OutgoingMessage.WAITING:
        return
    contact = people.person_contact(row.person)
    phone = contact.pending if to_pending else contact.phone
    text = unseal(row.id, "message.text", row.text)
    row.provider_id = mobizon.send_sms(phone=phone, text=text) if phone else ""
    row.state = OutgoingMessage.SENT if phone else OutgoingMessage.NO_PHONE
    row.sent_at = clock.now()
    if row.template in SECRET_TEMPLATES:
        row.text = b""
    row.save(update_fields=["provider_id", "state", "sent_at", "text"])


def take_reply(*, provider_id: str, phone: str, text: str) -> str:
    """Match a reply to the last message of that phone that awaits one; what it was taken for.

    «nothing» when no message awaits. An unclear answer is asked again once, then announced as unclear.
    """
    with transaction.atomic():
        if IncomingReply.objects.filter(provider_id=provider_id).exists():
            return "repeated"
        answer = rules.answer_of(text)
        row = _awaiting(phone)
        IncomingReply.objects.create(provider_id=provider_id, message=row, answer=answer, at=clock.now())
        if row is None or row.awaits is None:
            return "nothing"
        if answer == "unclear" and not row.asked_again:
            _ask_again(row)
            return answer
        row.answered_at = clock.now()
        row.save(update_fields=["answered_at"])
        record(actor=f"person:{row.person}", action="message.replied", subject=f"message:{row.id}", answer=answer)
        announce(MessageReplied(message=row.id, awaits=row.awaits, answer=answer))
        return answer


def _awaiting(phone: str) -> OutgoingMessage | None:
    number = phone_e164(f"+{phone.removeprefix('+')}")
    owners = people.people_with_phone(number) if number else []
    waiting = OutgoingMessage.objects.select_for_update().filter(
        person__in=owners, awaits__isnull=False, answered_at__isnull=True, state=OutgoingMessage.SENT
    )
    return waiting.order_by("-created_at").first()


def _ask_again(row: OutgoingMessage) -> None:
    row.asked_again = True
    row.save(update_fields=["asked_again"])
    deliver_message(
        person=row.person, template="ask_again", facts={}, once=f"again/{row.id}", awaits=None, actor="role:vault"
    )
