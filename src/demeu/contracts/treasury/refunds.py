"""Gifts that go back to their source."""

from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from demeu.contracts.treasury.limits import AMOUNT_TIYN_MAX
from demeu.kernel.operations import Event, Message, Operation


class RefundAsk(Message):
    """Somebody wants a gift back: all that is unspent, or a part. `refund` is made by the asker."""

    refund: UUID
    gift: UUID
    amount_tiyn: int | None = Field(default=None, gt=0, le=AMOUNT_TIYN_MAX)
    reason: Literal["donor_wish", "mistake", "double", "surplus"] = "donor_wish"


class RefundDecide(Message):
    """A second person's yes or no; the actor of the call decides. A no has a reason code."""

    refund: UUID
    approve: bool
    refusal: str = Field(default="", max_length=40)


class RefundFilter(Message):
    """Refunds in one of these states (all when empty), of one gift when given."""

    states: tuple[str, ...] = ()
    gift: UUID | None = None
    limit: int = Field(default=50, ge=1, le=200)


class Refund(Message):
    """A refund as it stands: asked, approved, sent, paid, refused, cancelled. To be decided until `due_at`."""

    refund: UUID
    gift: UUID
    amount_tiyn: int
    state: str
    reason: str
    asked_at: datetime
    due_at: datetime
    decided_at: datetime | None
    paid_at: datetime | None
    refusal: str
    by_hand: bool


class RefundList(Message):
    """Refunds, the most urgent decision first."""

    refunds: tuple[Refund, ...]


REFUND_ASK = Operation("refunds.ask", RefundAsk, Refund)
REFUND_DECIDE = Operation("refunds.decide", RefundDecide, Refund)
REFUND_LIST = Operation("refunds.list", RefundFilter, RefundList, repeatable=True)


class GiftReturned(Event):
    """Money of a gift went back: refunded (all or, while `state` is received, a part), or recalled by a bank."""

    name: ClassVar[str] = "gift.returned"
    gift: UUID
    amount_tiyn: int
    state: str
