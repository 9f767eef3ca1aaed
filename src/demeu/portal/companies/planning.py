"""A company's year: budgets by theme beside what was promised and paid, and its employees' gifts together. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from demeu.contracts.treasury import Pledge
from demeu.contracts.words import NeedGroup
from demeu.kernel.clock import ALMATY
from demeu.kernel.errors import invalid
from demeu.portal.companies.models import PledgeIntent

OTHER = "other"
THEMES: tuple[str, ...] = (*(str(group) for group in NeedGroup), OTHER)
PAID = ("paid", "matching", "matched", "ended")
EMPLOYEES_MIN = 5
YEARS = (2020, 2100)


@dataclass(frozen=True)
class Theme:
    """One theme of a year, tiyn."""

    code: str
    budget_tiyn: int
    promised_tiyn: int
    paid_tiyn: int

    @property
    def left_tiyn(self) -> int:
        """What of the budget is not promised yet; never below zero."""
        return max(self.budget_tiyn - self.promised_tiyn, 0)

    @property
    def used_percent(self) -> float:
        """How much of the budget is promised, at most 100."""
        return min(100 * self.promised_tiyn / self.budget_tiyn, 100.0) if self.budget_tiyn else 0.0


def themes_of(
    pledges: Iterable[PledgeIntent], standing: Mapping[UUID, Pledge], budgets: Mapping[str, int], year: int
) -> tuple[Theme, ...]:
    """All themes of a year in their order; what is for no group stands under «other»."""
    promised, paid = dict.fromkeys(THEMES, 0), dict.fromkeys(THEMES, 0)
    for row in pledges:
        if row.created_at.astimezone(ALMATY).year != year:
            continue
        theme = row.target_code if row.target_kind == "group" and row.target_code in promised else OTHER
        promised[theme] += row.amount_tiyn
        now = standing.get(row.pledge)
        paid[theme] += row.amount_tiyn if now is not None and now.state in PAID else 0
    return tuple(Theme(code, budgets.get(code, 0), promised[code], paid[code]) for code in THEMES)


def employees_sum(shares: Sequence[int]) -> tuple[int, int] | None:
    """How many employees gave and how much together; None below five people, so that nobody's gift can be told."""
    gave = [tiyn for tiyn in shares if tiyn > 0]
    return (len(gave), sum(gave)) if len(gave) >= EMPLOYEES_MIN else None


def check_year(year: int) -> int:
    """A year that may be asked for: `company.year`."""
    if not YEARS[0] <= year <= YEARS[1]:
        raise invalid("company.year")
    return year
