"""States of an item and how they may change. Pure."""

from collections.abc import Mapping
from enum import StrEnum


class ItemState(StrEnum):
    """From a proposal made of facts to the family's confirmation."""

    PROPOSED = "proposed"
    COVERED_BY_STATE = "covered_by_state"
    OPEN = "open"
    RESERVED = "reserved"
    FUNDED = "funded"
    ORDERED = "ordered"
    PAID = "paid"
    DELIVERED = "delivered"
    CONFIRMED = "confirmed"
    REMOVED = "removed"


S = ItemState

ITEM_MOVES: Mapping[ItemState, frozenset[ItemState]] = {
    S.PROPOSED: frozenset({S.COVERED_BY_STATE, S.OPEN, S.REMOVED}),
    S.COVERED_BY_STATE: frozenset({S.OPEN, S.REMOVED}),
    S.OPEN: frozenset({S.RESERVED, S.FUNDED, S.REMOVED, S.COVERED_BY_STATE}),
    S.RESERVED: frozenset({S.FUNDED, S.OPEN}),
    S.FUNDED: frozenset({S.ORDERED}),
    S.ORDERED: frozenset({S.PAID, S.FUNDED}),
    S.PAID: frozenset({S.DELIVERED}),
    S.DELIVERED: frozenset({S.CONFIRMED}),
    S.CONFIRMED: frozenset(),
    S.REMOVED: frozenset({S.PROPOSED}),
}

EDITABLE = frozenset({S.PROPOSED})
ASKED_OF_DONORS = frozenset({S.OPEN, S.RESERVED, S.FUNDED, S.ORDERED, S.PAID, S.DELIVERED, S.CONFIRMED})
