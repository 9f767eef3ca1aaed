"""What sums a gift may have, which are offered, what a gift may be for, and what news does to our copy. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal, cast, get_args
from uuid import UUID

from demeu.contracts.treasury import AMOUNT_TIYN_MAX, PROGRAMMES
from demeu.contracts.words import NeedGroup
from demeu.kernel.errors import Refusal, conflict, invalid
from demeu.kernel.money import parse_tenge

AMOUNT_TIYN_MIN = 10_000
OFFERED_TIYN = (250_000, 750_000, 1_500_000)
TILES_MAX = 4
KATO_LENGTH = 9

TargetKind = Literal["case", "item", "group", "region", "programme", "fund", "sustainability", "reserve"]
TARGET_KINDS: tuple[TargetKind, ...] = get_args(TargetKind)
POOLED: tuple[TargetKind, ...] = ("group", "region", "programme", "fund", "sustainability", "reserve")
WHOLE_FUNDS: tuple[TargetKind, ...] = ("fund", "sustainability", "reserve")
Fallback = Literal["same_group", "same_region", "most_urgent", "ask", "return"]
FALLBACKS: tuple[Fallback, ...] = ("same_group", "same_region", "most_urgent", "ask", "return")
POOLED_FALLBACKS: tuple[Fallback, ...] = ("most_urgent", "ask", "return")
GATEWAYS = ("halyk", "kaspi", "freedom", "tiptop", "transfer")
DEDICATIONS = ("birthday", "wedding", "newborn", "memory", "health", "thanks")


class IntentState(StrEnum):
    """What the portal has heard of a gift; the treasury knows better and is asked first."""

    STARTED = "started"
    RECEIVED = "received"
    DECLINED = "declined"
    EXPIRED = "expired"
    REFUNDED = "refunded"
    CHARGED_BACK = "charged_back"


@dataclass(frozen=True)
class Wanted:
    """What a gift is for, as the address says it: a case number, an item, a group, a region, or the fund."""

    kind: TargetKind
    text: str

    @property
    def query(self) -> str:
        """The part of an address that says the same again."""
        return f"{self.kind}={self.text}"


def amount_of(text: str) -> int:
    """The sum that a donor wrote, in tiyn.

    Refuses `money.unreadable`, `money.too_large`, `gift.too_small`, `gift.too_large`.
    """
    amount = int(parse_tenge(text))
    if amount < AMOUNT_TIYN_MIN:
        raise invalid("gift.too_small", least_tiyn=AMOUNT_TIYN_MIN)
    if amount > AMOUNT_TIYN_MAX:
        raise invalid("gift.too_large", most_tiyn=AMOUNT_TIYN_MAX)
    return amount


def within_limit(amount_tiyn: int) -> int:
    """A sum that one payment may have: `gift.too_large`."""
    if amount_tiyn > AMOUNT_TIYN_MAX:
        raise invalid("gift.too_large", most_tiyn=AMOUNT_TIYN_MAX)
    return amount_tiyn


def addition_of(text: str) -> int:
    """What a donor adds for running the platform, in tiyn; 0 when nothing is written.

    Refuses `money.unreadable`, `money.too_large`, `gift.too_large`.
    """
    amount = int(parse_tenge(text)) if text.strip() else 0
    return within_limit(amount)


def offered_amounts(left_tiyn: int | None, unit_prices: Mapping[str, int]) -> list[tuple[int, str]]:
    """At most four sums with the reason of each: `item:<code>` one thing, `part` a share, `whole` all that is left.

    Never more than is left, smallest first, each sum once.
    """
    least = AMOUNT_TIYN_MIN
    found: dict[int, str] = dict.fromkeys(OFFERED_TIYN, "part")
    cheapest = min(unit_prices.items(), key=lambda pair: pair[1], default=None)
    if cheapest and cheapest[1] >= least:
        found[cheapest[1]] = f"item:{cheapest[0]}"
    if left_tiyn is not None:
        found = {amount: why for amount, why in found.items() if amount < left_tiyn}
        if least <= left_tiyn <= AMOUNT_TIYN_MAX:
            found[left_tiyn] = "whole"
    rows = sorted(found.items())
    while len(rows) > TILES_MAX:
        rows.remove(next(row for row in rows if row[1] == "part"))
    return rows


def wanted_of(given: Mapping[str, str]) -> Wanted:
    """The one target that an address or a form names; `gift.no_target` when it names none, several or nonsense."""
    named = [(kind, given[kind].strip()) for kind in TARGET_KINDS if given.get(kind, "").strip()]
    if len(named) != 1:
        raise invalid("gift.no_target")
    kind, text = named[0]
    return Wanted(kind, _checked(kind, text))


def _checked(kind: TargetKind, text: str) -> str:
    if kind == "group" and text in set(NeedGroup):
        return text
    if kind == "region" and text.isascii() and text.isdigit() and len(text) in (2, KATO_LENGTH):
        return text.ljust(KATO_LENGTH, "0")
    if kind in WHOLE_FUNDS and text == "1":
        return text
    if kind == "programme" and text in PROGRAMMES:
        return text
    if kind == "item":
        return str(uuid_of(text))
    if kind == "case" and len(text) <= 10 and "\x00" not in text:
        return text
    raise invalid("gift.no_target")


def uuid_of(text: str) -> UUID:
    """A UUID; `gift.no_target` for anything else."""
    try:
        return UUID(text)
    except ValueError:
        raise invalid("gift.no_target") from None


def check_currency(currency: str) -> None:
    """Gifts are in tenge only: `gift.currency`."""
    if currency and currency != "KZT":
        raise invalid("gift.currency")


def check_same_gift(*, known: Sequence[object], asked: Sequence[object], known_tiyn: int) -> None:
    """A form sent twice is one gift; a changed one under the same id is refused: `gift.changed`."""
    if tuple(known) != tuple(asked):
        raise conflict("gift.changed", known_tiyn=known_tiyn)


def heard(state: IntentState, news: str) -> IntentState:
    """Our copy after news: money that came counts however late; only its going back undoes it."""
    gone = (IntentState.REFUNDED, IntentState.CHARGED_BACK)
    if state in gone or news == IntentState.STARTED or (state == IntentState.RECEIVED and news not in gone):
        return state
    known = cast(frozenset[str], frozenset(IntentState))
    return IntentState(news) if news in known else state


def fallbacks_for(kind: str) -> tuple[Fallback, ...]:
    """What can be chosen for a surplus: for a pool its own group or region is no other choice."""
    return FALLBACKS if kind in ("case", "item") else POOLED_FALLBACKS


def check_monthly(*, kind: str, signed_in: bool) -> None:
    """Every month only for what goes on, and for a donor whom we can tell: `monthly.one_need`, `monthly.sign_in`."""
    if kind not in POOLED:
        raise invalid("monthly.one_need")
    if not signed_in:
        raise invalid("monthly.sign_in")


def is_amount_problem(refusal: Refusal) -> bool:
    """Whether the sum is what does not fit, so that the reason stands at its field."""
    return refusal.code.startswith("money.") or refusal.code in ("gift.too_small", "gift.too_large")
