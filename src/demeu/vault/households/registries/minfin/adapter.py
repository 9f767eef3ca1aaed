"""Minfin: official income of every member over twelve full months; the fact is the average of a month."""

from datetime import date

from demeu.vault.households.registries.exchange import (
    Asked,
    Element,
    Exchange,
    Fields,
    TypedFact,
    adapter_schema,
    many,
    text,
    tiyn_of,
)
from demeu.vault.households.registries.profile import MONEY_USES, NOT_CONFIRMED, Profile

MONTHS = 12
PROFILE = Profile(uses=MONEY_USES, basis=NOT_CONFIRMED, fresh_days=30)
FIELDS = {"taxpayer/entry/amount": "income_monthly_tiyn", "taxpayer/entry[source]/amount": "income_*_monthly_tiyn"}


def requests(asked: Asked, number: str) -> list[Fields]:
    """One question: all members, the twelve full months before the day."""
    last = _months_before(asked.on, 1)
    first = _months_before(asked.on, MONTHS)
    return [[("requestNumber", number), *many("iin", asked.members), ("from", first), ("to", last)]]


def _months_before(day: date, count: int) -> str:
    index = day.year * 12 + day.month - 1 - count
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def read(data: Element) -> list[TypedFact]:
    """The month's average of all sources (tiyn, rounded down), and the average of each source by itself."""
    facts: list[TypedFact] = []
    for taxpayer in data.findall("taxpayer"):
        iin = text(taxpayer, "iin")
        sums: dict[str, int] = {}
        for entry in taxpayer.findall("entry"):
            source = text(entry, "source")
            sums[source] = sums.get(source, 0) + tiyn_of(text(entry, "amount"))
        facts.append(TypedFact("income_monthly_tiyn", str(sum(sums.values()) // MONTHS), iin))
        facts.extend(
            TypedFact(f"income_{source}_monthly_tiyn", str(amount // MONTHS), iin) for source, amount in sums.items()
        )
    return facts


EXCHANGES = (
    Exchange(
        service_id="DEMEU_MINFIN_INCOME",
        namespace="urn:sandbox:minfin:income:1",
        request_type="IncomeQuery",
        answer_type="IncomeStatement",
        schema=adapter_schema(__file__),
        requests=requests,
        read=read,
    ),
)
