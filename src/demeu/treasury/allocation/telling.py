"""Telling the new figures of cases: an event carries them all, so that the catalogue serves without treasury."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

from demeu.contracts.treasury import CaseMoneyChanged
from demeu.kernel import clock
from demeu.kernel.events import announce
from demeu.treasury.allocation.queries import case_money

_gathering: ContextVar[set[UUID] | None] = ContextVar("gathering", default=None)


def announce_cases(*, cases: Sequence[UUID]) -> None:
    """Tell the present figures of these cases, in the transaction that changed them."""
    gathered = _gathering.get()
    if gathered is not None:
        gathered.update(cases)
        return
    at = clock.now()
    for money in case_money(cases):
        announce(CaseMoneyChanged(case=money.case, money=money, at=at))


@contextmanager
def told_once() -> Iterator[None]:
    """Many changes in one transaction: each case is told once, as it stands at the end."""
    gathered: set[UUID] = set()
    token = _gathering.set(gathered)
    try:
        yield
    finally:
        _gathering.reset(token)
    announce_cases(cases=sorted(gathered))
