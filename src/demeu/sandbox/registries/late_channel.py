"""AsyncChannel: takes questions, keeps answers and notices until vault says that it has them.

Returns bytes and an HTTP status; knows nothing of HTTP itself.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from lxml import etree

from demeu.kernel.clock import now
from demeu.kernel.errors import invalid
from demeu.kernel.ids import new_id
from demeu.sandbox.faults.actions import strike
from demeu.sandbox.faults.rules import ERROR_CODES, Fault
from demeu.sandbox.registries import channel, tree, wire
from demeu.sandbox.registries.models import LateQuestion, QueuedMessage
from demeu.sandbox.registries.schemas import data_schema, document_schema, first_fault
from demeu.sandbox.registries.services import REGISTERS
from demeu.sandbox.registries.services.notices import NOTICE_FAULTS, NOTICE_SCHEMAS, WRITERS, Happening
from demeu.sandbox.registries.services.register import Declined, Register
from demeu.sandbox.signing import wsse

TYPES = "http://bip.bee.kz/AsyncChannel/v10/Types"
# Under this name faults of the channel itself are planted: it is no register.
CHANNEL = "ASYNC_CHANNEL"
ON_DELIVERY, DELIVERED, NOT_DELIVERED = "ON_DELIVERY", "DELIVERED", "NOT_DELIVERED"
RESPONSE, NOTIFICATION = "RESPONSE", "NOTIFICATION"
AGAIN_AFTER_S = 2


@dataclass(frozen=True)
class Late:
    """A question as it came."""

    message_id: str
    register: Register
    data: etree._Element


def exchange(body: bytes) -> channel.Reply:
    """Answer one operation of any content."""
    stamp = channel.new_stamp()
    try:
        root = channel.believed(body, stamp.at)
        operation = _operation(root)
    except channel.Refused as refused:
        return channel.signed(refused.envelope, 500)
    except (ValueError, wire.BadMessage) as fault:
        return channel.signed(wire.fault("Client", str(fault)), 500)
    name = etree.QName(operation).localname
    try:
        return _spoiled(OPERATIONS[name](operation, stamp))
    except Declined as declined:
        detail = f"{{{TYPES}}}{name}Fault1_{name}Fault"
        return channel.signed(wire.error(declined.code, declined.message, stamp=stamp, detail_name=detail), 500)


def _operation(root: etree._Element) -> etree._Element:
    children = list(wsse.body_of(root))
    if len(children) != 1 or not isinstance(children[0].tag, str) or not children[0].tag.startswith(f"{{{TYPES}}}"):
        raise wire.BadMessage("expected an operation of AsyncChannel v10")
    unfit = first_fault(document_schema("async-channel.xsd"), children[0])
    if unfit:
        raise wire.BadMessage(unfit)
    return children[0]


def _spoiled(reply: channel.Reply) -> channel.Reply:
    """Faults of the way itself, planted under the channel's own name."""
    struck = strike(service=CHANNEL, iins=[])
    if struck.fault == Fault.SOAP_FAULT:
        return channel.signed(wire.fault("Server", "FAULT-015: internal error of the gateway"), 500)
    if struck.fault in ERROR_CODES:
        raise Declined(ERROR_CODES[Fault(struck.fault)], "the channel could not process the message")
    if struck.fault == Fault.MALFORMED:
        return channel.Reply(reply.content[: len(reply.content) // 2])
    if struck.fault == Fault.WRONG_SIGNATURE:
        return channel.Reply(reply.content.replace(b"</response>", b"<x/></response>", 1))
    return reply


def _answered(name: str, content: tree.Content) -> channel.Reply:
    outer = etree.Element(f"{{{TYPES}}}{name}Response", nsmap={"asy": TYPES})
    tree.fill(etree.SubElement(outer, "response"), content)
    return channel.signed(wsse.envelope(outer))


def _send(operation: etree._Element, stamp: wire.Stamp) -> channel.Reply:
    """Take a question: its answer is made at once and lies in the queue from now or from later."""
    head = "request/messageInfo/"
    message_id, service = (tree.text(operation, f"{head}{name}") for name in ("messageId", "serviceId"))
    data = operation.find("request/messageData/data")
    register = REGISTERS.get(service)
    if register is None or register.channel != "async" or data is None:
        raise Declined("SCSE001", f"service {service} is not registered for AsyncChannel")
    unfit = channel.unfit(register, data)
    if unfit:
        raise Declined("SCSE002", unfit)
    _, fresh = LateQuestion.objects.get_or_create(
        message_id=message_id, defaults={"service": service, "state": ON_DELIVERY, "received_at": now()}
    )
    if fresh:
        _answer_later(Late(message_id, register, data), stamp.at)
    content = [
        ("messageId", message_id),
        ("correlationId", stamp.message_id),
        ("responseDate", stamp.at.isoformat(timespec="milliseconds")),
        ("sessionId", stamp.session_id),
    ]
    return _answered("sendMessage", content)


def _answer_later(question: Late, at: datetime) -> None:
    service = question.register.service_id
    struck = strike(service=service, iins=question.register.people(question.data))
    if struck.fault in ERROR_CODES:
        raise Declined(ERROR_CODES[Fault(struck.fault)], "the register could not process the message")
    state = NOT_DELIVERED if struck.fault == Fault.LOST else DELIVERED
    LateQuestion.objects.filter(message_id=question.message_id).update(state=state)
    if struck.fault in (Fault.LOST, Fault.STILL_SILENT):
        return
    answer = channel.answer_data(question.register, question.data, at, struck.fault)
    if struck.fault == Fault.MALFORMED:
        for child in list(answer):
            answer.remove(child)
    visible = at + timedelta(seconds=struck.delay_s if struck.fault == Fault.DELAY else 0)
    for _ in range(2 if struck.fault == Fault.REPEATED_MESSAGE_ID else 1):
        message_id = f"answer-to-{question.message_id}"[:64] if struck.fault == Fault.REPEATED_MESSAGE_ID else ""
        enqueue(service, RESPONSE, answer, correlation_id=question.message_id, visible_at=visible, name=message_id)


def enqueue(
    service: str, kind: str, data: etree._Element, *, correlation_id: str = "", visible_at: datetime, name: str = ""
) -> None:
    """Put a message for vault into the queue."""
    QueuedMessage.objects.create(
        message_id=name or str(new_id()),
        correlation_id=correlation_id,
        service=service,
        kind=kind,
        data=etree.tostring(data, encoding="unicode"),
        visible_at=visible_at,
        made_at=now(),
    )


def send_notice(*, service: str, event: Happening) -> None:
    """МЧС or МВД tells of an event by itself. Refuses `notice.unknown_service`."""
    if service not in WRITERS:
        raise invalid("notice.unknown_service", known=sorted(WRITERS))
    data = WRITERS[service](event)
    struck = strike(service=service, iins=[])
    spoil = NOTICE_FAULTS[service].get(struck.fault)
    if spoil is not None:
        spoil(data)
    elif first_fault(data_schema(*NOTICE_SCHEMAS[service]), data):
        raise invalid("notice.unusable")
    name = f"notice-{event.number}"[:64] if struck.fault == Fault.REPEATED_MESSAGE_ID else ""
    for _ in range(2 if name else 1):
        enqueue(service, NOTIFICATION, data, visible_at=now(), name=name)


def _give(operation: etree._Element, stamp: wire.Stamp) -> channel.Reply:
    count = int(tree.text(operation, "request/messageCount"))
    waiting = QueuedMessage.objects.filter(taken_at=None, visible_at__lte=stamp.at).order_by("made_at", "id")
    rows = list(waiting[: min(count, 100)])
    outer = etree.Element(f"{{{TYPES}}}getMessagesResponse", nsmap={"asy": TYPES})
    response = etree.SubElement(outer, "response")
    for row in rows:
        message = etree.SubElement(response, "message")
        about = [
            ("messageId", row.message_id),
            ("correlationId", row.correlation_id or None),
            ("serviceId", row.service),
            ("messageType", row.kind),
            ("messageDate", row.made_at.isoformat(timespec="milliseconds")),
        ]
        tree.fill(etree.SubElement(message, "messageInfo"), about)
        etree.SubElement(message, "messageData").append(etree.fromstring(row.data))
        row.given_times += 1
        row.save(update_fields=["given_times"])
    return channel.signed(wsse.envelope(outer))


def _state(operation: etree._Element, stamp: wire.Stamp) -> channel.Reply:
    row = LateQuestion.objects.filter(message_id=tree.text(operation, "messageId")).first()
    if row is None:
        raise Declined("SCSE001", "no such message")
    status = [("statusCode", "SCSS001"), ("statusMessage", row.state), ("statusDate", stamp.at.isoformat())]
    content = [("messageState", row.state), ("status", status), ("responseDate", stamp.at.isoformat())]
    return _answered("getMessageStatus", content)


def _taken(operation: etree._Element, stamp: wire.Stamp) -> channel.Reply:
    """Taken: never again; wanted once more: again in a moment."""
    row = QueuedMessage.objects.filter(
        message_id=tree.text(operation, "notification/messageId"), taken_at=None
    ).order_by("made_at").first()  # fmt: skip
    if row is not None:
        if tree.text(operation, "notification/deliveryStatus/resendMessage") in ("true", "1"):
            row.visible_at = stamp.at + timedelta(seconds=AGAIN_AFTER_S)
        else:
            row.taken_at = stamp.at
        row.save(update_fields=["visible_at", "taken_at"])
    return _answered("sendDeliveryNotification", [("responseDate", stamp.at.isoformat(timespec="milliseconds"))])


OPERATIONS = {
    "sendMessage": _send,
    "getMessages": _give,
    "getMessageStatus": _state,
    "sendDeliveryNotification": _taken,
}
