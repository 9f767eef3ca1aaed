"""Social services given before (`DEMEU_SOCIAL_SERVICES`). Schema not confirmed with the operator."""

from lxml import etree

from demeu.sandbox.registries import tree
from demeu.sandbox.registries.services.register import Question, Register

NAMESPACE = "urn:sandbox:mtszn:services:1"


def answer(question: Question) -> etree._Element:
    """A line for every service of those asked about, and how many lines there are."""
    known = [question.resident(iin) for iin in tree.texts(question.data, "iin")]
    given = [
        [("person", one.iin), ("kind", kind), ("givenOn", day)] for one in known if one for kind, day in one.services
    ]
    content = [
        ("requestNumber", tree.text(question.data, "requestNumber")),
        ("total", len(given)),
        *tree.pairs("service", given),
    ]
    return tree.typed("data", namespace=NAMESPACE, kind="ServicesGivenResponse", content=content)


def _lost_lines(data: etree._Element) -> None:
    for service in data.findall("service")[1:]:
        data.remove(service)
    for total in data.iterfind("total"):
        total.text = "7"


def _all_refused(data: etree._Element) -> None:
    for service in data.iterfind("service"):
        etree.SubElement(service, "refused").text = "true"


REGISTER = Register(
    "DEMEU_SOCIAL_SERVICES",
    NAMESPACE,
    "services.xsd",
    "ServicesGivenRequest",
    people=lambda data: tree.texts(data, "iin"),
    answer=answer,
    own_faults={"lost_lines": _lost_lines, "all_refused": _all_refused},
)
