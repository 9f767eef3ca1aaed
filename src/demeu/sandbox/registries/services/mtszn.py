"""ИС МТСЗН (`DEMEU_MTSZN_SOCIAL`): disability, official category, benefits.

Schema not confirmed with the operator.
"""

from typing import Any

from lxml import etree

from demeu.sandbox.registries import tree
from demeu.sandbox.registries.household import Resident
from demeu.sandbox.registries.services.register import Question, Register

NAMESPACE = "urn:sandbox:mtszn:social:1"
_PAID_BY_STATE = ("benefit", "pension")


def answer(question: Question) -> etree._Element:
    """Everybody in the household of the IIN; nobody when there is no such household."""
    home = question.household_of(tree.text(question.data, "iin"))
    content = [
        ("requestNumber", tree.text(question.data, "requestNumber")),
        ("officialCategory", home.official_category if home else None),
        *tree.pairs("person", [_person(one) for one in (home.members if home else ())]),
    ]
    return tree.typed("data", namespace=NAMESPACE, kind="SocialStatusResponse", content=content)


def _person(person: Resident) -> list[tuple[str, Any]]:
    paid = [
        [("code", source), ("monthly", tree.tenge(amount))]
        for source, amount in person.incomes
        if source in _PAID_BY_STATE
    ]
    return [
        ("iin", person.iin),
        ("disabilityGroup", person.disability_group),
        ("disabilityChildhood", person.disability_childhood),
        *tree.pairs("status", person.statuses),
        *tree.pairs("benefit", paid),
    ]


def _group_out_of_range(data: etree._Element) -> None:
    for group in data.iterfind("person/disabilityGroup"):
        group.text = "4"


def _stranger(data: etree._Element) -> None:
    for iin in data.iterfind("person/iin"):
        iin.text = "900101100014"


REGISTER = Register(
    "DEMEU_MTSZN_SOCIAL",
    NAMESPACE,
    "mtszn.xsd",
    "SocialStatusRequest",
    people=lambda data: tree.texts(data, "iin"),
    answer=answer,
    own_faults={"group_out_of_range": _group_out_of_range, "stranger": _stranger},
)
