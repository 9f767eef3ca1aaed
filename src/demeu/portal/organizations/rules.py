"""When a report is due and what follows when it is not filed; when two visits agree; who is drawn. Pure."""

import hashlib
from collections.abc import Collection
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from demeu.kernel.errors import invalid

KINDS = ("ngo", "state")
PAPERS = ("registration", "charter", "accreditation", "accounts")
DAYS_TO_FILE = 30
SECOND_VISITS_PER_HUNDRED = 5
# Findings that cannot both be true of one family.
CONTRARY = (("need_seen", "need_not_seen"), ("family_as_stated", "family_differs"))
FAMILIES_MAX, SPENT_TIYN_MAX = 1_000_000, 10**14


class Period(NamedTuple):
    """A quarter of a year, written 2026-Q3."""

    year: int
    quarter: int

    def __str__(self) -> str:
        return f"{self.year}-Q{self.quarter}"

    @classmethod
    def read(cls, text: str) -> "Period":
        """From its written form."""
        year, _, quarter = text.partition("-Q")
        return cls(int(year), int(quarter))

    @classmethod
    def of(cls, day: date) -> "Period":
        """The quarter that a day lies in."""
        return cls(day.year, (day.month + 2) // 3)

    @property
    def begins(self) -> date:
        """Its first day."""
        return date(self.year, 3 * self.quarter - 2, 1)

    @property
    def after(self) -> "Period":
        """The next quarter."""
        return Period(self.year + self.quarter // 4, self.quarter % 4 + 1)

    @property
    def due_on(self) -> date:
        """The last day on which its report is in time."""
        return self.after.begins + timedelta(days=DAYS_TO_FILE)


def owed(registered_on: date, today: date) -> list[Period]:
    """Every quarter that has ended since the organization was registered, the oldest first."""
    found, period = [], Period.of(registered_on)
    while period.after.begins <= today:
        found.append(period)
        period = period.after
    return found


def is_overdue(due_on: date, filed: bool, today: date) -> bool:
    """The one rule: a report that is not filed after its last day hides the organization's open cases."""
    return not filed and today > due_on


def agrees(first: Collection[str], second: Collection[str]) -> bool:
    """Whether two visits tell the same of a family: no contrary findings, and the same on who lives there."""
    for one, other in CONTRARY:
        if (one in first and other in second) or (other in first and one in second):
            return False
    return ("lives_here" in first) == ("lives_here" in second)


def is_drawn(case: UUID) -> bool:
    """Whether the lot falls on this case: about one in twenty, the same whoever asks and whenever."""
    digest = hashlib.sha256(b"second visit" + case.bytes).digest()
    return int.from_bytes(digest[:4]) % 100 < SECOND_VISITS_PER_HUNDRED


def check_report(*, families: int, visits: int, spent_tiyn: int) -> None:
    """Refuse figures that cannot be."""
    if not (0 <= families <= FAMILIES_MAX and 0 <= visits <= FAMILIES_MAX and 0 <= spent_tiyn <= SPENT_TIYN_MAX):
        raise invalid("report.impossible_figures")
