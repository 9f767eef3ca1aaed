"""What may be given back, to whom and until when it is decided. Pure."""

from collections.abc import Iterable
from enum import StrEnum

from demeu.kernel.errors import conflict, forbidden, invalid, too_late
from demeu.treasury.ledger.rules import Account, Leg, Lot, LotBalance

DECISION_WORKING_DAYS = 3


class RefundState(StrEnum):
    """Where a refund stands."""

    ASKED = "asked"
    APPROVED = "approved"
    SENT = "sent"
    PAID = "paid"
    REFUSED = "refused"
    CANCELLED = "cancelled"


class RefundReason(StrEnum):
    """Why money goes back."""

    DONOR_WISH = "donor_wish"
    MISTAKE = "mistake"
    DOUBLE = "double"
    SURPLUS = "surplus"
    BLOCKED_CARD = "blocked_card"


def refundable_tiyn(standing: Iterable[LotBalance]) -> int:
    """What of a gift nobody has spent or set aside: the lots that are received or held."""
    return sum(lot.amount_tiyn for lot in standing if lot.account in (Account.RECEIVED, Account.HELD))


def granted_tiyn(*, asked_tiyn: int | None, refundable: int) -> int:
    """The sum of a refund: what was asked for, or all that is there. Spent money does not come back.

    Raises `refund.all_spent`, `refund.partly_spent` (with what can be given back).
    """
    if refundable <= 0:
        raise too_late("refund.all_spent")
    if asked_tiyn is None:
        return refundable
    if asked_tiyn > refundable:
        raise conflict("refund.partly_spent", refundable_tiyn=refundable)
    return asked_tiyn


def check_askable(*, received: bool, demo: bool, gift: str) -> None:
    """Only a gift that came through a real gateway goes back: `refund.not_received`, `refund.no_source`."""
    if not received:
        raise conflict("refund.not_received", gift=gift)
    if demo:
        raise invalid("refund.no_source", gift=gift)


def check_decidable(state: RefundState, *, asked_by: str, decider: str) -> None:
    """Decided once, and not by who asked: `refund.decided`, `refund.same_person`."""
    if state is not RefundState.ASKED:
        raise conflict("refund.decided", state=state.value)
    if asked_by == decider:
        raise forbidden("refund.same_person")


def refund_legs(free: Iterable[LotBalance], amount_tiyn: int, lot: Lot) -> list[Leg]:
    """Legs that take a sum out of the free lots, account by account, mirroring how it came, into what is owed back."""
    legs, left = [], amount_tiyn
    for standing in free:
        part = min(left, standing.amount_tiyn)
        if part:
            legs.append(Leg(standing.account, part, standing.lot))
            left -= part
    if left:
        raise conflict("refund.partly_spent", refundable_tiyn=amount_tiyn - left)
    return [*legs, Leg(Account.REFUNDS, -amount_tiyn, lot)]
