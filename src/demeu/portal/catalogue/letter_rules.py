"""Letters about a case: how a report of a problem and a question to the curator move on, and by when. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from demeu.kernel.errors import conflict

ANSWER_DAYS = {"complaint": 2, "question": 5}
APPEAL_DAYS = 14
WORDS_LENGTH_MAX = 2000
PUBLIC_LENGTH_MAX = 600


class ComplaintState(StrEnum):
    """From the letter to the last word about it."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    CLOSED = "closed"
    APPEALED = "appealed"


class QuestionState(StrEnum):
    """A question is asked, answered in public, or put aside with a reason code."""

    ASKED = "asked"
    ANSWERED = "answered"
    PUT_ASIDE = "put_aside"


C = ComplaintState
COMPLAINT_MOVES: Mapping[ComplaintState, frozenset[ComplaintState]] = {
    C.RECEIVED: frozenset({C.ASSIGNED}),
    C.ASSIGNED: frozenset({C.ANSWERED}),
    C.ANSWERED: frozenset({C.CLOSED, C.APPEALED}),
    C.APPEALED: frozenset({C.ASSIGNED}),
    C.CLOSED: frozenset(),
}


def check_move(before: str, after: ComplaintState) -> None:
    """Whether a complaint may move so: `complaint.wrong_state`."""
    if after not in COMPLAINT_MOVES[ComplaintState(before)]:
        raise conflict("complaint.wrong_state", state=before)


def due_after(kind: str, moment: datetime) -> datetime:
    """By when a letter is answered."""
    return moment + timedelta(days=ANSWER_DAYS[kind])


def is_over(answered_at: datetime, moment: datetime) -> bool:
    """Whether nobody has objected to an answer for long enough."""
    return moment >= answered_at + timedelta(days=APPEAL_DAYS)
