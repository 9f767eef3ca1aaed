"""The books as text that other bookkeeping programs read: hledger, beancount, CSV. Writes to any text stream."""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import TextIO
from uuid import UUID

from demeu.kernel.clock import ALMATY
from demeu.kernel.money import decimal_tenge
from demeu.treasury.ledger.rules import Account

CURRENCY = "KZT"
BEFORE_ALL = "2020-01-01"
CSV_COLUMNS = ("transfer", "at", "kind", "position", "account", "amount_tiyn", "gift", "case", "item", "payout")
BEANCOUNT_ROOTS = {
    "assets": "Assets",
    "funds": "Liabilities:Funds",
    "liabilities": "Liabilities",
    "expenses": "Expenses",
}


@dataclass(frozen=True)
class Row:
    """One posting with its transfer."""

    transfer: UUID
    at: datetime
    kind: str
    position: int
    account: str
    amount_tiyn: int
    gift: UUID | None
    case: UUID | None
    item: UUID | None
    payout: UUID | None

    @property
    def day(self) -> str:
        """The calendar day in Kazakhstan."""
        return self.at.astimezone(ALMATY).date().isoformat()


def write_hledger(rows: Iterable[Row], out: TextIO) -> None:
    """A journal for hledger, with its accounts and commodity declared."""
    out.write(f"commodity 1000.00 {CURRENCY}\n")
    for account in Account:
        out.write(f"account {account.value}\n")
    for head, legs in _transfers(rows):
        out.write(f"\n{head.day} * {head.kind}  ; transfer:{head.transfer}\n")
        for leg in legs:
            out.write(f"    {leg.account}  {decimal_tenge(leg.amount_tiyn)} {CURRENCY}\n")


def write_beancount(rows: Iterable[Row], out: TextIO) -> None:
    """A file for beancount, with its accounts opened."""
    out.write(f'option "operating_currency" "{CURRENCY}"\n\n')
    for account in Account:
        out.write(f"{BEFORE_ALL} open {beancount_account(account.value)} {CURRENCY}\n")
    for head, legs in _transfers(rows):
        out.write(f'\n{head.day} * "{head.kind}"\n  transfer: "{head.transfer}"\n')
        for leg in legs:
            out.write(f"  {beancount_account(leg.account)}  {decimal_tenge(leg.amount_tiyn)} {CURRENCY}\n")


def write_csv(rows: Iterable[Row], out: TextIO) -> None:
    """One line a posting; amounts in whole tiyn."""
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for row in rows:
        values = (getattr(row, name) for name in CSV_COLUMNS)
        writer.writerow([value.isoformat() if isinstance(value, datetime) else value for value in values])


def beancount_account(account: str) -> str:
    """Our account's name as beancount wants it: known roots, capitals, no underscores."""
    root, *parts = account.split(":")
    named = [part.replace("_", "-").capitalize() for part in parts]
    return ":".join([BEANCOUNT_ROOTS[root], *named])


FORMATS: dict[str, Callable[[Iterable[Row], TextIO], None]] = {
    "hledger": write_hledger,
    "beancount": write_beancount,
    "csv": write_csv,
}


def _transfers(rows: Iterable[Row]) -> Iterator[tuple[Row, list[Row]]]:
    for _, group in groupby(rows, key=lambda row: row.transfer):
        legs = list(group)
        yield legs[0], legs
