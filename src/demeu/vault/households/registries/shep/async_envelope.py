"""AsyncChannel v10 messages: four operations, their lower-case names as published. Pure; signs nothing.

The inner form of `getMessages` is not in public sources: ours until the passport is read.
"""

from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from demeu.vault.households.registries.exchange import Element
from demeu.vault.households.registries.shep.envelope import ShepFault, envelope, operation_in

TYPES = "http://bip.bee.kz/AsyncChannel/v10/Types"
DELIVERED, NOT_DELIVERED, STOPPED = "DELIVERED", "NOT_DELIVERED", "DELIVERY_STOPPED"
FETCHED_MAX = 50


@dataclass(frozen=True)
class Delivered:
    """One message from the queue: an answer to `correlation_id`, or a notice when that is empty."""

    message_id: str
    correlation_id: str
    service_id: str
    kind: str
    data: Element


def _operation(name: str) -> Element:
    return etree.Element(f"{{{TYPES}}}{name}", nsmap={"asy": TYPES})


def _fill(parent: Element, pairs: tuple[tuple[str, str], ...], sender: str) -> None:
    for name, value in pairs:
        etree.SubElement(parent, name).text = value
    etree.SubElement(etree.SubElement(parent, "sender"), "senderId").text = sender


def send_message(*, message_id: str, service_id: str, at: datetime, sender: str, data: Element) -> bytes:
    """A question whose answer will lie in the queue."""
    message = _operation("sendMessage")
    request = etree.SubElement(message, "request")
    about = (
        ("messageId", message_id),
        ("serviceId", service_id),
        ("messageType", "REQUEST"),
        ("messageDate", at.isoformat(timespec="milliseconds")),
    )
    _fill(etree.SubElement(request, "messageInfo"), about, sender)
    etree.SubElement(request, "messageData").append(data)
    return envelope(message)


def get_messages(*, at: datetime, sender: str) -> bytes:
    """What lies in our queue."""
    message = _operation("getMessages")
    request = etree.SubElement(message, "request")
    pairs = (("requestDate", at.isoformat(timespec="milliseconds")), ("messageCount", str(FETCHED_MAX)))
    _fill(request, pairs, sender)
    return envelope(message)


def get_status(*, message_id: str, at: datetime, sender: str) -> bytes:
    """Where a message of ours is."""
    message = _operation("getMessageStatus")
    _fill(message, (("messageId", message_id), ("requestDate", at.isoformat(timespec="milliseconds"))), sender)
    return envelope(message)


def notify(*, message_id: str, service_id: str, at: datetime, again: bool) -> bytes:
    """Taken (`again` false: never send it again), or not understood and wanted once more."""
    message, moment = _operation("sendDeliveryNotification"), at.isoformat(timespec="milliseconds")
    notification = etree.SubElement(message, "notification")
    for name, value in (("messageId", message_id), ("serviceId", service_id), ("notificationDate", moment)):
        etree.SubElement(notification, name).text = value
    status = etree.SubElement(notification, "deliveryStatus")
    for name, value in (
        ("receiveStatus", NOT_DELIVERED if again else DELIVERED),
        ("statusDate", moment),
        ("resendMessage", "true" if again else "false"),
    ):
        etree.SubElement(status, name).text = value
    etree.SubElement(message, "requestDate").text = moment
    return envelope(message)


def _answer(canonical_body: bytes, name: str) -> Element:
    operation = operation_in(canonical_body, TYPES)
    response = operation.find("response")
    if operation.tag != f"{{{TYPES}}}{name}Response" or response is None:
        raise ShepFault("not_an_answer", worth_retrying=True)
    return response


def read_sent(canonical_body: bytes, message_id: str) -> None:
    """The channel has taken our message. Raises `ShepFault` when it speaks of another."""
    if _answer(canonical_body, "sendMessage").findtext("messageId", "") != message_id:
        raise ShepFault("foreign_answer", worth_retrying=True)


def read_messages(canonical_body: bytes) -> list[Delivered]:
    """The messages of the queue, at most so many as were asked for."""
    found = []
    for message in _answer(canonical_body, "getMessages").findall("message")[:FETCHED_MAX]:
        data = message.find("messageData/data")
        about = {name: message.findtext(f"messageInfo/{name}", "") for name in ("messageId", "correlationId")}
        service = message.findtext("messageInfo/serviceId", "")
        kind = message.findtext("messageInfo/messageType", "")
        if data is not None and about["messageId"]:
            found.append(Delivered(about["messageId"][:64], about["correlationId"][:64], service[:60], kind, data))
    return found


def read_state(canonical_body: bytes) -> str:
    """MessageState of a message of ours."""
    return _answer(canonical_body, "getMessageStatus").findtext("messageState", "")


def acknowledged(canonical_body: bytes) -> None:
    """The channel knows that we have it. Raises `ShepFault` otherwise."""
    _answer(canonical_body, "sendDeliveryNotification")
