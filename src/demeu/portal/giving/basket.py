"""What stands in a visitor's basket: case numbers in a cookie, lines of a form. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

COOKIE = "basket"
COOKIE_S = 14 * 24 * 60 * 60
CASES_MAX = 10
NUMBER = re.compile(r"^\d{2}-\d{4,7}$")
AMOUNT_LENGTH_MAX = 60


class Lists(Protocol):
    """A posted form: several values under one name."""

    def getlist(self, key: str) -> list[str]:
        """All of them, in their order."""
        ...


@dataclass
class Line:
    """One case of the basket: its number, the id of its gift, the sum as written, and what is wrong with it."""

    number: str
    gift: str
    amount: str
    problem: str = ""


def numbers_in(cookie: str) -> list[str]:
    """Case numbers of a cookie, each once, at most ten; what is none is left out."""
    return list(dict.fromkeys(part for part in cookie[:200].split(".") if NUMBER.match(part)))[:CASES_MAX]


def with_number(numbers: Sequence[str], *, put: str = "", out: str = "") -> list[str]:
    """The basket with one case more or less; a full one takes no more."""
    found = [number for number in numbers if number != out]
    if NUMBER.match(put) and put not in found and len(found) < CASES_MAX:
        found.append(put)
    return found


def lines_posted(form: Lists) -> list[Line]:
    """Lines of the form, an empty sum left out; as many as all three lists have, at most ten."""
    rows = zip(form.getlist("case"), form.getlist("gift"), form.getlist("amount"), strict=False)
    known: dict[str, Line] = {}
    for number, gift, amount in list(rows)[:CASES_MAX]:
        if NUMBER.match(number) and amount.strip():
            known.setdefault(number, Line(number, gift, amount[:AMOUNT_LENGTH_MAX]))
    return list(known.values())
