"""What a company may pledge, which gifts it doubles, and by how much. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from demeu.contracts.treasury import PROGRAMMES
from demeu.kernel.errors import invalid

FOR_GIFTS = ("group", "region", "programme", "fund", "sustainability", "reserve")
FOR_MATCHES = ("group", "region", "programme", "fund")
NOT_DOUBLED = ("sustainability", "reserve")


class Kind(StrEnum):
    """One gift, or doubling others'."""

    GIFT = "gift"
    MATCH = "match"


class Rest(StrEnum):
    """What becomes of money that matched nothing until the end."""

    GIVE = "give"
    RETURN = "return"


@dataclass(frozen=True)
class Purpose:
    """What a gift was given for, with group and region of the case it names."""

    kind: str
    code: str = ""
    group: str = ""
    region_kato: str = ""


@dataclass(frozen=True)
class Candidate:
    """A gift of somebody else that the bank has confirmed; `for_needs_tiyn` is what of it is for needs."""

    gift: UUID
    for_needs_tiyn: int


def check_pledge(*, kind: Kind, target: str, until: datetime | None, now: datetime) -> None:
    """A purpose of many needs, and an end that is ahead for doubling: `pledge.target`, `pledge.until`."""
    if target not in (FOR_MATCHES if kind is Kind.MATCH else FOR_GIFTS):
        raise invalid("pledge.target", kind=target)
    if (kind is Kind.MATCH) != (until is not None) or (until is not None and until <= now):
        raise invalid("pledge.until")


def doubles(*, target: str, code: str, purpose: Purpose) -> bool:
    """Whether a pledge for a target doubles a gift: one for the same, or for a case or item that belongs to it."""
    if purpose.kind in NOT_DOUBLED:
        return False
    if target == "fund":
        return True
    if purpose.kind == target:
        return purpose.code == code
    if purpose.kind not in ("case", "item"):
        return False
    if target == "group":
        return purpose.group == code
    if target == "region":
        return purpose.region_kato[:2] == code[:2]
    return PROGRAMMES[code].takes(group=purpose.group, region_kato=purpose.region_kato)


def matched(candidates: Iterable[Candidate], *, left_tiyn: int) -> Iterator[tuple[UUID, int]]:
    """Gift after gift in the order in which the bank confirmed them, each doubled as far as the limit goes."""
    for one in candidates:
        part = min(one.for_needs_tiyn, left_tiyn)
        if part <= 0:
            continue
        left_tiyn -= part
        yield one.gift, part


def state_of(*, kind: Kind, paid: bool, ended: bool, matched_tiyn: int, amount_tiyn: int) -> str:
    """A pledge's state in one word."""
    if not paid:
        return "invoiced"
    if kind is Kind.GIFT:
        return "paid"
    if matched_tiyn == amount_tiyn:
        return "matched"
    return "ended" if ended else "matching"
