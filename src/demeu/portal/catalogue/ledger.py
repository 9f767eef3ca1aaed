"""What the public pages ask of treasury, for a short moment only; None when it does not answer, never an error page."""

import logging
from typing import TypeVar
from uuid import UUID

from django.core.cache import cache
from pydantic import BaseModel

from demeu.contracts import treasury
from demeu.contracts.words import Purpose
from demeu.kernel.calling import ask
from demeu.kernel.errors import Kind, Refusal, suppressed
from demeu.kernel.operations import Empty, Operation

ACTOR = "guest"
DEADLINE_S = 1.5
FRESH_S = 5
PLATFORM = "catalogue.platform"

Request = TypeVar("Request", bound=BaseModel)
Response = TypeVar("Response", bound=BaseModel)
log = logging.getLogger(__name__)


def _asked(operation: Operation[Request, Response], body: Request) -> Response | None:
    try:
        return ask("treasury", operation, body, actor=ACTOR, purpose=Purpose.DONATION, deadline_s=DEADLINE_S)
    except Refusal as refusal:
        if refusal.kind != Kind.UNAVAILABLE:
            raise
        log.warning("treasury.away")
        return None


def platform() -> treasury.PlatformMoney | None:
    """Public totals and the last movements, at most five seconds old."""
    kept: treasury.PlatformMoney | None = cache.get(PLATFORM)
    if kept is None:
        kept = _asked(treasury.MONEY_PLATFORM, Empty())
        if kept is not None:
            cache.set(PLATFORM, kept, FRESH_S)
    return kept


def promises() -> treasury.BooksPromises | None:
    """Every promise of the books, and what the last check found."""
    return _asked(treasury.BOOKS_PROMISES, Empty())


def trail(case: UUID) -> tuple[treasury.TrailStep, ...] | None:
    """Every step of a case's money, oldest first; an empty tuple for a case that treasury has not heard of yet."""
    with suppressed(Kind.NOT_FOUND):
        found = _asked(treasury.MONEY_TRAIL, treasury.CaseQuestion(case=case))
        return None if found is None else found.steps
    return ()


def checked(proof: str) -> treasury.LogChecked | None:
    """The steps of checking a receipt's proof."""
    return _asked(treasury.LOG_CHECK, treasury.LogCheck(proof=proof))


def lines(after: int, limit: int) -> tuple[treasury.TrailStep, ...] | None:
    """Steps of all money after a record of the log, in its order."""
    found = _asked(treasury.MONEY_LINES, treasury.TrailLinesQuestion(after=after, limit=limit))
    return None if found is None else found.steps
