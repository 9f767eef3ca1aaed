"""Exact conversion between tiyn and the tenge texts of outside protocols.

Never through binary floating point: a wrong tiyn in a sandbox would hide a wrong tiyn in the platform.
"""

import re
from decimal import Decimal

TIYN_PER_TENGE = 100
AMOUNT_TIYN_MAX = 10**15
_FORM = re.compile(r"(0|[1-9][0-9]{0,12})(?:\.([0-9]{1,2}))?")


class WrongAmount(ValueError):
    """The text is not an amount in tenge with at most two digits after the point."""


def tiyn_of(text: str) -> int:
    """Tiyn of a wire amount such as ``"7500"``, ``"7500.5"`` or ``"7500.50"``; raises WrongAmount."""
    match = _FORM.fullmatch(text)
    if match is None:
        raise WrongAmount(text[:40])
    whole, part = match.group(1), match.group(2) or ""
    return int(whole) * TIYN_PER_TENGE + int(part.ljust(2, "0"))


def tiyn_of_number(value: object) -> int:
    """Tiyn of an amount read from JSON (int, Decimal or text; never float or bool); raises WrongAmount."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal | str):
        raise WrongAmount(str(value)[:40])
    if isinstance(value, Decimal):
        return tiyn_of(_plain(value))
    return tiyn_of(str(value))


def _plain(value: Decimal) -> str:
    if not value.is_finite() or value.adjusted() > 15:
        raise WrongAmount(str(value)[:40])
    return format(value, "f")


def tenge_text(amount_tiyn: int) -> str:
    """``750050`` → ``"7500.50"``: always two digits, as ISO 20022 messages carry it; not for negative amounts."""
    if amount_tiyn < 0:
        raise WrongAmount(str(amount_tiyn))
    whole, part = divmod(amount_tiyn, TIYN_PER_TENGE)
    return f"{whole}.{part:02d}"


def tenge_number(amount_tiyn: int) -> Decimal:
    """The JSON number of an amount: ``Decimal("7500")`` or ``Decimal("7500.50")``."""
    whole, part = divmod(amount_tiyn, TIYN_PER_TENGE)
    return Decimal(whole) if part == 0 else Decimal(tenge_text(amount_tiyn))
