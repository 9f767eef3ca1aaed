"""ГКБ: loans, overdue sums and days of every adult. Reporting to it is mandatory, so it is asked and believed first."""

from demeu.vault.households.registries.credit import credit_facts
from demeu.vault.households.registries.exchange import (
    Asked,
    Element,
    Exchange,
    Fields,
    TypedFact,
    Unreadable,
    adapter_schema,
    tiyn_of,
)
from demeu.vault.households.registries.profile import MONEY_USES, NOT_CONFIRMED, Profile

HOME_KINDS = ("rent", "utilities", "communal")
PROFILE = Profile(uses=MONEY_USES, basis=NOT_CONFIRMED, fresh_days=10)
FIELDS = {
    "subject/contract": "has_credit",
    "subject/contract/@overdueDays": "overdue_days",
    "subject/contract/@overdueAmount": "overdue_tiyn",
    "subject/contract/@balance": "debt_balance_tiyn",
    "subject/contract[@kind='rent']/@overdueAmount": "home_arrears_tiyn",
}


def requests(asked: Asked, number: str) -> list[Fields]:
    """One question: all adults. (`subject/iin` is a path: each subject holds one iin.)"""
    return [[("number", number), *(("subject/iin", iin) for iin in asked.adults)]]


def read(data: Element) -> list[TypedFact]:
    """Credit facts of each subject answered about; a subject without contracts has no credit."""
    facts: list[TypedFact] = []
    for subject in data.findall("subject"):
        loans = [
            (
                tiyn_of(contract.get("balance", "")),
                tiyn_of(contract.get("overdueAmount", "")),
                _days(contract.get("overdueDays", "")),
            )
            for contract in subject.findall("contract")
        ]
        if any(overdue and not days for _, overdue, days in loans):
            raise Unreadable("overdue for no days")
        facts.extend(credit_facts(subject.get("iin", ""), loans))
        rent = [tiyn_of(c.get("overdueAmount", "")) for c in subject.findall("contract") if c.get("kind") in HOME_KINDS]
        if any(rent):
            facts.append(TypedFact("home_arrears_tiyn", str(sum(rent)), subject.get("iin", "")))
    return facts


def _days(text: str) -> int:
    if not text.isdecimal() or len(text) > 5:
        raise Unreadable("overdueDays")
    return int(text)


EXCHANGES = (
    Exchange(
        service_id="DEMEU_GKB_CREDIT",
        namespace="urn:sandbox:gkb:credit:1",
        request_type="CreditRegisterRequest",
        answer_type="CreditRegisterResponse",
        schema=adapter_schema(__file__),
        requests=requests,
        read=read,
    ),
)
