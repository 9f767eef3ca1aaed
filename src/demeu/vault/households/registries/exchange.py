"""What every registry adapter is made of: typed facts, the people asked about, one kind of message. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import cache
from pathlib import Path

from lxml import etree

Element = etree._Element
Fields = list[tuple[str, str]]
XSI = "http://www.w3.org/2001/XMLSchema-instance"
TIYN_MAX = 10**15
_WRAPPER = """<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
  <xs:import namespace="{namespace}" schemaLocation="{file}"/>
  <xs:element name="data" type="xs:anyType"/>
</xs:schema>"""


class Unreadable(Exception):
    """An answer that does not fit its schema or says something impossible. The text never repeats a value."""


@dataclass(frozen=True)
class TypedFact:
    """One statement of a registry. `iin` names the member it is about; None = the household. Values are plain text:
    true|false, whole numbers, tiyn, YYYY-MM-DD, words of a code list."""

    code: str
    value: str
    iin: str | None = None


@dataclass(frozen=True)
class Asked:
    """Whom a registry is asked about and on which day; the applicant is among the members."""

    applicant: str
    members: tuple[str, ...]
    adults: tuple[str, ...]
    on: date


class Channel(StrEnum):
    """How an answer comes: at once, later through the queue of ШЭП, or by itself without a question."""

    SYNC = "sync"
    ASYNC = "async"
    NOTICE = "notice"


@dataclass(frozen=True)
class Exchange:
    """One kind of message: its service, types, schema, the requests it takes and how an answer is read.

    `escaped_root`: the answer is a document inside a string; `signed_content`: so is the request, and both are signed.
    """

    service_id: str
    namespace: str
    request_type: str
    answer_type: str
    schema: Path
    requests: Callable[[Asked, str], list[Fields]]
    read: Callable[[Element], list[TypedFact]]
    escaped_root: str = ""
    signed_content: bool = False
    channel: Channel = Channel.SYNC
    needs_token: bool = True


def about_everybody(asked: Asked, number: str) -> list[Fields]:
    """One question: all members."""
    return [[("requestNumber", number), *many("iin", asked.members)]]


def nothing_to_ask(_asked: Asked, _number: str) -> list[Fields]:
    """No question: the message comes by itself."""
    return []


def adapter_schema(module_file: str, name: str = "schema.xsd") -> Path:
    """The schema file beside an adapter."""
    return Path(module_file).resolve().parent / name


def checked(data: Element, exchange: Exchange) -> Element:
    """The answer's `data` when its type is the expected one and it fits the schema; else `Unreadable`.

    The canonical form keeps the type's name but not its prefix, so the type is bound anew to the service's namespace.
    """
    if exchange.escaped_root:
        return _checked_document(data, exchange)
    written = data.get(f"{{{XSI}}}type", "").rpartition(":")[2]
    if written != exchange.answer_type:
        raise Unreadable("type of data")
    bound = etree.Element("data", nsmap={"p": exchange.namespace, "xsi": XSI})
    for name, value in data.attrib.items():
        bound.set(name, value)
    bound.set(f"{{{XSI}}}type", f"p:{exchange.answer_type}")
    bound.extend(list(data))
    _require(_data_schema(exchange.namespace, exchange.schema), bound)
    return bound


def _checked_document(data: Element, exchange: Exchange) -> Element:
    """An escaped document inside `data`: parsed without entities, its root and schema checked."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        document = etree.fromstring((data.text or "").strip().encode(), parser)
    except etree.XMLSyntaxError:
        raise Unreadable("escaped document") from None
    if document.getroottree().docinfo.internalDTD is not None or document.tag != exchange.escaped_root:
        raise Unreadable("escaped document")
    _require(_document_schema(exchange.schema), document)
    return document


def _require(schema: etree.XMLSchema, element: Element) -> None:
    if not schema.validate(element):
        raise Unreadable(f"{element.tag} does not fit its schema")


@cache
def _data_schema(namespace: str, file: Path) -> etree.XMLSchema:
    text = _WRAPPER.format(namespace=namespace, file=file.as_uri())
    return etree.XMLSchema(etree.fromstring(text.encode()))


@cache
def _document_schema(file: Path) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(file)))


def text(element: Element, path: str) -> str:
    """The stripped text at a path; empty when there is none."""
    return (element.findtext(path) or "").strip()


def flag(value: str) -> str:
    """true or false, from the four ways XML Schema writes a boolean."""
    return "true" if value in ("true", "1") else "false"


def tiyn_of(value: str) -> int:
    """Tenge with at most two digits after the point, as tiyn."""
    try:
        amount = Decimal(value) * 100
    except InvalidOperation:
        raise Unreadable("amount") from None
    if amount != amount.to_integral_value() or not 0 <= amount <= TIYN_MAX:
        raise Unreadable("amount")
    return int(amount)


def optional_facts(
    element: Element, names: dict[str, str], iin: str | None, read: Callable[[str], str] = str
) -> list[TypedFact]:
    """A fact for each child that is there; a child left out is a thing the registry does not know."""
    found = ((code, text(element, child)) for child, code in names.items() if element.find(child) is not None)
    return [TypedFact(code, read(value), iin) for code, value in found]


def many(name: str, values: tuple[str, ...]) -> Fields:
    """The same field once for each value."""
    return [(name, value) for value in values]
