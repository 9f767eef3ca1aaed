"""ИС Минфина (`DEMEU_MINFIN_INCOME`): official income by month and source. Schema not confirmed with the operator."""

from typing import Any

from lxml import etree

from demeu.sandbox.registries import tree
from demeu.sandbox.registries.household import Resident
from demeu.sandbox.registries.services.register import Declined, Question, Register

NAMESPACE = "urn:sandbox:minfin:income:1"
MONTHS_MAX = 36


def answer(question: Question) -> etree._Element:
    """For every known person the entries of the months asked for, both ends included."""
    months = _months(tree.text(question.data, "from"), tree.text(question.data, "to"))
    known = [question.resident(iin) for iin in tree.texts(question.data, "iin")]
    content = [
        ("requestNumber", tree.text(question.data, "requestNumber")),
        *tree.pairs("taxpayer", [_taxpayer(one, months) for one in known if one]),
    ]
    return tree.typed("data", namespace=NAMESPACE, kind="IncomeStatement", content=content)


def _months(first: str, last: str) -> list[str]:
    begin, end = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (first, last))
    if not begin <= end < begin + MONTHS_MAX:
        raise Declined("SCSE002", "the period is empty or longer than 36 months")
    return [f"{number // 12:04d}-{number % 12 + 1:02d}" for number in range(begin, end + 1)]


def _taxpayer(person: Resident, months: list[str]) -> list[tuple[str, Any]]:
    entries = [
        [("month", month), ("source", source), ("amount", tree.tenge(amount))]
        for month in months
        for source, amount in person.incomes
    ]
    return [("iin", person.iin), *tree.pairs("entry", entries)]


def _negative_amount(data: etree._Element) -> None:
    for amount in data.iterfind("taxpayer/entry/amount"):
        amount.text = f"-{amount.text}"


def _no_entries(data: etree._Element) -> None:
    for taxpayer in data.iterfind("taxpayer"):
        for entry in taxpayer.findall("entry"):
            taxpayer.remove(entry)


REGISTER = Register(
    "DEMEU_MINFIN_INCOME",
    NAMESPACE,
    "minfin.xsd",
    "IncomeQuery",
    people=lambda data: tree.texts(data, "iin"),
    answer=answer,
    own_faults={"negative_amount": _negative_amount, "no_entries": _no_entries},
)
