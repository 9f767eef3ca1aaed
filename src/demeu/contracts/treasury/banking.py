"""What the bank holds and what the books say, and the lines that nobody could explain."""

from datetime import date, datetime
from uuid import UUID

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


class SuspenseLine(Message):
    """A line in suspense with the role that must look."""

    line: UUID
    entry_ref: str
    amount_tiyn: int
    booked_at: datetime
    owner: str


class SuspenseLines(Message):
    """Lines in suspense, oldest first."""

    lines: tuple[SuspenseLine, ...]


MONEY_BANK = Operation("money.bank", Empty, BankMoney, repeatable=True)
SUSPENSE_LIST = Operation("bank.suspense", Empty, SuspenseLines, repeatable=True)
