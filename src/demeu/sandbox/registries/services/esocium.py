"""Е-Социум (`DEMEU_ESOCIUM_RECIPIENTS`): who receives which measure. Schema not confirmed with the operator."""

from typing import Any

from lxml import etree

from demeu.sandbox.registries import tree
from demeu.sandbox.registries.household import Resident
from demeu.sandbox.registries.services.register import Question, Register

NAMESPACE = "urn:sandbox:esocium:recipients:1"


def answer(question: Question) -> etree._Element:
    """Everybody asked about whom the register knows, with their measures."""
    known = [question.resident(iin) for iin in tree.texts(question.data, "iin")]
    data = tree.typed(
        "data",
        namespace=NAMESPACE,
        kind="RecipientsResponse",
        content=[
            ("requestNumber", tree.text(question.data, "requestNumber")),
            ("registerDate", question.at.date().isoformat()),
        ],
    )
    for person in known:
        if person:
            _recipient(data, person)
    return data


def _recipient(data: etree._Element, person: Resident) -> None:
    recipient: Any = etree.SubElement(data, "recipient")
    etree.SubElement(recipient, "iin").text = person.iin
    for code, state, since in person.supports:
        measure = etree.SubElement(recipient, "measure", code=code, state=state)
        etree.SubElement(measure, "since").text = since


def _ends_before_start(data: etree._Element) -> None:
    for measure in data.iterfind("recipient/measure"):
        etree.SubElement(measure, "until").text = "2001-01-01"


def _all_suspended(data: etree._Element) -> None:
    for measure in data.iterfind("recipient/measure"):
        measure.set("state", "suspended")


REGISTER = Register(
    "DEMEU_ESOCIUM_RECIPIENTS",
    NAMESPACE,
    "esocium.xsd",
    "RecipientsRequest",
    people=lambda data: tree.texts(data, "iin"),
    answer=answer,
    own_faults={"ends_before_start": _ends_before_start, "all_suspended": _all_suspended},
)
