"""Payees and bank files: the only part of vault that treasury asks."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from demeu.kernel.operations import Empty, Message, Operation


class PayeeRegister(Message):
    """A supplier, clinic, landlord or creditor to be paid."""

    payee: UUID
    name: str = Field(max_length=140)
    bin: str = Field(min_length=12, max_length=12)
    iban: str = Field(max_length=34)


class PayeeQuestion(Message):
    """One payee."""

    payee: UUID


class PayeeScreened(Message):
    """Codes of what was found against the payee; empty = nothing. Never who it is."""

    codes: tuple[str, ...]


class PayeeCard(Message):
    """What a finance officer sees of a payee."""

    payee: UUID
    name: str
    bin: str
    masked_iban: str


class Payees(Message):
    """All payees."""

    payees: tuple[PayeeCard, ...]


class InstructionFill(Message):
    """A pain.001 document whose creditor lines hold only the payee reference; comes back filled, to be sent at once."""

    payout: UUID
    payee: UUID
    xml: str = Field(max_length=200_000)


class InstructionFilled(Message):
    """The filled document: pass it on, do not keep it."""

    xml: str


class StatementExtract(Message):
    """A raw camt.053 or 1CClientBankExchange text of the bank: vault keeps it and gives back what treasury needs."""

    xml: str = Field(max_length=5_000_000)


class StatementLine(Message):
    """One booked entry without names. `amount_tiyn` > 0 = credit to us, < 0 = debit.

    `entry_ref` is the bank's AcctSvcrRef: an entry that the bank repeats under another number keeps it.
    `fee_tiyn` is what was taken before booking (Chrgs/TtlChrgsAndTaxAmt); `code` is BkTxCd/Prtry/Cd;
    `reference` is RmtInf/Ustrd only where it has the form GATEWAY/<invoice>/<reference>, else empty (may be personal).
    """

    entry_ref: str
    amount_tiyn: int
    currency: str
    booked_at: datetime
    end_to_end_id: str = ""
    reference: str = ""
    fee_tiyn: int = 0
    code: str = ""
    reason: str = ""


class StatementLines(Message):
    """The lines of one statement and its cursor for the next question."""

    lines: tuple[StatementLine, ...]
    account_ok: bool
    closing_balance_tiyn: int


PAYEE_REGISTER = Operation("payees.register", PayeeRegister, PayeeCard)
PAYEE_LIST = Operation("payees.list", Empty, Payees, repeatable=True)
PAYEE_SCREEN = Operation("payees.screen", PayeeQuestion, PayeeScreened, repeatable=True)
INSTRUCTION_FILL = Operation("payees.fill_instruction", InstructionFill, InstructionFilled, repeatable=True)
STATEMENT_EXTRACT = Operation("statements.extract", StatementExtract, StatementLines, keyed=False)
