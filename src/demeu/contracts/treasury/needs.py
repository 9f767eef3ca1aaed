"""Needs that may receive money."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from demeu.contracts.treasury.limits import AMOUNT_TIYN_MAX
from demeu.contracts.words import NeedGroup, Urgency
from demeu.kernel.operations import Empty, Message, Operation


class NeedItem(Message):
    """One priced item of a published case."""

    item: UUID
    amount_tiyn: int = Field(gt=0, le=AMOUNT_TIYN_MAX)


class NeedDeclare(Message):
    """A published case may receive money for these items. Declared again, it replaces what is still unfunded."""

    case: UUID
    group: NeedGroup
    region_kato: str = Field(min_length=9, max_length=9)
    urgency: Urgency
    opened_at: datetime
    curator: UUID
    items: tuple[NeedItem, ...] = Field(min_length=1, max_length=50)


class NeedClose(Message):
    """The case takes no more money."""

    case: UUID
    reason: Literal["completed", "withdrawn", "suspended", "expired"]


NEED_DECLARE = Operation("needs.declare", NeedDeclare, Empty)
NEED_CLOSE = Operation("needs.close", NeedClose, Empty)
