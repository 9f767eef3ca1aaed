"""Promised terms of a case beside what each step took, in days. Pure.

The promises are the platform's own, shown in public: publication 3 days after the visit, payment 5 days after the sum
is raised, delivery 20 days after payment, the family's word 7 days after delivery.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

PROMISED_DAYS = {"publication": 3, "payment": 5, "delivery": 20, "report": 7}


@dataclass(frozen=True)
class Term:
    """One step: promised days, days taken when it is over, days running when it is under way."""

    step: str
    promised_days: int
    took_days: int | None
    running_days: int | None

    @property
    def late(self) -> bool:
        """Whether the promise was not kept, or is not being kept."""
        return (self.took_days or self.running_days or 0) > self.promised_days


@dataclass(frozen=True)
class Days:
    """The day on which each thing happened to the whole case; None = not yet."""

    visited: date | None
    published: date | None
    funded: date | None
    paid: date | None
    delivered: date | None
    completed: date | None


def terms(days: Days, today: date) -> list[Term]:
    """Every promise with what came of it by `today`."""
    steps = (
        ("publication", days.visited, days.published),
        ("payment", days.funded, days.paid),
        ("delivery", days.paid, days.delivered),
        ("report", days.delivered, days.completed),
    )
    return [
        Term(
            step,
            PROMISED_DAYS[step],
            (ended - began).days if began and ended else None,
            (today - began).days if began and not ended else None,
        )
        for step, began, ended in steps
    ]


def last_day(moments: Iterable[tuple[str, date]], code: str, times: int) -> date | None:
    """The day of the last line of a code, once it has come as often as there are items; None before."""
    days = [day for found, day in moments if found == code]
    return max(days) if days and len(days) >= times else None
