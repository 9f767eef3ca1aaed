"""Payees and bank files: the only part of vault that treasury asks."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field

from demeu.kernel.operations import Empty, Message, Operation


class PayeeRegister(Message):
    """A supplier, clinic, landlord or creditor to be paid."""

    payee: UUID
    name: str = Field(max_length=140)
    bin: str = Field(min_length=12, max_length=12)
    iban: str = Field(max_length=34)
    state_names: tuple[str, ...] = Field(default=(), max_length=4)
    """The names that the state database of legal entities gave for the number; empty when it did not answer."""


class PayeeQuestion(Message):
    """One payee; whether it is one of these officers or donors is told, too."""

    payee: UUID
    officers: tuple[UUID, ...] = Field(default=(), max_length=20)
    donors: tuple[UUID, ...] = Field(default=(), max_length=2_000)


class PayeeScreened(Message):
    """Codes of what was found against the payee; empty = nothing. Never who it is.

    `signs` stop nothing by themselves: account_shared, account_changed, account_unchecked, name_differs,
    natural_person, related_officer, related_donor. `changed_at`: since when this account replaces another one.
    """

    codes: tuple[str, ...]
    signs: tuple[str, ...] = ()
    changed_at: datetime | None = None


class PayeeChecked(Message):
    """A second officer asked the payee itself about its changed account; the actor of the call is that officer."""

    payee: UUID
    how: Literal["call", "letter", "visit"]


class PayeeCard(Message):
    """What a finance officer sees of a payee."""

    payee: UUID
    name: str
    bin: str
    masked_iban: str
    changed_at: datetime | None = None
    checked_at: datetime | None = None
    registered_by: str = ""


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
    """A raw camt.053, camt.054 or 1CClientBankExchange text: vault keeps it and gives back what treasury needs."""

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
    """The lines of one statement, or of one notification, which has no balance."""

    lines: tuple[StatementLine, ...]
    account_ok: bool
    closing_balance_tiyn: int | None


PAYEE_REGISTER = Operation("payees.register", PayeeRegister, PayeeCard)
PAYEE_LIST = Operation("payees.list", Empty, Payees, repeatable=True)
PAYEE_CHECK = Operation("payees.check", PayeeChecked, PayeeCard)
PAYEE_SCREEN = Operation("payees.screen", PayeeQuestion, PayeeScreened, repeatable=True)
INSTRUCTION_FILL = Operation("payees.fill_instruction", InstructionFill, InstructionFilled, repeatable=True)
STATEMENT_EXTRACT = Operation("statements.extract", StatementExtract, StatementLines, keyed=False)
