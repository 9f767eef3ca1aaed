"""The calendar of monthly gifts, what becomes of a failed charge, and what a donor may change. Pure."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from demeu.kernel.clock import ALMATY
from demeu.kernel.errors import conflict, forbidden, invalid, too_late

POOLED = ("group", "region", "fund", "programme", "sustainability", "reserve")
CHARGING = ("halyk", "freedom", "tiptop")


class PlanState(StrEnum):
    """Where a plan stands: waiting for its first gift, going on, or ended."""

    WAITING = "waiting"
    ACTIVE = "active"
    STOPPED = "stopped"


class ChargeState(StrEnum):
    """Where a month stands. `planned`: an attempt is ahead; `trying`: the gateway has been asked."""

    PLANNED = "planned"
    TRYING = "trying"
    PAID = "paid"
    MISSED = "missed"
    SKIPPED = "skipped"
    REMINDED = "reminded"


ENDED = (ChargeState.PAID, ChargeState.MISSED, ChargeState.SKIPPED, ChargeState.REMINDED)


class What(StrEnum):
    """What a donor does to a plan."""

    SKIP = "skip"
    CHANGE = "change"
    STOP = "stop"
    UNDO = "undo"


@dataclass(frozen=True)
class Terms:
    """The written terms as they hold from a day on; see `terms.yaml`."""

    since: date
    hour: int
    notice_days: int
    retry_days: tuple[int, ...]
    missed_months: int
    undo_days: int


def terms_on(all_terms: Sequence[Terms], day: date) -> Terms:
    """The terms that hold on a day: the latest that have begun, the first ones before any has."""
    begun = [terms for terms in all_terms if terms.since <= day]
    return max(begun or [min(all_terms, key=lambda terms: terms.since)], key=lambda terms: terms.since)


def month_of(at: datetime) -> date:
    """The first day of the month in which a moment lies in Kazakhstan."""
    return at.astimezone(ALMATY).date().replace(day=1)


def month_after(month: date) -> date:
    """The first day of the next month."""
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1)


def due_day(month: date, day: int) -> date:
    """The day of a charge: the chosen one, or the month's last when the month is shorter."""
    return month.replace(day=min(day, monthrange(month.year, month.month)[1]))


def moment_on(day: date, terms: Terms) -> datetime:
    """The moment of a day's charges, UTC."""
    return datetime.combine(day, time(terms.hour), ALMATY).astimezone(UTC)


def first_month(*, given_at: datetime) -> date:
    """The first month that is charged by itself: the one after the first gift's."""
    return month_after(month_of(given_at))


def retry_day(*, due: date, failed: int, terms: Terms) -> date | None:
    """The day of the next attempt after so many failed ones (>= 1); None when the month is to be left out."""
    return due + timedelta(days=terms.retry_days[failed - 1]) if failed <= len(terms.retry_days) else None


def is_over(ended: Sequence[ChargeState], terms: Terms) -> bool:
    """Whether the last months (newest last) end the plan: too many in a row left out; a skipped one breaks no row."""
    counted = [state for state in ended if state is not ChargeState.SKIPPED][-terms.missed_months :]
    return len(counted) == terms.missed_months and all(state is ChargeState.MISSED for state in counted)


def check_target(kind: str) -> None:
    """One case ends when it is funded, so a monthly gift is for more than one: `monthly.one_need`."""
    if kind not in POOLED:
        raise invalid("monthly.one_need", kind=kind)


def check_own(*, actor: str, donor: str) -> None:
    """Only the donor changes a plan: `monthly.not_yours`."""
    if actor != f"person:{donor}":
        raise forbidden("monthly.not_yours")


def check_going(state: PlanState) -> None:
    """What has ended is not changed any more: `monthly.stopped`, `monthly.waiting`."""
    if state is PlanState.STOPPED:
        raise too_late("monthly.stopped")
    if state is PlanState.WAITING:
        raise conflict("monthly.waiting")


def check_day(day: int) -> None:
    """A day of a month: `monthly.day`."""
    if not 1 <= day <= 31:
        raise invalid("monthly.day")


def check_skippable(state: ChargeState | None) -> None:
    """A month can be skipped until its first attempt: `monthly.month_begun`."""
    if state not in (None, ChargeState.PLANNED):
        raise too_late("monthly.month_begun")


def check_undoable(*, found: bool, age: timedelta, terms: Terms, charged_since: bool) -> None:
    """The last change, while it has not worked yet: `monthly.nothing_to_undo`, `monthly.too_late_to_undo`."""
    if not found:
        raise conflict("monthly.nothing_to_undo")
    if charged_since or age > timedelta(days=terms.undo_days):
        raise too_late("monthly.too_late_to_undo", days=terms.undo_days)


def next_due_month(*, next_month: date, day: int, now: datetime, terms: Terms) -> date:
    """The month to go on with after a stop was taken back or a day changed: none whose moment has passed."""
    while moment_on(due_day(next_month, day), terms) <= now:
        next_month = month_after(next_month)
    return next_month
