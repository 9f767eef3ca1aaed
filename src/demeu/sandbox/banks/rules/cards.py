"""The five test cards and what each does; the form of card fields.

Never accepts a card that could be real: any number outside the list is declined, and no full number is stored.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SECURE_CODE = "1234"


class Outcome(StrEnum):
    """What a test card does."""

    PAID = "paid"
    HELD = "held"
    DECLINED = "declined"
    ASK_CODE = "ask_code"


@dataclass(frozen=True)
class Verdict:
    """What the issuer says: an outcome, and reason code and text when it says no."""

    outcome: Outcome
    reason_code: int = 0
    reason: str = ""


PAYS = "4405630000000007"
_CARDS = {
    PAYS: Verdict(Outcome.PAID),
    "4405630000000015": Verdict(Outcome.DECLINED, 455, "Declined by the issuer"),
    "4405630000000023": Verdict(Outcome.ASK_CODE),
    "4405630000000031": Verdict(Outcome.DECLINED, 484, "Not enough money on the card"),
    "4405630000000049": Verdict(Outcome.HELD),
}
_STRANGER = Verdict(Outcome.DECLINED, 454, "Only test cards are accepted here")
_WRONG_CODE = Verdict(Outcome.DECLINED, 457, "Wrong 3-D Secure code")


def digits_of(card: str) -> str:
    """The card number without spaces and hyphens."""
    return re.sub(r"[\s-]", "", card)


def verdict_on(card: str) -> Verdict:
    """The issuer's answer for a card number (digits only)."""
    return _CARDS.get(card, _STRANGER)


def verdict_on_code(code: str) -> Verdict:
    """The issuer's answer after the 3-D Secure page."""
    return Verdict(Outcome.PAID) if code.strip() == SECURE_CODE else _WRONG_CODE


def is_card_number(card: str) -> bool:
    """13–19 ASCII digits with a right check digit (ISO/IEC 7812-1, Luhn)."""
    if re.fullmatch(r"[0-9]{13,19}", card) is None:
        return False
    doubled = [int(sign) * (2 if place % 2 else 1) for place, sign in enumerate(reversed(card))]
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0


def is_live_expiry(text: str, today: date) -> bool:
    """Whether ``MM/YY`` names a month that has not ended before ``today``."""
    match = re.fullmatch(r"(0[1-9]|1[0-2])\s*/?\s*([0-9]{2})", text.strip())
    return match is not None and (2000 + int(match.group(2)), int(match.group(1))) >= (today.year, today.month)


def is_cvc(text: str) -> bool:
    """Three ASCII digits."""
    return re.fullmatch(r"[0-9]{3}", text.strip()) is not None


def mask_of(card: str) -> str:
    """``440563...0007``: what may be stored and shown."""
    return f"{card[:6]}...{card[-4:]}"
