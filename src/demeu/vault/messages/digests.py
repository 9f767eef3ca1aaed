"""The one mail of the day: what a person asked to have collected, together. One-time codes and questions never wait."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from demeu.contracts.vault import Channel, MessageKind
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.ids import new_id
from demeu.vault.messages import actions, queries, rules, wording
from demeu.vault.messages.models import Delivery, OutgoingMessage
from demeu.vault.people import queries as people
from demeu.vault.sealing.cipher import seal

PEOPLE_AT_ONCE = 200


def send_digests() -> int:
    """Write the digests that are due; how many."""
    due = Delivery.objects.filter(state=Delivery.COLLECTED, due_at__lte=clock.now())
    persons = due.order_by("message__person").values_list("message__person", flat=True).distinct()[:PEOPLE_AT_ONCE]
    for person in list(persons):
        _send_one(person, clock.now())
    return len(persons)


def _send_one(person: UUID, at: datetime) -> None:
    with transaction.atomic():
        rows = list(
            Delivery.objects.select_for_update(of=("self",))
            .select_related("message")
            .filter(message__person=person, state=Delivery.COLLECTED, due_at__lte=at)
            .order_by("message__created_at")
        )
        if not rows:
            return
        contact = people.person_contact(person)
        Delivery.objects.filter(id__in=[row.id for row in rows]).update(state=Delivery.IN_DIGEST, settled_at=at)
        if not queries.mail_confirmed(person, contact.email):
            return
        identifier = new_id()
        message = OutgoingMessage.objects.create(
            id=identifier,
            person=person,
            template="digest",
            kind=MessageKind.DIGEST.value,
            lang=contact.lang,
            text=seal(identifier, "message.text", _text([row.message for row in rows], contact.lang)),
            once=f"digest/{identifier}",
            in_inbox=False,
            created_at=at,
        )
        delivery = Delivery.objects.create(
            id=new_id(),
            message=message,
            channel=Channel.MAIL.value,
            due_at=at,
            give_up_at=at + timedelta(minutes=wording.LIFE_MIN),
        )
        record(actor="role:vault", action="message.digest", subject=f"message:{identifier}", messages=len(rows))
        actions.queue_delivery(delivery, MessageKind.DIGEST, at)


def _text(messages: list[OutgoingMessage], lang: str) -> str:
    """How many, then each with its own code."""
    spoken = rules.language_of(lang)
    first = wording.text_of("digest", spoken, {"count": str(len(messages))}) or ""
    lines = [queries.line_of(message) for message in messages]
    return "\n".join(
        [
            first,
            *(
                wording.with_check(line.text, spoken, rules.shown_check(line.row.check_code or ""))
                for line in lines
                if line.text
            ),
        ]
    )
