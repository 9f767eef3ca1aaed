"""The individual identification number of Kazakhstan, in one place for whoever reads one. Pure; never keeps one."""

import re
from datetime import date

FIRST_WEIGHTS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
SECOND_WEIGHTS = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
NEVER_ISSUED = 10
CENTURIES = {"1": 1800, "2": 1800, "3": 1900, "4": 1900, "5": 2000, "6": 2000}
FOREIGN_PERSON = "0"


def check_digit(first_eleven: str) -> int | None:
    """The twelfth digit of an IIN or BIN (Government decree 565 of 11.06.2003); None when no number is issued."""
    digits = [int(digit) for digit in first_eleven]
    for weights in (FIRST_WEIGHTS, SECOND_WEIGHTS):
        rest = sum(digit * weight for digit, weight in zip(digits, weights, strict=True)) % 11
        if rest != NEVER_ISSUED:
            return rest
    return None


def is_iin(text: str) -> bool:
    """Whether these twelve digits can be the IIN of a person: check digit, century and a real birthday."""
    if not re.fullmatch(r"\d{12}", text, re.ASCII) or check_digit(text[:11]) != int(text[11]):
        return False
    return text[6] == FOREIGN_PERSON or birth_date_of(text) is not None


def birth_date_of(iin: str) -> date | None:
    """The birthday that the first seven digits name; None for a foreign person's number or no real day."""
    century = CENTURIES.get(iin[6])
    if century is None:
        return None
    try:
        return date(century + int(iin[:2]), int(iin[2:4]), int(iin[4:6]))
    except ValueError:
        return None
