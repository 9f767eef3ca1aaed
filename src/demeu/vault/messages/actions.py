"""Accepting messages, and keeping what a person read and wishes. Handing over stands in `handing`."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from demeu.contracts.vault import Channel, MessageKind, PushSubscribe
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict, invalid, not_found
from demeu.kernel.ids import new_id
from demeu.vault.messages import push, queries, rules, wording
from demeu.vault.messages.models import (
    ConfirmedMail,
    Delivery,
    Habits,
    OutgoingMessage,
    PushDevice,
    SwitchedOff,
)
from demeu.vault.people import queries as people
from demeu.vault.sealing.cipher import blind, seal

DEVICES_MAX = 10


def deliver_message(
    *,
    person: UUID,
    template: str,
    facts: Mapping[str, str],
    once: str,
    awaits: str | None,
    actor: str,
    phone: str = "",
    by: Channel | None = None,
) -> UUID:
    """Accept a message for delivery; told again under the same `once`, the first one counts.

    It goes on the channels that the person chose, and stands in the cabinet whatever they chose. `phone` overrides the
    known number; `by` = on this one channel only.
    Refuses `message.unknown_template` (also when a fact is missing or too long) and `person.unknown`.
    """
    with transaction.atomic():
        contact = people.person_contact(person)
        found = wording.TEMPLATES.get(template)
        text = wording.text_of(template, contact.lang, dict(facts))
        if found is None or text is None:
            raise invalid("message.unknown_template", template=template)
        identifier = new_id()
        row, fresh = OutgoingMessage.objects.get_or_create(
            once=once,
            defaults={
                "id": identifier,
                "person": person,
                "template": template,
                "kind": found.kind.value,
                "lang": contact.lang,
                "text": seal(identifier, "message.text", text),
                "check_code": rules.fresh_check() if found.check else None,
                "awaits": awaits,
                "in_inbox": found.inbox,
                "created_at": clock.now(),
            },
        )
        if fresh:
            record(actor=actor, action="message.accepted", subject=f"message:{identifier}", template=template)
            _send_out(row, found, contact, phone, by)
        return row.id


def _send_out(
    row: OutgoingMessage, template: wording.Template, contact: people.Contact, phone: str, by: Channel | None
) -> None:
    """One delivery for each channel that can be used now; it is handed over when it is due."""
    kind, hours = MessageKind(row.kind), queries.hours_of(row.person)
    usable = {
        Channel.SMS: bool(phone or contact.phone),
        Channel.MAIL: by is Channel.MAIL or queries.mail_confirmed(row.person, contact.email),
        Channel.PUSH: PushDevice.objects.filter(person=row.person).exists(),
    }
    off = queries.switched_off(row.person, kind)
    chosen = rules.channels_of(kind, off, mail=usable[Channel.MAIL], push=usable[Channel.PUSH])
    for channel in [by] if by else chosen:
        if usable[channel]:
            to_pending = channel is Channel.SMS and bool(phone) and phone == contact.pending
            _wait(row, template, channel, hours, to_pending=to_pending)


def _wait(
    row: OutgoingMessage, template: wording.Template, channel: Channel, hours: rules.Hours, *, to_pending: bool
) -> None:
    at, kind = row.created_at, MessageKind(row.kind)
    collected = rules.is_collected(kind, channel, hours)
    due = rules.next_hour(at, hours.digest or 0) if collected else rules.due_at(at, kind, hours)
    delivery = Delivery.objects.create(
        id=new_id(),
        message=row,
        channel=channel.value,
        state=Delivery.COLLECTED if collected else Delivery.WAITING,
        to_pending=to_pending,
        due_at=due,
        give_up_at=due + timedelta(minutes=template.life_min),
    )
    if not collected:
        queue_delivery(delivery, kind, at)


def queue_delivery(delivery: Delivery, kind: MessageKind, at: datetime) -> None:
    """Have a delivery handed over when it is due; called inside the transaction that makes it."""
    from demeu.vault.messages.tasks import hand_over, hand_over_urgent

    job = hand_over_urgent if kind in rules.URGENT else hand_over
    job.defer(delivery=str(delivery.id), delay_s=max(0, int((delivery.due_at - at).total_seconds())))


def mark_read(*, person: UUID, message: UUID | None) -> None:
    """One message of this person, or all of them, as read. A foreign message is left as it is."""
    rows = OutgoingMessage.objects.filter(person=person, in_inbox=True, read_at__isnull=True)
    (rows.filter(id=message) if message else rows).update(read_at=clock.now())


def save_settings(
    *, person: UUID, choices: dict[MessageKind, tuple[Channel, ...]], hours: rules.Hours, actor: str
) -> None:
    """Where and when this person wishes to be told. Refuses `person.unknown`."""
    people.person_contact(person)
    with transaction.atomic():
        for kind, channels in rules.changed_off(choices).items():
            SwitchedOff.objects.update_or_create(person=person, kind=kind.value, defaults={"channels": channels})
        wished = {"quiet_from": hours.quiet_from, "quiet_until": hours.quiet_until, "digest_hour": hours.digest}
        Habits.objects.update_or_create(person=person, defaults=wished)
        record(actor=actor, action="notices.settings_saved", subject=f"person:{person}")


def switch_off(*, person: UUID, kind: MessageKind, channel: Channel, actor: str) -> None:
    """One channel of one kind, by the link of a mail. What cannot be switched off stays on."""
    if channel in rules.fixed_channels(kind):
        return
    with transaction.atomic():
        first = {"channels": list(rules.OFF_AT_FIRST.get(kind, ()))}
        row, _ = SwitchedOff.objects.select_for_update().get_or_create(person=person, kind=kind.value, defaults=first)
        row.channels = sorted({*row.channels, channel.value})
        row.save(update_fields=["channels"])
        record(actor=actor, action="notices.switched_off", subject=f"person:{person}", kind=kind.value)


def confirm_mail(*, person: UUID, address: str) -> None:
    """The code sent to this address was read back."""
    wished: dict[str, Any] = {"address_blind": blind("mail", address.lower()), "at": clock.now()}
    ConfirmedMail.objects.update_or_create(person=person, defaults=wished)
    record(actor=f"person:{person}", action="notices.mail_confirmed", subject=f"person:{person}")


def subscribe(*, wish: PushSubscribe, actor: str) -> None:
    """Tell this browser too. An endpoint that somebody else had is this person's now: it is one browser.

    Refuses `push.endpoint_not_allowed`, `push.key_invalid`, `push.too_many_devices`, `person.unknown`.
    """
    people.person_contact(wish.person)
    push.require_usable(wish.endpoint, wish.p256dh, wish.auth)
    endpoint, identifier = blind("push", wish.endpoint), new_id()
    with transaction.atomic():
        PushDevice.objects.filter(endpoint_blind=endpoint).delete()
        if PushDevice.objects.filter(person=wish.person).count() >= DEVICES_MAX:
            raise conflict("push.too_many_devices", most=DEVICES_MAX)
        PushDevice.objects.create(
            id=identifier,
            person=wish.person,
            endpoint_blind=endpoint,
            subscription=seal(identifier, "push.subscription", push.kept_form(wish.endpoint, wish.p256dh, wish.auth)),
            created_at=clock.now(),
        )
        record(actor=actor, action="notices.device_added", subject=f"person:{wish.person}")


def forget_devices(*, person: UUID, actor: str) -> None:
    """No browser of this person is told any more."""
    with transaction.atomic():
        PushDevice.objects.filter(person=person).delete()
        record(actor=actor, action="notices.devices_forgotten", subject=f"person:{person}")


def message_of(person: UUID, message: UUID) -> OutgoingMessage:
    """One message of this person, locked. Refuses `message.unknown`, for a foreign one too."""
    row = OutgoingMessage.objects.select_for_update().filter(id=message, person=person).first()
    if row is None:
        raise not_found("message.unknown")
    return row
