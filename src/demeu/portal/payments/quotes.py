"""Quotes in the form of a new payout: up to three prices with files for each item, the first chosen by mark.

Fields by item: `quote_<item>_<n>` (tenge, n = 1–3), `quote_file_<item>_<n>` (file), `chosen_<item>` (n).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from demeu.contracts import treasury
from demeu.kernel.errors import Refusal, invalid
from demeu.kernel.money import parse_tenge
from demeu.portal.payments.rules import INVOICE_BYTES_MAX
from demeu.portal.wishes.models import Item

QUOTES = (1, 2, 3)
Keep = Callable[[str, bytes], UUID]


@dataclass
class QuoteRow:
    """One line of the form as typed, with what is wrong with it."""

    item: str
    number: int
    price: str
    chosen: bool
    error: str = ""
    price_tiyn: int = 0
    file: Any = None

    @property
    def name(self) -> str:
        """Of the field for the price; the file's begins with `quote_file_`."""
        return f"quote_{self.item}_{self.number}"

    @property
    def file_name(self) -> str:
        """Of the field for the file."""
        return f"quote_file_{self.item}_{self.number}"


def read_quotes(items: Sequence[str], posted: Mapping[str, str], files: Mapping[str, Any]) -> dict[str, list[QuoteRow]]:
    """The lines of each item; one with an error says so. Without a mark the first line is the chosen one."""
    return {item: [_row(item, number, posted, files) for number in QUOTES] for item in items}


def has_errors(rows: Mapping[str, Sequence[QuoteRow]]) -> bool:
    """Whether any line is wrong."""
    return any(row.error for lines in rows.values() for row in lines)


def given_quotes(rows: Mapping[str, Sequence[QuoteRow]], known: Mapping[str, Item], keep: Keep) -> tuple[Any, ...]:
    """The lines that have a price, for treasury; their files go through `keep`."""
    found = []
    for item, lines in rows.items():
        priced = [row for row in lines if row.price_tiyn]
        chosen = next((row for row in priced if row.chosen), priced[0] if priced else None)
        for row in priced:
            found.append(
                treasury.PayoutQuote(
                    item=UUID(item),
                    code=known[item].code,
                    quantity=known[item].quantity,
                    price_tiyn=row.price_tiyn,
                    document=keep(row.file.name, row.file.read()) if row.file else None,
                    chosen=row is chosen,
                )
            )
    return tuple(found)


def _row(item: str, number: int, posted: Mapping[str, str], files: Mapping[str, Any]) -> QuoteRow:
    price = posted.get(f"quote_{item}_{number}", "").strip()
    chosen = posted.get(f"chosen_{item}", "1") == str(number)
    row = QuoteRow(item, number, price[:60], chosen, file=files.get(f"quote_file_{item}_{number}"))
    try:
        row.price_tiyn = int(parse_tenge(price)) if price else 0
        if price and not 0 < row.price_tiyn <= treasury.AMOUNT_TIYN_MAX:
            raise invalid("money.unreadable")
    except Refusal:
        row.error = _("Write the price in tenge, for example 12 500.")
    if row.file and not price:
        row.error = _("Write the price that stands in this file.")
    if row.file and (row.file.size or 0) > INVOICE_BYTES_MAX:
        row.error = _("The file is too large: at most 10 MB.")
    return row
