"""What a statement line is about. Pure."""

import re
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

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


def _payout(end_to_end_id: str) -> UUID | None:
    text = end_to_end_id.strip().lower()
    return UUID(hex=text) if re.fullmatch(r"[0-9a-f]{32}", text) else None
