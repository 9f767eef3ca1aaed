"""States of a check, what a request must hold, and which figures may be shown. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import phonenumbers

from demeu.contracts.numbers import birth_date_of, is_iin
from demeu.kernel.errors import conflict

NUMBER = re.compile(r"[0-9]{1,6}(/[0-9]{1,4})?", re.ASCII)
ADULT_YEARS = 18
SHOWN_LEAST = 11
CATEGORY_BEST_OFF = 6
QUARTER = re.compile(r"(20[0-9]{2})-q([1-4])", re.ASCII)
MONTHS_A_QUARTER = 3


class CheckState(StrEnum):
    """From the request to the category, or to the word of the parent that ends it."""

    RECEIVED = "received"
    ASKED = "asked"
    GATHERING = "gathering"
    ASSESSED = "assessed"
    REFUSED = "refused"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    UNUSABLE = "unusable"


S = CheckState
MOVES: Mapping[CheckState, frozenset[CheckState]] = {
    S.RECEIVED: frozenset({S.ASKED, S.UNUSABLE}),
    S.ASKED: frozenset({S.GATHERING, S.REFUSED, S.EXPIRED}),
    S.GATHERING: frozenset({S.ASSESSED, S.WITHDRAWN, S.EXPIRED}),
    S.ASSESSED: frozenset({S.WITHDRAWN, S.EXPIRED}),
    S.REFUSED: frozenset(),
    S.EXPIRED: frozenset(),
    S.WITHDRAWN: frozenset(),
    S.UNUSABLE: frozenset(),
}
AFTER_CONSENT: Mapping[str, CheckState] = {
    "granted": S.GATHERING,
    "refused": S.REFUSED,
    "expired": S.EXPIRED,
    "withdrawn": S.WITHDRAWN,
}


def moved(now: CheckState, to: CheckState) -> CheckState:
    """The new state; `state.no_such_move` when a check does not go there from here."""
    if to not in MOVES[now]:
        raise conflict("state.no_such_move", state=str(now), wanted=str(to))
    return to


@dataclass(frozen=True)
class Request:
    """One request as a school writes it: its own number of the request, the parent's IIN and phone."""

    number: str
    iin: str
    phone: str


def tidy(number: str, iin: str, phone: str) -> Request:
    """The three fields without what people add for reading."""
    return Request(number.strip(), re.sub(r"[\s-]", "", iin), phone.strip())


def faults_of(request: Request, on: date) -> tuple[str, ...]:
    """Codes of everything that is wrong with a request; empty when nothing is."""
    found = [] if NUMBER.fullmatch(request.number) else ["number_unreadable"]
    if not is_iin(request.iin):
        found.append("iin_wrong")
    elif _is_minor(request.iin, on):
        found.append("iin_of_a_child")
    if request.phone and not _is_phone(request.phone):
        found.append("phone_wrong")
    return tuple(found)


def _is_minor(iin: str, on: date) -> bool:
    """A child cannot consent; a foreign person's number names no birthday and is let through."""
    birth = birth_date_of(iin)
    if birth is None:
        return False
    return on.year - birth.year - ((on.month, on.day) < (birth.month, birth.day)) < ADULT_YEARS


def _is_phone(text: str) -> bool:
    try:
        return phonenumbers.is_valid_number(phonenumbers.parse(text, "KZ"))
    except phonenumbers.NumberParseException:
        return False


@dataclass(frozen=True)
class Quarter:
    """A period of the figures. Quarters never overlap, so that no cell follows from the difference of two."""

    year: int
    number: int

    @property
    def code(self) -> str:
        """As in addresses: «2026-q4»."""
        return f"{self.year}-q{self.number}"

    @property
    def first_day(self) -> date:
        """The first day."""
        return date(self.year, MONTHS_A_QUARTER * (self.number - 1) + 1, 1)

    @property
    def next(self) -> "Quarter":
        """The quarter after."""
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)


def quarter_of(day: date) -> Quarter:
    """The quarter of a day."""
    return Quarter(day.year, (day.month - 1) // MONTHS_A_QUARTER + 1)


def quarter_named(code: str) -> Quarter | None:
    """The quarter of a code such as «2026-q4»; None for anything else."""
    found = QUARTER.fullmatch(code)
    return Quarter(int(found[1]), int(found[2])) if found else None


@dataclass(frozen=True)
class Figures:
    """One row of the form: a region (or the whole), schools, requests with a result, of them category 6.

    None = hidden, because the cell is small or would tell a small one.
    """

    region_kato: str
    schools: int | None
    requests: int | None
    category_six: int | None


COLUMNS = ("schools", "requests", "category_six")


def total_of(rows: Iterable[Figures], region_kato: str = "") -> Figures:
    """The sum of full rows; schools of two regions are two schools."""
    listed = list(rows)
    sums = {name: sum(getattr(row, name) for row in listed) for name in COLUMNS}
    return Figures(region_kato, **sums)


def for_the_public(rows: Sequence[Figures]) -> tuple[tuple[Figures, ...], Figures]:
    """Rows and their total with every cell below eleven hidden, and so much more that no difference tells one.

    When the hidden cells of a column could be learned from its total, the smallest shown cell is hidden too.
    """
    total = total_of(rows)
    shown = {name: _shown_column([getattr(row, name) for row in rows]) for name in COLUMNS}
    public = tuple(
        Figures(row.region_kato, *(shown[name][place] for name in COLUMNS)) for place, row in enumerate(rows)
    )
    whole = [_shown_total(shown[name], getattr(total, name)) for name in COLUMNS]
    return public, Figures(total.region_kato, *whole)


def _shown_column(cells: Sequence[int]) -> list[int | None]:
    shown: list[int | None] = [cell if cell >= SHOWN_LEAST else None for cell in cells]
    left = [cell for cell in shown if cell is not None]
    if _tells(shown, cells) and left:
        shown[shown.index(min(left))] = None
    return shown


def _tells(shown: Sequence[int | None], cells: Sequence[int]) -> bool:
    """Whether total minus shown cells would be a small sum: one hidden cell, or several that are few together."""
    hidden = [cell for cell, seen in zip(cells, shown, strict=True) if seen is None]
    return bool(hidden) and (len(hidden) == 1 or sum(hidden) < SHOWN_LEAST)


def _shown_total(shown: Sequence[int | None], total: int) -> int | None:
    """The total, unless it is small or stands over a single hidden cell."""
    hidden = sum(cell is None for cell in shown)
    return total if total >= SHOWN_LEAST and hidden != 1 else None
