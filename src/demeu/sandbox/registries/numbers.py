"""Numbers of people who do not exist: IIN, phone, BIN. Pure.

An IIN made here has a true check digit and a plausible birth date; its serial is 9000–9999, which no registration
office has reached for one birthday and sex, so that it cannot belong to a living person.
"""

import random
from datetime import date

SERIAL_MIN = 9000
SERIAL_MAX = 9999


def check_digit(digits: str) -> int | None:
    """The twelfth digit of an IIN or BIN for the first eleven; None when the number must not be issued."""
    for weights in ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11), (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)):
        rest = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        if rest < 10:
            return rest
    return None


def synthetic_iin(birth: date, *, male: bool, chance: random.Random) -> str:
    """An IIN with the birth date, the digit of century and sex, and a serial of the artificial range."""
    century = (3 if birth.year < 2000 else 5) + (0 if male else 1)
    while True:
        head = f"{birth:%y%m%d}{century}{chance.randint(SERIAL_MIN, SERIAL_MAX)}"
        last = check_digit(head)
        if last is not None:
            return f"{head}{last}"


def synthetic_phone(chance: random.Random) -> str:
    """E.164 number +7 700 0xx xx xx of the sandbox's own operator."""
    return f"+77000{chance.randint(0, 999_999):06d}"


def is_valid(number: str) -> bool:
    """Whether twelve digits carry the right check digit."""
    return len(number) == 12 and number.isdigit() and check_digit(number[:11]) == int(number[11])
