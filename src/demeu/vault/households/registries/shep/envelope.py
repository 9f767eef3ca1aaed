"""SyncChannel v10 messages: writing a SendMessage, reading the verified Body of its answer. Pure; signs nothing."""

from dataclasses import dataclass
from datetime import datetime

from lxml import etree

from demeu.vault.households.registries.exchange import Element

SOAP = "http://schemas.xmlsoap.org/soap/envelope/"
TYPES = "http://bip.bee.kz/SyncChannel/v10/Types"
KDP_TYPES = "http://service.2fa-chain.kz/ns/kdp"
SUCCESS = "SCSS001"
ANSWERS = (f"{{{TYPES}}}SendMessageResponse", f"{{{KDP_TYPES}}}sendMessageResponse")
FINAL = ("SCSE001", "SCSE002")


class ShepFault(Exception):
    """ШЭП or the registry said no, or could not be understood. `code` is theirs or a word of ours; never personal.

    `of_the_line`: the way there is broken, which says nothing about this question.
    """

    def __init__(self, code: str, *, worth_retrying: bool, of_the_line: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.worth_retrying = worth_retrying
        self.of_the_line = of_the_line


@dataclass(frozen=True)
class Answer:
    """A verified answer: its own id, the id of the question, and its `data`."""

    message_id: str
    correlation_id: str
    data: Element


def envelope(operation: Element) -> bytes:
    """An unsigned SOAP 1.1 envelope around one operation."""
    root = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soapenv": SOAP})
    etree.SubElement(root, f"{{{SOAP}}}Body").append(operation)
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True))


def send_message(*, message_id: str, service_id: str, at: datetime, sender: str, data: Element) -> bytes:
    """An unsigned SendMessage."""
    message = etree.Element(f"{{{TYPES}}}SendMessage", nsmap={"typ": TYPES})
    request = etree.SubElement(message, "request")
    about = etree.SubElement(request, "requestInfo")
    for name, value in (
        ("messageId", message_id),
        ("serviceId", service_id),
        ("messageDate", at.isoformat(timespec="milliseconds")),
    ):
        etree.SubElement(about, name).text = value
    etree.SubElement(etree.SubElement(about, "sender"), "senderId").text = sender
    etree.SubElement(request, "requestData").append(data)
    return envelope(message)


def operation_in(canonical_body: bytes, channel: str) -> Element:
    """The one element of a verified Body. Raises `ShepFault` for a Fault of the channel and for anything else."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    body = etree.fromstring(canonical_body, parser)
    if len(body) != 1 or not isinstance(body[0].tag, str):
        raise ShepFault("not_an_answer", worth_retrying=True)
    if body[0].tag == f"{{{SOAP}}}Fault":
        raise _fault(body[0], channel)
    return body[0]


def read_body(canonical_body: bytes) -> Answer:
    """The answer in a verified Body. Raises `ShepFault` for a Fault, another status, or another message."""
    operation = operation_in(canonical_body, TYPES)
    response = operation.find("response")
    if operation.tag not in ANSWERS or response is None:
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


def _fault(fault: Element, channel: str) -> ShepFault:
    """SCSE001 and SCSE002 are about the message itself and stay so; everything else may pass."""
    code = ""
    for detail in fault.iterfind("detail/*"):
        if isinstance(detail.tag, str) and detail.tag.startswith(f"{{{channel}}}"):
            code = detail.findtext("errorCode", "")
    code = code or fault.findtext("faultcode", "") or "fault"
    final = code in FINAL or code.startswith("wsse:")
    return ShepFault(code[:40], worth_retrying=not final, of_the_line=not final)
