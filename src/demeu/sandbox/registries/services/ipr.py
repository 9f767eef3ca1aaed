"""ИПР (`DEMEU_IPR`): individual rehabilitation programmes with their items.

Schema not confirmed with the operator.
"""

from typing import Any

from lxml import etree

from demeu.sandbox.registries import tree
from demeu.sandbox.registries.household import Programme, Resident
from demeu.sandbox.registries.rehabilitation import ITEMS
from demeu.sandbox.registries.services.register import Question, Register

NAMESPACE = "urn:sandbox:mtszn:ipr:1"


def answer(question: Question) -> etree._Element:
    """The programmes of those asked about; none where there is none."""
    known = [question.resident(iin) for iin in tree.texts(question.data, "iin")]
    found = [_programme(one, one.programme) for one in known if one and one.programme]
    content = [("requestNumber", tree.text(question.data, "requestNumber")), *tree.pairs("programme", found)]
    return tree.typed("data", namespace=NAMESPACE, kind="ProgrammeResponse", content=content)


def _programme(person: Resident, programme: Programme) -> list[tuple[str, Any]]:
    return [
        ("iin", person.iin),
        ("number", programme.number),
        ("issuedOn", programme.issued_on),
        ("validUntil", programme.valid_until),
        ("limitation", programme.limitation),
        *tree.pairs("item", [_item(code) for code in programme.items]),
    ]


def _item(code: str) -> list[tuple[str, Any]]:
    item = ITEMS[code]
    return [
        ("code", code),
        ("part", item.part),
        ("nameKk", item.name_kk),
        ("nameRu", item.name_ru),
        ("quantity", item.quantity),
        ("period", item.period),
        ("providedByState", item.state),
    ]


def _ended_programme(data: etree._Element) -> None:
    for until in data.iterfind("programme/validUntil"):
        until.text = "2020-01-01"


def _no_items(data: etree._Element) -> None:
    for programme in data.iterfind("programme"):
        for item in programme.findall("item"):
            programme.remove(item)


REGISTER = Register(
    "DEMEU_IPR",
    NAMESPACE,
    "ipr.xsd",
    "ProgrammeRequest",
    people=lambda data: tree.texts(data, "iin"),
    answer=answer,
    own_faults={"ended_programme": _ended_programme, "no_items": _no_items},
)
