"""ПКБ: a credit report for each adult, an escaped document. Reporting to it is voluntary: it only fills gaps of ГКБ."""

from demeu.vault.households.registries.credit import credit_facts
from demeu.vault.households.registries.exchange import (
    Asked,
    Element,
    Exchange,
    Fields,
    TypedFact,
    adapter_schema,
    tiyn_of,
)
from demeu.vault.households.registries.profile import MONEY_USES, NOT_CONFIRMED, Profile

NAMESPACE = "urn:sandbox:pkb:report:1"
IIN_DOCUMENT = "14"
PROFILE = Profile(uses=MONEY_USES, basis=NOT_CONFIRMED, fresh_days=10)
FIELDS = {
    "Loan": "has_credit",
    "Loan/PastDueDays": "overdue_days",
    "Loan/PastDue": "overdue_tiyn",
    "Loan/Outstanding": "debt_balance_tiyn",
}


def requests(asked: Asked, number: str) -> list[Fields]:
    """A question for each adult."""
    return [[("documentType", IIN_DOCUMENT), ("documentNumber", iin)] for iin in asked.adults]


def read(report: Element) -> list[TypedFact]:
    """Credit facts of the person whose report it is. Without loans nothing is said: nothing may have been reported."""
    loans = [
        (
            tiyn_of(loan.findtext(f"{{{NAMESPACE}}}Outstanding", "")),
            tiyn_of(loan.findtext(f"{{{NAMESPACE}}}PastDue", "")),
            int(loan.findtext(f"{{{NAMESPACE}}}PastDueDays", "0")),
        )
        for loan in report.findall(f"{{{NAMESPACE}}}Loan")
    ]
    return credit_facts(report.get("IIN", ""), loans) if loans else []


EXCHANGES = (
    Exchange(
        service_id="DEMEU_PKB_CREDIT",
        namespace=NAMESPACE,
        request_type="ReportRequest",
        answer_type="",
        schema=adapter_schema(__file__),
        requests=requests,
        read=read,
        escaped_root=f"{{{NAMESPACE}}}CreditReport",
    ),
)
