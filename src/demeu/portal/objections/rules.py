"""Until when an objection is answered, and by whom. Pure."""

from datetime import datetime, timedelta

ANSWER_WORKING_DAYS = 3
WORDS_LENGTH_MAX = 4_000
SATURDAY = 5


def due_after(made_at: datetime) -> datetime:
    """The same hour three working days later; public holidays are not known here and make it stricter, never later."""
    due, left = made_at, ANSWER_WORKING_DAYS
    while left:
        due += timedelta(days=1)
        left -= due.weekday() < SATURDAY
    return due


def may_answer(*, answerer: str, looked: str, objector: str) -> bool:
    """Neither who looked nor who objects answers."""
    return answerer not in (looked, objector)
