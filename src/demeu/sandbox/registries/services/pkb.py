"""ПКБ, the First Credit Bureau (`DEMEU_PKB_CREDIT`): a report as an escaped document.

Schema not confirmed with the operator.
"""

from typing import Any

from lxml import etree

from demeu.sandbox.registries import tree
from demeu.sandbox.registries.household import Credit
from demeu.sandbox.registries.schemas import document_schema, first_fault
from demeu.sandbox.registries.services.register import Declined, Question, Register

NAMESPACE = "urn:sandbox:pkb:report:1"
_NSMAP: Any = {None: NAMESPACE}


def answer(question: Question) -> etree._Element:
    """`data` with the report as its text; without loans when nothing was reported or nobody has the IIN."""
    iin = tree.text(question.data, "documentNumber")
    person = question.resident(iin)
    report = etree.Element(f"{{{NAMESPACE}}}CreditReport", nsmap=_NSMAP, IIN=iin)
    for credit in person.credits if person else ():
        if "pkb" in credit.bureaus:
            _loan(report, credit)
    fault = first_fault(document_schema("pkb.xsd"), report)
    if fault:
        raise Declined("SCSE003", fault)
    data = etree.Element("data")
    data.text = etree.tostring(report, encoding="unicode")
    return data


def _loan(report: etree._Element, credit: Credit) -> None:
    loan = etree.SubElement(report, f"{{{NAMESPACE}}}Loan")
    for name, value in (
        ("Creditor", credit.creditor),
        ("Outstanding", tree.tenge(credit.balance_tiyn)),
        ("PastDue", tree.tenge(credit.overdue_tiyn)),
        ("PastDueDays", str(credit.overdue_days)),
    ):
        etree.SubElement(loan, f"{{{NAMESPACE}}}{name}").text = value


def _other_person(data: etree._Element) -> None:
    report = etree.fromstring(data.text or "")
    report.set("IIN", "900101100014")
    data.text = etree.tostring(report, encoding="unicode")


def _empty_report(data: etree._Element) -> None:
    report = etree.fromstring(data.text or "")
    for loan in list(report):
        report.remove(loan)
    data.text = etree.tostring(report, encoding="unicode")


REGISTER = Register(
    "DEMEU_PKB_CREDIT",
    NAMESPACE,
    "pkb.xsd",
    "ReportRequest",
    people=lambda data: tree.texts(data, "documentNumber"),
    answer=answer,
    validates_answer=False,
    own_faults={"other_person": _other_person, "empty_report": _empty_report},
)
