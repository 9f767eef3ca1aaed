"""Kinds of leaves, and which of them are steps of money that the public trail shows. Pure."""

from enum import StrEnum


class Step(StrEnum):
    """A proved step of money; the words of the public trail."""

    RECEIVED = "received"
    HELD = "held"
    ALLOCATED = "allocated"
    RELEASED = "released"
    PAYOUT_PREPARED = "payout_prepared"
    PAYOUT_APPROVED = "payout_approved"
    PAYOUT_REJECTED = "payout_rejected"
    PAID = "paid"
    RETURNED = "returned"
    REFUNDED = "refunded"
    DELIVERED = "delivered"
    CONFIRMED = "confirmed"


SHOWN = (
    Step.RECEIVED,
    Step.HELD,
    Step.ALLOCATED,
    Step.PAYOUT_PREPARED,
    Step.PAYOUT_APPROVED,
    Step.PAID,
    Step.DELIVERED,
    Step.CONFIRMED,
)
