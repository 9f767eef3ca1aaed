"""SyncChannel v10 messages: writing a SendMessage, reading the verified Body of its answer. Pure; signs nothing."""

from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from demeu.vault.households.registries.exchange import XSI, Element, Fields

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
TYPES = "http://bip.bee.kz/SyncChannel/v10/Types"
KDP_TYPES = "http://service.2fa-chain.kz/ns/kdp"
SUCCESS = "SCSS001"
ANSWERS = (f"{{{TYPES}}}SendMessageResponse", f"{{{KDP_TYPES}}}sendMessageResponse")
FAULT_DETAIL = f"detail/{{{TYPES}}}SendMessageFault1_SendMessageFault"


class ShepFault(Exception):
    """ШЭП or the registry said no, or could not be understood. `code` is theirs or a word of ours; never personal."""

    def __init__(self, code: str, *, worth_retrying: bool) -> None:
        super().__init__(code)
        self.code = code
        self.worth_retrying = worth_retrying


@dataclass(frozen=True)
class Answer:
    """A verified answer: its own id, when it was made, and its `data`."""

    message_id: str
    correlation_id: str
    data: Element


def send_message(
    *, message_id: str, service_id: str, at: datetime, sender: str, namespace: str, request_type: str, fields: Fields
) -> bytes:
    """An unsigned envelope. A field name «a/b» makes an element a that holds an element b."""
    root = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soapenv": SOAP})
    body = etree.SubElement(root, f"{{{SOAP}}}Body")
    message = etree.SubElement(body, f"{{{TYPES}}}SendMessage", nsmap={"typ": TYPES})
    request = etree.SubElement(message, "request")
    about = etree.SubElement(request, "requestInfo")
    for name, value in (
        ("messageId", message_id),
        ("serviceId", service_id),
        ("messageDate", at.isoformat(timespec="milliseconds")),
    ):
        etree.SubElement(about, name).text = value
    etree.SubElement(etree.SubElement(about, "sender"), "senderId").text = sender
    holder = etree.SubElement(request, "requestData")
    data = etree.SubElement(holder, "data", nsmap={"m": namespace, "xsi": XSI})
    data.set(f"{{{XSI}}}type", f"m:{request_type}")
    for name, value in fields:
        outer, _, inner = name.partition("/")
        element = etree.SubElement(data, outer)
        (etree.SubElement(element, inner) if inner else element).text = value
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def read_body(canonical_body: bytes) -> Answer:
    """The answer in a verified Body. Raises `ShepFault` for a Fault, another status, or another message."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    body = etree.fromstring(canonical_body, parser)
    if len(body) != 1:
        raise ShepFault("not_an_answer", worth_retrying=True)
    if body[0].tag == f"{{{SOAP}}}Fault":
        raise _fault(body[0])
    response = body[0].find("response")
    if body[0].tag not in ANSWERS or response is None:
        raise ShepFault("not_an_answer", worth_retrying=True)
    status = response.findtext("responseInfo/status/code", "")
    data = response.find("responseData/data")
    if status != SUCCESS or data is None:
        raise ShepFault(status[:40] or "no_data", worth_retrying=False)
    return Answer(
        message_id=response.findtext("responseInfo/messageId", ""),
        correlation_id=response.findtext("responseInfo/correlationId", ""),
        data=data,
    )


def _fault(fault: Element) -> ShepFault:
    """SCSE001 and SCSE002 are about the message itself and stay so; everything else may pass."""
    code = fault.findtext(f"{FAULT_DETAIL}/errorCode", "") or fault.findtext("faultcode", "") or "fault"
    return ShepFault(code[:40], worth_retrying=code not in ("SCSE001", "SCSE002") and not code.startswith("wsse:"))
