"""Figures and trail: exactly one state per tenge."""

from datetime import date, datetime
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


class TrailLinesQuestion(Message):
    """Steps of all money after a record of the log, in its order."""

    after: int = Field(default=-1, ge=-1)
    limit: int = Field(default=100, ge=1, le=500)


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


class BooksPromise(Message):
    """One promise about the money, in words, and whether the last check found it kept; None before the first check."""

    name: str
    says: str
    holds: bool | None


class BooksDay(Message):
    """Checks of a day of Kazakhstan, and the promises that one of them found broken."""

    day: date
    checks: int
    broken: tuple[str, ...]


class BooksPromises(Message):
    """Every promise of the books, when they were last checked, and the days of the last month."""

    checked_at: datetime | None
    promises: tuple[BooksPromise, ...]
    days: tuple[BooksDay, ...]


class MonthsQuestion(Message):
    """Whole months of Kazakhstan: the first day of the first one, and how many."""

    first: date
    months: int = Field(ge=1, le=24)


class MonthMoney(Message):
    """What moved in one month: came in, went back to donors, was paid to suppliers, was delivered to families."""

    month: date
    gifts: int
    received_tiyn: int
    returned_tiyn: int
    paid_tiyn: int
    delivered_tiyn: int


class MonthsMoney(Message):
    """Months in which money moved, the oldest first; the present one as it stands now."""

    months: tuple[MonthMoney, ...]


class GatewayFees(Message):
    """What one gateway took of the gifts that the bank has confirmed. The fund paid it, not the gifts."""

    gateway: str
    gifts: int
    amount_tiyn: int
    fee_tiyn: int


class FeesReport(Message):
    """Fees by gateway, and what donors gave for running the platform: gifts for it, and additions to other gifts.

    `platform_share_tiyn` is what the platform took of gifts by itself.
    """

    gateways: tuple[GatewayFees, ...]
    sustainability_tiyn: int
    additions_tiyn: int
    platform_share_tiyn: int
    as_of: datetime


class FeeLinesQuestion(Message):
    """Fees gift by gift, after a record of the log, in its order."""

    after: int = Field(default=-1, ge=-1)
    limit: int = Field(default=500, ge=1, le=1000)


class FeeLine(Message):
    """One confirmed gift by the number of its record in the log; nothing here leads to its page."""

    log_index: int
    held_at: datetime
    gateway: str
    amount_tiyn: int
    addition_tiyn: int
    fee_tiyn: int


class FeeLines(Message):
    """In the log's order."""

    lines: tuple[FeeLine, ...]


MONEY_FEES = Operation("money.fees", Empty, FeesReport, repeatable=True)
MONEY_FEE_LINES = Operation("money.fee_lines", FeeLinesQuestion, FeeLines, repeatable=True)
MONEY_OF_CASES = Operation("money.cases", CasesQuestion, CasesMoney, repeatable=True)
MONEY_TRAIL = Operation("money.trail", CaseQuestion, CaseTrail, repeatable=True)
BOOKS_PROMISES = Operation("books.promises", Empty, BooksPromises, repeatable=True)
MONEY_MONTHS = Operation("money.months", MonthsQuestion, MonthsMoney, repeatable=True)
MONEY_LINES = Operation("money.lines", TrailLinesQuestion, CaseTrail, repeatable=True)
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
