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


def _overdue_without_days(data: etree._Element) -> None:
    for contract in data.iterfind("subject/contract"):
        contract.set("overdueAmount", "1000.00")
        contract.set("overdueDays", "0")


def _unknown_subject(data: etree._Element) -> None:
    for subject in data.findall("subject"):
        data.remove(subject)


REGISTER = Register(
    "DEMEU_GKB_CREDIT",
    NAMESPACE,
    "gkb.xsd",
    "CreditRegisterRequest",
    people=lambda data: tree.texts(data, "subject/iin"),
    answer=answer,
    own_faults={"overdue_without_days": _overdue_without_days, "unknown_subject": _unknown_subject},
)
