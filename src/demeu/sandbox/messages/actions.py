"""Sending to a phone and replying from it.

Never posts inside the transaction: a reply is queued with it and told by ``tasks.tell_reply``.
"""

from django.conf import settings
from django.db import transaction

from demeu.kernel import clock
from demeu.kernel.errors import invalid
from demeu.sandbox.messages import queries
from demeu.sandbox.messages.models import Letter, Message, ReplyDelivery
from demeu.sandbox.messages.rules import number_of, printable, segments, text_fault


@transaction.atomic
def send(*, number: str, text: str, sender: str, gateway: str, fate: str = "delivered") -> Message:
    """Put a message on a phone (values already checked); one that fails to arrive is kept, but on no phone."""
    text = printable(text)
    return Message.objects.create(
        number=number,
        direction="lost" if fate == "failed" else "in",
        partner=sender,
        text=text,
        segments=segments(text),
        gateway=gateway,
        fate=fate,
        at=clock.now(),
    )


@transaction.atomic
def reply(*, number: str, text: str) -> tuple[Message, bool]:
    """The phone's owner answers: (message, whether the platform will be told); raises ``phone.*``."""
    from demeu.sandbox.messages.tasks import tell_reply

    text = printable(text).strip()
    if not number or number_of(number) != number:
        raise invalid("phone.number")
    if text_fault(text):
        raise invalid("phone.text")
    partner = queries.sender_to_answer(number)
    message = Message.objects.create(
        number=number, direction="out", partner=partner, text=text, segments=segments(text), at=clock.now()
    )
    if not settings.DEMEU_SANDBOX_SMS_INBOUND_URL:
        return message, False
    delivery = ReplyDelivery.objects.create(message=message)
    tell_reply.defer(delivery=delivery.pk)
    return message, True


@transaction.atomic
def note_attempt(*, delivery: ReplyDelivery, status_code: int) -> None:
    """Remember how the platform answered (0 = not at all)."""
    delivery.attempts += 1
    delivery.status_code = status_code
    if 200 <= status_code < 300:
        delivery.delivered_at = clock.now()
    delivery.save()


@transaction.atomic
def keep_letter(*, sender: str, recipients: list[str], subject: str, raw: bytes) -> None:
    """A mail that came over SMTP, once for each of its recipients."""
    at = clock.now()
    for recipient in recipients:
        Letter.objects.create(
            sender=sender[:254], recipient=recipient[:254].lower(), subject=printable(subject)[:300], raw=raw, at=at
        )
