"""Figures and trail: exactly one state per tenge."""

from datetime import datetime
from typing import ClassVar, Literal
from uuid import UUID

from pydantic import Field

from demeu.kernel.operations import Empty, Event, Message, Operation


class MoneySums(Message):
    """Exactly one state per tenge: the four add up to all that was received and not returned."""

    received_tiyn: int
    held_tiyn: int
    paid_tiyn: int
    delivered_tiyn: int


class ItemMoney(Message):
    """Money of one item."""

    item: UUID
    needed_tiyn: int
    sums: MoneySums


class CaseMoney(Message):
    """Money of one case and of each of its items."""

    case: UUID
    needed_tiyn: int
    sums: MoneySums
    gifts: int
    items: tuple[ItemMoney, ...]


class CasesQuestion(Message):
    """Up to a hundred cases at once."""

    cases: tuple[UUID, ...] = Field(max_length=100)


class CasesMoney(Message):
    """In the order asked; unknown cases are left out."""

    cases: tuple[CaseMoney, ...]


class CaseQuestion(Message):
    """One case."""

    case: UUID


class TrailStep(Message):
    """One proved step of money: what happened, to which item, with the number of its record in the log."""

    at: datetime
    kind: Literal[
        "received", "held", "allocated", "payout_prepared", "payout_approved", "paid", "delivered", "confirmed"
    ]
    item: UUID | None
    amount_tiyn: int
    log_index: int | None


class CaseTrail(Message):
    """Every step of the case's money, oldest first."""

    steps: tuple[TrailStep, ...]


class PlatformMoney(Message):
    """Public totals, and the last movements."""

    sums: MoneySums
    gifts: int
    donors_estimate: int
    last_steps: tuple[TrailStep, ...]
    broken_invariants: tuple[str, ...]
    log_size: int
    log_root: str
    as_of: datetime


MONEY_OF_CASES = Operation("money.cases", CasesQuestion, CasesMoney, repeatable=True)
MONEY_TRAIL = Operation("money.trail", CaseQuestion, CaseTrail, repeatable=True)
MONEY_PLATFORM = Operation("money.platform", Empty, PlatformMoney, repeatable=True)


class CaseMoneyChanged(Event):
    """Figures of a case changed; the event carries them, so that the catalogue serves without treasury."""

    name: ClassVar[str] = "case.money_changed"
    case: UUID
    money: CaseMoney
    at: datetime


class ItemFunded(Event):
    """All the money of an item has been allocated; `held` tells whether the bank has confirmed all of it."""

    name: ClassVar[str] = "item.funded"
    case: UUID
    item: UUID
    held: bool
