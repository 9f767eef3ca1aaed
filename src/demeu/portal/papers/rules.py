"""Rows of the deduction limit by year, and what a limit comes to. Pure: the rows are data with dates and doubts."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from demeu.kernel.errors import invalid

BIN_LENGTH = 12
WEIGHTS = (range(1, 12), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2))


@dataclass(frozen=True)
class Deduction:
    """One row: which payer, which share of taxable income, in which law, from when until when, and whether sure."""

    payer: str
    percent: int
    since: date
    until: date | None
    law: str
    source: str
    confirmed: bool

    def limit_tiyn(self, income_tiyn: int) -> int:
        """The most that may be taken off an income, rounded down to the tiyn."""
        return income_tiyn * self.percent // 100


def read_deductions(rows: Iterable[dict[str, Any]]) -> tuple[Deduction, ...]:
    """Rows as they stand in the file."""
    return tuple(Deduction(**row) for row in rows)


def deductions_of(rows: Sequence[Deduction], year: int) -> tuple[Deduction, ...]:
    """The rows in force on the last day of a year, when the tax of the year is counted."""
    last = date(year, 12, 31)
    return tuple(row for row in rows if row.since <= last and (row.until is None or last <= row.until))


def checked_bin(text: str) -> str:
    """A company's BIN with a right check digit; refuses `company.bin_wrong`."""
    digits = "".join(text.split())
    if not (digits.isascii() and digits.isdigit() and len(digits) == BIN_LENGTH and _check_digit(digits)):
        raise invalid("company.bin_wrong")
    return digits


def _check_digit(digits: str) -> bool:
    """The last digit by the weights of БИН/ИИН; the second row of weights is tried when the first gives ten."""
    for weights in WEIGHTS:
        found = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=False)) % 11
        if found < 10:
            return found == int(digits[-1])
    return False
