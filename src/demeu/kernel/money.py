"""Money is a whole number of tiyn (1 tenge = 100 tiyn), never a float."""

import re
from decimal import Decimal, InvalidOperation
from typing import NewType

from demeu.kernel.errors import invalid

Tiyn = NewType("Tiyn", int)

NO_BREAK_SPACE = "\u00a0"
MINUS = "\u2212"
TENGE_SIGN = "₸"
AMOUNT_TIYN_MAX = 10**15


def tiyn(tenge: int | str | Decimal) -> Tiyn:
    """Tenge as tiyn; exact. Refuses more than two digits after the point."""
    return parse_tenge(str(tenge))


def format_tenge(amount_tiyn: int, lang: str = "ru") -> str:
    """«7 500 ₸» with no-break spaces; tiyn are shown only when there are any. The same in kk, ru and en."""
    whole, rest = divmod(abs(amount_tiyn), 100)
    grouped = f"{whole:,}".replace(",", NO_BREAK_SPACE)
    point = "." if lang == "en" else ","
    fraction = f"{point}{rest:02d}" if rest else ""
    sign = MINUS if amount_tiyn < 0 else ""
    return f"{sign}{grouped}{fraction}{NO_BREAK_SPACE}{TENGE_SIGN}"


def decimal_tenge(amount_tiyn: int) -> str:
    """«7500.00»: the form that machines exchange."""
    sign = "-" if amount_tiyn < 0 else ""
    whole, rest = divmod(abs(amount_tiyn), 100)
    return f"{sign}{whole}.{rest:02d}"


def parse_tenge(text: str) -> Tiyn:
    """Tenge as people write them («7 500», «7500,50 ₸») to tiyn; raises `money.unreadable` or `money.too_large`."""
    cleaned = re.sub(r"[\s\u00a0\u202f₸]|KZT|тг\.?", "", text).replace(",", ".").replace(MINUS, "-")
    if not re.fullmatch(r"-?[0-9]{1,16}(\.[0-9]{1,2})?", cleaned):
        raise invalid("money.unreadable", text=text[:40])
    try:
        amount = int(Decimal(cleaned) * 100)
    except InvalidOperation:
        raise invalid("money.unreadable", text=text[:40]) from None
    if abs(amount) > AMOUNT_TIYN_MAX:
        raise invalid("money.too_large", limit=AMOUNT_TIYN_MAX)
    return Tiyn(amount)
