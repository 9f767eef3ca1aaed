"""Monthly gifts: a donor's plans, and what a donor does to them."""

from datetime import date, datetime
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from demeu.contracts.treasury.gifts import GiftTarget
from demeu.contracts.treasury.limits import AMOUNT_TIYN_MAX
from demeu.kernel.operations import Event, Message, Operation


class MonthlyQuestion(Message):
    """All plans of a donor; the actor of the call is that donor."""

    donor: UUID


class MonthlyMonth(Message):
    """One month: planned, trying, paid, missed, skipped, reminded. `gift` is the one that came, or the last tried."""

    month: date
    state: str
    amount_tiyn: int
    gift: UUID | None


class MonthlyPlan(Message):
    """A plan as it stands: waiting, active, stopped. `undoable`: the last change that can be taken back, if any."""

    plan: UUID
    state: str
    amount_tiyn: int
    day: int
    target: GiftTarget
    gateway: str
    charges_itself: bool
    made_at: datetime
    next_on: date | None
    next_month: date | None
    next_skipped: bool
    tries_again: bool
    ended_by: str
    undoable: Literal["skip", "change", "stop"] | None
    months: tuple[MonthlyMonth, ...]


class MonthlyPlans(Message):
    """Going on first, then newest."""

    plans: tuple[MonthlyPlan, ...]


class MonthlyChange(Message):
    """Skip the next month, change sum or day, stop, or take the last change back. `change` is made by the asker."""

    change: UUID
    plan: UUID
    what: Literal["skip", "change", "stop", "undo"]
    amount_tiyn: int | None = Field(default=None, gt=0, le=AMOUNT_TIYN_MAX)
    day: int | None = None


MONTHLY_LIST = Operation("monthly.list", MonthlyQuestion, MonthlyPlans, repeatable=True)
MONTHLY_CHANGE = Operation("monthly.change", MonthlyChange, MonthlyPlan)


class MonthlyNews(Event):
    """What a donor is to be told of a plan, once for each month and attempt.

    `coming`: a charge is ahead; `failed`: one failed and is tried again on `next_on`; `missed`: the month is left out;
    `stopped`: the plan has ended by itself; `remind`: the gateway cannot charge, the donor gives by hand if they like.
    """

    name: ClassVar[str] = "monthly.news"
    plan: UUID
    donor: UUID
    what: Literal["coming", "failed", "missed", "stopped", "remind"]
    month: date
    on: date
    amount_tiyn: int
    next_on: date | None
    attempt: int = 0
