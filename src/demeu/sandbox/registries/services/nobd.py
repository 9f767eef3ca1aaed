"""НОБД, the education database (`DEMEU_NOBD_EDUCATION`): enrolment. Schema not confirmed with the operator."""

from datetime import date
from typing import Any

from lxml import etree

from demeu.sandbox.registries import names, tree
from demeu.sandbox.registries.household import Resident
from demeu.sandbox.registries.services.register import Question, Register

NAMESPACE = "urn:sandbox:nobd:enrolment:1"
KNOWN_UNTIL_YEARS = 23


def answer(question: Question) -> etree._Element:
    """Learners and people young enough to be known; everybody else is left out."""
    known = [question.resident(iin) for iin in tree.texts(question.data, "iin")]
    learners = [_learner(one) for one in known if one and _is_known(one, question.at.date())]
    content = [
        ("requestNumber", tree.text(question.data, "requestNumber")),
        *tree.pairs("learner", learners),
    ]
    return tree.typed("data", namespace=NAMESPACE, kind="EnrolmentResponse", content=content)


def _is_known(person: Resident, today: date) -> bool:
    years = (today - date.fromisoformat(person.birth_date)).days / 365.25
    return bool(person.level) or years < KNOWN_UNTIL_YEARS


def _learner(person: Resident) -> list[tuple[str, Any]]:
    return [
        ("iin", person.iin),
        ("level", person.level or "none"),
        ("institutionName", person.institution or None),
        ("institutionBin", names.INSTITUTION_BIN if person.institution else None),
        ("grade", person.grade or None),
    ]


def _grade_out_of_range(data: etree._Element) -> None:
    for grade in data.iterfind("learner/grade"):
        grade.text = "13"


def _unknown_learner(data: etree._Element) -> None:
    for learner in data.findall("learner"):
        data.remove(learner)


REGISTER = Register(
    "DEMEU_NOBD_EDUCATION",
    NAMESPACE,
    "nobd.xsd",
    "EnrolmentRequest",
    people=lambda data: tree.texts(data, "iin"),
    answer=answer,
    own_faults={"grade_out_of_range": _grade_out_of_range, "unknown_learner": _unknown_learner},
)
