"""States of applications and cases and how they may change. Pure."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

from demeu.kernel.errors import conflict

WORDS_LENGTH_MAX = 4000
"""Characters of what somebody tells in their own words."""


class ApplicationState(StrEnum):
    """From the first question to the decision."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    GATHERING = "gathering"
    WAITING_REGISTRY = "waiting_registry"
    REVIEW = "review"
    VISIT = "visit"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class CaseState(StrEnum):
    """From the wish list to the last confirmation."""

    DRAFT = "draft"
    GUARDED = "guarded"
    PUBLISHED = "published"
    FUNDED = "funded"
    DELIVERING = "delivering"
    COMPLETED = "completed"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


A = ApplicationState
C = CaseState

APPLICATION_MOVES: Mapping[ApplicationState, frozenset[ApplicationState]] = {
    A.DRAFT: frozenset({A.SUBMITTED, A.WITHDRAWN}),
    A.SUBMITTED: frozenset({A.GATHERING, A.WITHDRAWN}),
    A.GATHERING: frozenset({A.WAITING_REGISTRY, A.REVIEW, A.WITHDRAWN}),
    A.WAITING_REGISTRY: frozenset({A.GATHERING, A.REVIEW, A.WITHDRAWN}),
    A.REVIEW: frozenset({A.VISIT, A.REFUSED, A.WITHDRAWN}),
    A.VISIT: frozenset({A.APPROVED, A.REFUSED, A.WITHDRAWN}),
    A.APPROVED: frozenset(),
    A.REFUSED: frozenset(),
    A.WITHDRAWN: frozenset(),
}

CASE_MOVES: Mapping[CaseState, frozenset[CaseState]] = {
    C.DRAFT: frozenset({C.GUARDED, C.WITHDRAWN}),
    C.GUARDED: frozenset({C.DRAFT, C.PUBLISHED, C.WITHDRAWN}),
    C.PUBLISHED: frozenset({C.FUNDED, C.SUSPENDED, C.WITHDRAWN, C.EXPIRED}),
    C.FUNDED: frozenset({C.DELIVERING, C.SUSPENDED, C.WITHDRAWN}),
    C.DELIVERING: frozenset({C.COMPLETED, C.SUSPENDED}),
    C.COMPLETED: frozenset(),
    C.SUSPENDED: frozenset({C.PUBLISHED, C.WITHDRAWN}),
    C.WITHDRAWN: frozenset(),
    C.EXPIRED: frozenset(),
}

PUBLIC_CASE_STATES = frozenset({C.PUBLISHED, C.FUNDED, C.DELIVERING, C.COMPLETED})

WAIT_HOURS = 24


class Waiting(Protocol):
    """What of an application matters for waiting."""

    state: str
    submitted_at: datetime | None


def waits_for(row: Waiting, worth_waiting: Sequence[str], at: datetime) -> bool:
    """Whether an application waits for registries that are silent now.

    For a day since it was sent: then a human goes on with what is known, and nobody is refused for the silence.
    """
    if not worth_waiting or row.state != A.WAITING_REGISTRY or row.submitted_at is None:
        return False
    return at < row.submitted_at + timedelta(hours=WAIT_HOURS)


State = TypeVar("State", bound=StrEnum)


def moved(moves: Mapping[State, frozenset[State]], now: State, to: State) -> State:
    """The new state; `state.no_such_move` when the thing does not go there from here."""
    if to not in moves[now]:
        raise conflict("state.no_such_move", state=str(now), wanted=str(to))
    return to
