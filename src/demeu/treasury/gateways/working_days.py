"""Terms in working days of Kazakhstan, by dated data. A year without data knows weekends: stricter, never later."""

from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path

import yaml

from demeu.kernel.clock import ALMATY

SATURDAY = 5
FILE = Path(__file__).with_name("working_days.yaml")


@lru_cache(maxsize=1)
def holidays() -> frozenset[date]:
    """Every weekday of the data on which nobody works."""
    read = yaml.safe_load(FILE.read_text())
    return frozenset(day for days in read["years"].values() for day in days)


def is_working(day: date) -> bool:
    """Monday to Friday and no holiday."""
    return day.weekday() < SATURDAY and day not in holidays()


def due_after(asked_at: datetime, working_days: int) -> datetime:
    """The end (Asia/Almaty) of the last of so many working days after the day of asking."""
    day, left = asked_at.astimezone(ALMATY).date(), working_days
    while left:
        day += timedelta(days=1)
        left -= is_working(day)
    return datetime.combine(day, time(23, 59, 59), ALMATY)
