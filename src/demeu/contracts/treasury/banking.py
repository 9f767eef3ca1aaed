"""What the bank holds and what the books say, and the lines that nobody could explain."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from demeu.kernel.operations import Empty, Message, Operation


class BankDay(Message):
    """One day's figures. `in_bank_tiyn`: as the bank's last statement closes, None before the first.

    `waiting_tiyn`: booked by the bank, not yet by us. In bank = in ledger + waiting.
    """

    day: date
    at: datetime
    in_bank_tiyn: int | None
    in_ledger_tiyn: int
    waiting_tiyn: int
    suspense_tiyn: int
    suspense_lines: int


class BankMoney(Message):
    """The present figures and those of the days before, newest first."""

    now: BankDay
    days: tuple[BankDay, ...]


class LineExplanation(Message):
    """What a person says a line is: a gift's order, a payout, or a line that cancels it. `agreed` by another one."""

    explanation: UUID
    order_number: int | None
    payout: UUID | None
    other: UUID | None
    by: str
    at: datetime
    agreed: bool | None


class SuspenseLine(Message):
    """A line in suspense with the role that must look, who has taken it, and what was said about it last.

    `explained_as`: settlement, refund, payment, return or cancelled once two people agreed; then it has left suspense.
    """

    line: UUID
    entry_ref: str
    amount_tiyn: int
    fee_tiyn: int = 0
    currency: str = "KZT"
    booked_at: datetime
    owner: str
    taken_by: str = ""
    explanation: LineExplanation | None = None
    explained_as: str = ""
    explained_at: datetime | None = None


class SuspenseLines(Message):
    """Lines in suspense, oldest first; the lines explained last, newest first."""

    lines: tuple[SuspenseLine, ...]
    explained: tuple[SuspenseLine, ...] = ()


class LineTake(Message):
    """The actor takes a line, from nobody or from the person whom the page named."""

    line: UUID
    instead_of: str = Field(default="", max_length=60)


class LineExplain(Message):
    """What the owner, the actor of the call, says a line is: exactly one of the three."""

    explanation: UUID
    line: UUID
    order_number: int | None = Field(default=None, ge=1, le=10**15)
    payout: UUID | None = None
    other: UUID | None = None


class LineAnswer(Message):
    """Another person agrees with an explanation, or gives the line back; the actor of the call is that person."""

    explanation: UUID
    agree: bool


MONEY_BANK = Operation("money.bank", Empty, BankMoney, repeatable=True)
SUSPENSE_LIST = Operation("bank.suspense", Empty, SuspenseLines, repeatable=True)
LINE_TAKE = Operation("bank.take", LineTake, SuspenseLine)
LINE_EXPLAIN = Operation("bank.explain", LineExplain, SuspenseLine)
LINE_ANSWER = Operation("bank.answer", LineAnswer, SuspenseLine)
