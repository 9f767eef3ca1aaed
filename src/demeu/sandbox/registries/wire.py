"""SyncChannel version 10 on the wire: reading a SendMessage, writing its answer or a Fault. Pure; signs nothing."""

from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from demeu.sandbox.registries import tree
from demeu.sandbox.registries.schemas import document_schema, first_fault
from demeu.sandbox.signing import wsse
from demeu.sandbox.signing.algorithms import SOAP

TYPES = "http://bip.bee.kz/SyncChannel/v10/Types"
KDP = "http://service.2fa-chain.kz/ns/kdp"
SUCCESS = ("SCSS001", "Message has been processed successfully")
MESSAGE_LENGTH_MAX = 250
SYNC_DETAIL = f"{{{TYPES}}}SendMessageFault1_SendMessageFault"


class BadMessage(Exception):
    """What came is not a SendMessage of version 10."""


@dataclass(frozen=True)
class Message:
    """A request that was read."""

    message_id: str
    service_id: str
    data: etree._Element


@dataclass(frozen=True)
class Stamp:
    """Numbers and moment of an answer."""

    message_id: str
    correlation_id: str
    session_id: str
    at: datetime


def read(root: etree._Element) -> Message:
    """The message in a SOAP body; BadMessage when it is another one or misshapen."""
    try:
        children = list(wsse.body_of(root))
    except ValueError as fault:
        raise BadMessage(str(fault)) from fault
    if len(children) != 1 or children[0].tag != f"{{{TYPES}}}SendMessage":
        raise BadMessage("expected SendMessage of SyncChannel v10")
    bare = etree.fromstring(etree.tostring(children[0], with_tail=False))
    data = bare.find("request/requestData/data")
    if data is not None:
        data.clear()
    fault_text = first_fault(document_schema("sync-channel.xsd"), bare)
    found = children[0].find("request/requestData/data")
    if fault_text or found is None:
        raise BadMessage(fault_text or "no data")
    head = "request/requestInfo/"
    return Message(tree.text(children[0], f"{head}messageId"), tree.text(children[0], f"{head}serviceId"), found)


def answer(data: etree._Element, *, stamp: Stamp, service_id: str) -> etree._Element:
    """The envelope of a successful answer; КДП names its outer element in its own way."""
    name = f"{{{KDP}}}sendMessageResponse" if service_id == "KDP_SERVICE" else f"{{{TYPES}}}SendMessageResponse"
    outer = etree.Element(name, nsmap={"typ": KDP if service_id == "KDP_SERVICE" else TYPES})
    response = etree.SubElement(outer, "response")
    tree.fill(
        etree.SubElement(response, "responseInfo"),
        [
            ("messageId", stamp.message_id),
            ("correlationId", stamp.correlation_id),
            ("responseDate", stamp.at.isoformat(timespec="milliseconds")),
            ("status", [("code", SUCCESS[0]), ("message", SUCCESS[1])]),
            ("sessionId", stamp.session_id),
        ],
    )
    etree.SubElement(response, "responseData").append(data)
    return wsse.envelope(outer)


def fault(code: str, text: str) -> etree._Element:
    """A SOAP Fault without detail; `code` is the local part, e.g. `Client` or `wsse:FailedCheck`."""
    outer = etree.Element(f"{{{SOAP}}}Fault", nsmap={"soap": SOAP})
    faultcode = code if ":" in code else f"soap:{code}"
    tree.fill(outer, [("faultcode", faultcode), ("faultstring", text[:MESSAGE_LENGTH_MAX])])
    return wsse.envelope(outer)


def error(code: str, text: str, *, stamp: Stamp, extra: str = "", detail_name: str = SYNC_DETAIL) -> etree._Element:
    """A SOAP Fault whose detail is the channel's ErrorInfo (SCSE001, SCSE002, SCSE003)."""
    outer = etree.Element(f"{{{SOAP}}}Fault", nsmap={"soap": SOAP, "typ": TYPES})
    tree.fill(outer, [("faultcode", "soap:Server"), ("faultstring", text[:MESSAGE_LENGTH_MAX])])
    detail = etree.SubElement(outer, "detail")
    tree.fill(
        etree.SubElement(detail, detail_name),
        [
            ("errorCode", code),
            ("errorMessage", text[:MESSAGE_LENGTH_MAX]),
            ("errorData", extra or None),
            ("errorDate", stamp.at.isoformat(timespec="milliseconds")),
            ("sessionId", stamp.session_id),
        ],
    )
    return wsse.envelope(outer)
