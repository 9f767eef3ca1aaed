"""States of a card operation and which of them may follow; invoice numbers.

Never decides about money amounts of other operations: one operation at a time.
"""

import re
from enum import StrEnum

_INVOICE = re.compile(r"[0-9]{6,15}")


class Status(StrEnum):
    """States of a transaction in the gateway's own words."""

    NEW = "NEW"
    AUTH = "AUTH"
    CHARGE = "CHARGE"
    FAILED = "FAILED"
    CANCEL = "CANCEL"
    REFUND = "REFUND"


def is_invoice(text: str) -> bool:
    """6–15 ASCII digits, the operator's form of a merchant's order number."""
    return _INVOICE.fullmatch(text) is not None


def may_charge(status: str, held_tiyn: int, amount_tiyn: int) -> bool:
    """Only a held operation, and not more than was held."""
    return status == Status.AUTH and 0 < amount_tiyn <= held_tiyn


def may_refund(status: str, left_tiyn: int, amount_tiyn: int) -> bool:
    """Only a charged operation, and not more than is left of it."""
    return status == Status.CHARGE and 0 < amount_tiyn <= left_tiyn


def fee_tiyn(amount_tiyn: int, fee_bp: int) -> int:
    """The acquirer's fee: basis points of the amount, rounded down to a whole tiyn."""
    return amount_tiyn * fee_bp // 10_000
