"""What gifts have done over time, and why a case is proposed. Pure: values in, values out."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from demeu.contracts.treasury import OwnGift
from demeu.kernel.clock import ALMATY
from demeu.portal.ui.money_states import MoneyStates

MONTHS = 12
STATES = ("delivered", "paid", "held", "received")


class Place(Protocol):
    """What of a case matters here."""

    group: str
    region_kato: str


@dataclass(frozen=True)
class Month:
    """Gifts of one month: its first day, and where they are now."""

    first: date
    money: MoneyStates


@dataclass(frozen=True)
class Share:
    """What went to one group or region: families, and the sum in tiyn."""

    code: str
    families: int
    amount_tiyn: int


@dataclass(frozen=True)
class Impact:
    """All gifts of a donor, added up in the ways that the pages show."""

    money: MoneyStates
    months: tuple[Month, ...]
    groups: tuple[Share, ...]
    regions: tuple[Share, ...]
    families: int
    gifts: int


def money_of(gifts: Iterable[OwnGift]) -> MoneyStates:
    """Where the money of these gifts is."""
    sums = dict.fromkeys(STATES, 0)
    for gift in gifts:
        for part in gift.parts:
            sums[part.state] += part.amount_tiyn
    return MoneyStates(sums["delivered"], sums["paid"], sums["held"], sums["received"])


def of_year(gifts: Iterable[OwnGift], year: int) -> list[OwnGift]:
    """Gifts received in a year of Kazakhstan."""
    return [gift for gift in gifts if gift.received_at.astimezone(ALMATY).year == year]


def impact(gifts: Sequence[OwnGift], cases: Mapping[UUID, Place], today: date) -> Impact:
    """The last twelve months, and families and sums by group and by region of all time."""
    by_group: dict[str, dict[UUID, int]] = defaultdict(lambda: defaultdict(int))
    by_region: dict[str, dict[UUID, int]] = defaultdict(lambda: defaultdict(int))
    for case, amount_tiyn in _by_case(gifts).items():
        if case in cases:
            by_group[cases[case].group][case] += amount_tiyn
            by_region[cases[case].region_kato[:2]][case] += amount_tiyn
    return Impact(
        money_of(gifts), _months(gifts, today), _shares(by_group), _shares(by_region),
        len(_by_case(gifts)), len(gifts),
    )  # fmt: skip


def _by_case(gifts: Iterable[OwnGift]) -> dict[UUID, int]:
    found: dict[UUID, int] = defaultdict(int)
    for gift in gifts:
        for part in gift.parts:
            if part.case is not None:
                found[part.case] += part.amount_tiyn
    return found


def _shares(found: Mapping[str, Mapping[UUID, int]]) -> tuple[Share, ...]:
    rows = [Share(code, len(own), sum(own.values())) for code, own in found.items()]
    return tuple(sorted(rows, key=lambda row: (-row.amount_tiyn, row.code)))


def _months(gifts: Iterable[OwnGift], today: date) -> tuple[Month, ...]:
    firsts = [month_before(today, back) for back in reversed(range(MONTHS))]
    found: dict[date, list[OwnGift]] = {first: [] for first in firsts}
    for gift in gifts:
        first = gift.received_at.astimezone(ALMATY).date().replace(day=1)
        if first in found:
            found[first].append(gift)
    return tuple(Month(first, money_of(own)) for first, own in found.items())


def month_before(day: date, back: int) -> date:
    """The first day of the month so many months before that of a day."""
    months = day.year * 12 + day.month - 1 - back
    return date(months // 12, months % 12 + 1, 1)


@dataclass(frozen=True)
class Reason:
    """Why a case is proposed: which of the donor's own choices it answers."""

    group: bool
    region: bool
    closes_tiyn: int | None


def reason_of(
    case: Place, rest_tiyn: int, *, groups: Sequence[str], regions: Sequence[str], budget_tiyn: int | None
) -> Reason | None:
    """None when the case answers none of the choices, or misses one of those made."""
    in_group, in_region = case.group in groups, case.region_kato[:2] in regions
    if (groups and not in_group) or (regions and not in_region):
        return None
    closes = budget_tiyn is not None and 0 < rest_tiyn <= budget_tiyn
    if not (in_group or in_region or closes):
        return None
    return Reason(in_group, in_region, rest_tiyn if closes else None)
