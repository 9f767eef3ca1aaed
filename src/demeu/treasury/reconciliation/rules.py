"""What a statement line is about. Pure."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from demeu.kernel.errors import conflict, forbidden, invalid

CURRENCY = "KZT"
SETTLEMENT = re.compile(r"(?:EPAY|KASPI|FREEDOM|TIPTOP|TRANSFER)/(\d{6,15})/\S*")
PATIENCE = timedelta(minutes=30)
OWNER = "role:fund_staff"


class Kind(StrEnum):
    """What a line is."""

    SETTLEMENT = "settlement"
    PAYMENT = "payment"
    RETURN = "return"
    REFUND = "refund"
    UNMATCHED = "unmatched"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Meaning:
    """The kind of a line with the order or payout that it names."""

    kind: Kind
    order_number: int = 0
    payout: UUID | None = None


def meaning_of(*, amount_tiyn: int, end_to_end_id: str, reference: str) -> Meaning:
    """Read a line by sign, end-to-end id and reference; whatever is not exactly ours is unmatched."""
    settled = SETTLEMENT.fullmatch(reference.strip())
    if settled:
        return Meaning(Kind.SETTLEMENT if amount_tiyn > 0 else Kind.REFUND, order_number=int(settled[1]))
    payout = _payout(end_to_end_id)
    if payout is not None:
        return Meaning(Kind.PAYMENT if amount_tiyn < 0 else Kind.RETURN, payout=payout)
    return Meaning(Kind.UNMATCHED)


def explained_as(
    *, amount_tiyn: int, order_number: int | None, payout: UUID | None, other: UUID | None, line: UUID
) -> Meaning:
    """What an officer's explanation says; the sign tells which way the money went. Raises `line.explanation_wrong`."""
    if [order_number, payout, other].count(None) != 2 or other == line:
        raise invalid("line.explanation_wrong", line=str(line))
    came = amount_tiyn > 0
    if order_number is not None:
        return Meaning(Kind.SETTLEMENT if came else Kind.REFUND, order_number=order_number)
    if payout is not None:
        return Meaning(Kind.RETURN if came else Kind.PAYMENT, payout=payout)
    return Meaning(Kind.CANCELLED)


def check_settles(*, line_tiyn: int, fee_tiyn: int, gift_tiyn: int) -> None:
    """What came is all of the gift but the gateway's fee; what went is not more than it: `line.sum_differs`."""
    fits = line_tiyn + fee_tiyn == gift_tiyn if line_tiyn > 0 else -line_tiyn <= gift_tiyn
    if not fits:
        raise conflict("line.sum_differs", line_tiyn=line_tiyn, wanted_tiyn=gift_tiyn)


def check_pays(*, line_tiyn: int, payout_tiyn: int) -> None:
    """A payout is paid and returned in one sum: `line.sum_differs`."""
    if abs(line_tiyn) != payout_tiyn:
        raise conflict("line.sum_differs", line_tiyn=line_tiyn, wanted_tiyn=payout_tiyn)


def check_cancels(*, line_tiyn: int, other_tiyn: int) -> None:
    """Two lines that cancel each other are of opposite sums: `line.sum_differs`."""
    if line_tiyn != -other_tiyn:
        raise conflict("line.sum_differs", line_tiyn=line_tiyn, wanted_tiyn=-other_tiyn)


def check_currency(found: str, wanted: str) -> None:
    """Money is compared only in one currency: `line.currency_differs`."""
    if found != wanted:
        raise conflict("line.currency_differs", found=found, wanted=wanted)


def check_owner(*, owner: str, by: str, line: UUID) -> None:
    """Only who took a line explains it: `line.not_owner`."""
    if owner != by:
        raise forbidden("line.not_owner", line=str(line))


def check_another(*, proposer: str, by: str, line: UUID) -> None:
    """Who explained a line does not agree to it: `line.same_person`."""
    if proposer == by:
        raise forbidden("line.same_person", line=str(line))


def _payout(end_to_end_id: str) -> UUID | None:
    text = end_to_end_id.strip().lower()
    return UUID(hex=text) if re.fullmatch(r"[0-9a-f]{32}", text) else None
