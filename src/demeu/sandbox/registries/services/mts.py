"""ИС МТС (`DEMEU_MTS_GAMBLING`): who asked not to be let gamble. Schema not confirmed with the operator."""

from lxml import etree

from demeu.sandbox.registries import tree
from demeu.sandbox.registries.services.register import Question, Register

NAMESPACE = "urn:sandbox:mts:gambling:1"


def answer(question: Question) -> etree._Element:
    """Whom the register has checked, and the restrictions of those who have one."""
    data = tree.typed(
        "data", namespace=NAMESPACE, kind="RestrictionList", content=[("query", tree.text(question.data, "query"))]
    )
    known = [one for one in map(question.resident, tree.texts(question.data, "person/iin")) if one]
    for person in known:
        etree.SubElement(data, "checked").text = person.iin
    for person in known:
        if person.gambling_until:
            first = f"{int(person.gambling_until[:4]) - 5}{person.gambling_until[4:8]}01"
            etree.SubElement(
                data,
                "restriction",
                {"iin": person.iin, "from": first, "to": person.gambling_until, "basis": "own_request"},
            )
    return data


def _ends_before_start(data: etree._Element) -> None:
    for restriction in data.iterfind("restriction"):
        restriction.set("to", "1999-01-01")


def _unchecked_person(data: etree._Element) -> None:
    for restriction in data.iterfind("restriction"):
        restriction.set("iin", "900101100014")


REGISTER = Register(
    "DEMEU_MTS_GAMBLING",
    NAMESPACE,
    "mts.xsd",
    "RestrictionQuery",
    people=lambda data: tree.texts(data, "person/iin"),
    answer=answer,
    own_faults={"ends_before_start": _ends_before_start, "unchecked_person": _unchecked_person},
)
