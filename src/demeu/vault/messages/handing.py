"""Handing one message over on one channel. Run again after a crash, a message handed over is not handed over again."""

import json
from datetime import timedelta
from uuid import UUID

from demeu.contracts.vault import Channel
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import Kind, Refusal, invalid, unavailable
from demeu.kernel.logs import logger
from demeu.vault.messages import mail, metrics, push, queries, rules, wording
from demeu.vault.messages.gateways import port
from demeu.vault.messages.models import Delivery, OutgoingMessage
from demeu.vault.people import queries as people
from demeu.vault.sealing.cipher import seal, unseal

log = logger(__name__)

FIRST_RECEIPT = timedelta(seconds=5)
TITLE = "Demeu"
# Nobody failed here: there is nowhere to send it to, or nothing to send any more.
NOT_SENT = ("message.no_address", "message.no_text")


def hand_over(*, delivery: UUID) -> None:
    """Give one waiting delivery to its gateway.

    A passing refusal is raised so that the queue tries again; a final one, and the end of the term, settle it.
    """
    row = Delivery.objects.select_related("message").filter(id=delivery).first()
    if row is None or row.state != Delivery.WAITING:
        return
    if clock.now() >= row.give_up_at:
        _settle(row, Delivery.GIVEN_UP)
        return
    try:
        _by_channel(row)
    except Refusal as refusal:
        row.attempts += 1
        row.refusal = refusal.code[:60]
        if refusal.kind is Kind.UNAVAILABLE:
            row.save(update_fields=["attempts", "refusal"])
            raise
        _settle(row, Delivery.DROPPED if refusal.code in NOT_SENT else Delivery.FAILED)
        return
    row.attempts += 1
    row.refusal = ""
    row.state = Delivery.HANDED_OVER
    row.handed_at = clock.now()
    row.next_receipt_at = row.handed_at + FIRST_RECEIPT if row.channel == Channel.SMS else None
    row.save()
    metrics.handed_over(row.channel, (row.handed_at - row.due_at).total_seconds())
    _forget_secret(row.message)


def _by_channel(row: Delivery) -> None:
    """Do it; the row then knows gateway, id and address."""
    if row.channel == Channel.SMS:
        _by_sms(row)
    elif row.channel == Channel.MAIL:
        _by_mail(row)
    else:
        _by_push(row)


def _by_sms(row: Delivery) -> None:
    message, contact = row.message, people.person_contact(row.message.person)
    phone = contact.pending if row.to_pending else contact.phone
    if not phone:
        raise invalid("message.no_address")
    lang = rules.language_of(message.lang)
    text = wording.with_check(_text(message), lang, rules.shown_check(message.check_code or ""))
    row.gateway, row.provider_id = port.send_sms(phone=phone, text=text)
    row.address = seal(row.id, "delivery.address", phone)


def _by_mail(row: Delivery) -> None:
    message = row.message
    address = people.person_contact(message.person).email
    if not address:
        raise invalid("message.no_address")
    lang, template = rules.language_of(message.lang), wording.TEMPLATES.get(message.template)
    letter = mail.Letter(
        identifier=row.id,
        message=message.id,
        to=address,
        lang=lang,
        subject=template.title[lang] if template else TITLE,
        paragraphs=tuple(_text(message).split("\n")),
        check=rules.shown_check(message.check_code or ""),
        may_stop=template is not None and template.keeps_text,
    )
    row.gateway, row.provider_id = "smtp", mail.send(letter)
    row.address = seal(row.id, "delivery.address", address)


def _by_push(row: Delivery) -> None:
    """To every browser of the person; enough when one takes it. Browsers that are gone are forgotten."""
    message = row.message
    line = queries.line_of(message)
    shown = {
        "title": line.title or TITLE,
        "text": _text(message),
        "check": rules.shown_check(message.check_code or ""),
        "lang": message.lang,
        "tag": str(message.id),
    }
    taken, silent = 0, 0
    for device in queries.devices_of(message.person):
        subscription = json.loads(unseal(device.id, "push.subscription", device.subscription))
        try:
            push.send(subscription, shown, urgent=message.kind in rules.URGENT)
            taken += 1
        except Refusal as refusal:
            if refusal.code == "push.device_gone":
                device.delete()
            silent += refusal.kind is Kind.UNAVAILABLE
    if not taken:
        raise unavailable("push.service_silent") if silent else invalid("message.no_address")
    row.gateway, row.provider_id = "webpush", str(taken)


def _text(message: OutgoingMessage) -> str:
    """The words; a message whose words were erased is not sent at all."""
    text = unseal(message.id, "message.text", message.text)
    if not text:
        raise invalid("message.no_text")
    return text


def _settle(row: Delivery, state: str) -> None:
    row.state = state
    row.settled_at = clock.now()
    row.save(update_fields=["state", "settled_at", "attempts", "refusal"])
    log.warning("message.not_handed_over", channel=row.channel, state=state, reason=row.refusal)
    record(actor="role:vault", action="message.not_handed_over", subject=f"message:{row.message_id}", state=state)
    _forget_secret(row.message)


def _forget_secret(message: OutgoingMessage) -> None:
    """A one-time code is kept nowhere once it has left, or will never leave."""
    template = wording.TEMPLATES.get(message.template)
    if template is not None and not template.keeps_text:
        OutgoingMessage.objects.filter(id=message.id).update(text=b"")
