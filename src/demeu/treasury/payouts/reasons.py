"""Why an approver should look closely at a payout: pure rules, with the published numbers of reasons.yaml."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from statistics import median
from typing import Any
from uuid import UUID

import yaml

from demeu.kernel.errors import invalid

FILE = Path(__file__).with_name("reasons.yaml")
TIYN = 100
# Makes the median absolute deviation comparable with a standard deviation.
MAD_SCALE = 0.6745
QUOTES_MAX = 3
SIGNS = (
    "account_shared",
    "account_changed",
    "account_unchecked",
    "name_differs",
    "natural_person",
    "related_officer",
    "related_donor",
)


@dataclass(frozen=True)
class Numbers:
    """One release of the published numbers."""

    begins: date
    changed_account_hold: timedelta
    history: timedelta
    known_values_min: int
    z_max: float
    flat_ratio_max: float
    quotes_wanted: int
    quotes_wanted_large: int
    large_price_tiyn: int


@dataclass(frozen=True)
class Reason:
    """A code with the facts that explain it: sums in tiyn, counts, references."""

    code: str
    facts: Mapping[str, str | int]


@dataclass(frozen=True)
class Outlier:
    """A value far from the known ones: their median and number, and how many scaled deviations away it is."""

    median: float
    count: int
    z: float


@dataclass(frozen=True)
class QuoteSeen:
    """One quote with the unit prices known for the same thing."""

    item: UUID
    price_tiyn: int
    quantity: int
    chosen: bool
    known_unit_tiyn: Sequence[int]


@dataclass(frozen=True)
class Seen:
    """Everything that the rules look at."""

    amount_tiyn: int
    items: Sequence[UUID]
    items_tiyn: int
    signs: Sequence[str]
    paid_before_tiyn: Sequence[int]
    same_number: Sequence[UUID]
    quotes: Sequence[QuoteSeen]
    used_before: Sequence[tuple[str, str]]


@lru_cache(maxsize=1)
def releases() -> tuple[Numbers, ...]:
    """All releases of the numbers, the oldest first."""
    return tuple(_numbers(row) for row in yaml.safe_load(FILE.read_text())["releases"])


def numbers_on(day: date) -> Numbers:
    """The numbers in force on a day (the first release before its time)."""
    return next((one for one in reversed(releases()) if one.begins <= day), releases()[0])


def outlier(value: int, known: Sequence[int], numbers: Numbers) -> Outlier | None:
    """Whether a positive value lies outside of the known ones, by the modified z-score of logarithms."""
    positive = [one for one in known if one > 0]
    if value <= 0 or len(positive) < numbers.known_values_min:
        return None
    logs = [math.log(one) for one in positive]
    middle = median(logs)
    spread = median(abs(one - middle) for one in logs)
    away = abs(math.log(value) - middle)
    if spread < 1e-9:
        far, z = away > math.log(numbers.flat_ratio_max), away / math.log(numbers.flat_ratio_max)
    else:
        z = MAD_SCALE * away / spread
        far = z > numbers.z_max
    return Outlier(math.exp(middle), len(positive), z) if far else None


def check_quotes(items: Sequence[UUID], quotes: Sequence[tuple[UUID, bool]]) -> None:
    """Each quoted item is paid for, has one to three quotes, and one of them is chosen: `payout.quotes_wrong`."""
    for item in {item for item, _ in quotes}:
        own = [chosen for quoted, chosen in quotes if quoted == item]
        if item not in items or len(own) > QUOTES_MAX or own.count(True) != 1:
            raise invalid("payout.quotes_wrong", item=str(item))


def reasons(seen: Seen, numbers: Numbers) -> list[Reason]:
    """Everything worth a second look, in a fixed order."""
    found = [Reason(f"payee.{sign}", {}) for sign in SIGNS if sign in seen.signs]
    if not seen.paid_before_tiyn:
        found.append(Reason("payee.new", {}))
    strange = outlier(seen.amount_tiyn, seen.paid_before_tiyn, numbers)
    if strange is not None:
        found.append(Reason("amount.unusual", {"median_tiyn": round(strange.median), "count": strange.count}))
    if seen.amount_tiyn > seen.items_tiyn:
        found.append(Reason("amount.above_items", {"items_tiyn": seen.items_tiyn}))
    found += [Reason("invoice.same_number", {"payout": str(other)}) for other in seen.same_number]
    found += [Reason("paper.used_before", {"how": how, "subject": subject}) for how, subject in seen.used_before]
    for item in seen.items:
        found += _of_quotes(item, [quote for quote in seen.quotes if quote.item == item], numbers)
    return found


def held_until(changed_at: datetime | None, numbers: Numbers) -> datetime | None:
    """When the hold after a changed account ends; None without a change."""
    return None if changed_at is None else changed_at + numbers.changed_account_hold


def _of_quotes(item: UUID, quotes: Sequence[QuoteSeen], numbers: Numbers) -> list[Reason]:
    found = []
    large = max((quote.price_tiyn for quote in quotes), default=0) >= numbers.large_price_tiyn
    wanted = numbers.quotes_wanted_large if large else numbers.quotes_wanted
    if len(quotes) < wanted:
        found.append(Reason("quotes.too_few", {"item": str(item), "count": len(quotes), "wanted": wanted}))
    for quote in quotes:
        strange = outlier(quote.price_tiyn // quote.quantity, quote.known_unit_tiyn, numbers)
        if strange is not None:
            facts: dict[str, str | int] = {"item": str(item), "price_tiyn": quote.price_tiyn // quote.quantity}
            facts |= {"median_tiyn": round(strange.median), "count": strange.count}
            found.append(Reason("price.outlier", facts))
    chosen = [quote.price_tiyn for quote in quotes if quote.chosen]
    cheapest = min((quote.price_tiyn for quote in quotes), default=0)
    if chosen and chosen[0] > cheapest:
        dearer: dict[str, str | int] = {"item": str(item), "price_tiyn": chosen[0], "cheapest_tiyn": cheapest}
        found.append(Reason("quotes.not_cheapest", dearer))
    return found


def _numbers(row: Mapping[str, Any]) -> Numbers:
    return Numbers(
        begins=row["from"],
        changed_account_hold=timedelta(hours=row["changed_account_hold_h"]),
        history=timedelta(days=row["history_days"]),
        known_values_min=row["known_values_min"],
        z_max=row["z_max"],
        flat_ratio_max=row["flat_ratio_max"],
        quotes_wanted=row["quotes_wanted"],
        quotes_wanted_large=row["quotes_wanted_large"],
        large_price_tiyn=row["large_price_tenge"] * TIYN,
    )
