"""ГКБ, the State Credit Bureau (`DEMEU_GKB_CREDIT`): all creditors must report.

Schema not confirmed with the operator.
"""

from lxml import etree

from demeu.sandbox.registries import tree
from demeu.sandbox.registries.household import Resident
from demeu.sandbox.registries.services.register import Question, Register

NAMESPACE = "urn:sandbox:gkb:credit:1"


def answer(question: Question) -> etree._Element:
    """For every known subject the contracts, facts in attributes."""
    data = tree.typed(
        "data",
        namespace=NAMESPACE,
        kind="CreditRegisterResponse",
        content=[("number", tree.text(question.data, "number"))],
    )
    for iin in tree.texts(question.data, "subject/iin"):
        person = question.resident(iin)
        if person:
            _subject(data, person)
    return data


def _subject(data: etree._Element, person: Resident) -> None:
    subject = etree.SubElement(data, "subject", iin=person.iin)
    for credit in person.credits:
        if "gkb" in credit.bureaus:
            etree.SubElement(
                subject,
                "contract",
                creditor=credit.creditor,
                kind=credit.kind,
                opened=credit.opened,
                balance=tree.tenge(credit.balance_tiyn),
                overdueAmount=tree.tenge(credit.overdue_tiyn),
                overdueDays=str(credit.overdue_days),
            )


REGISTER = Register(
    "DEMEU_GKB_CREDIT",
    NAMESPACE,
    "gkb.xsd",
    "CreditRegisterRequest",
    people=lambda data: tree.texts(data, "subject/iin"),
    answer=answer,
)
