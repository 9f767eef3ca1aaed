"""When money is surplus, which answers a donor may give, and what holds when none comes. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from demeu.kernel.errors import conflict, forbidden, invalid

ONE_CASE = ("case", "item")
POOLED = ("group", "region", "programme")


class Way(StrEnum):
    """Where surplus money may go."""

    SAME_GROUP = "same_group"
    SAME_REGION = "same_region"
    MOST_URGENT = "most_urgent"
    RETURN = "return"


@dataclass(frozen=True)
class Terms:
    """The written terms as they hold from a day on; see `terms.yaml`."""

    since: date
    patience_days: int
    answer_days: int
    default: Way
    default_pooled: Way


def terms_on(all_terms: Sequence[Terms], day: date) -> Terms:
    """The terms that hold on a day: the latest that have begun, the first ones before any has."""
    begun = [terms for terms in all_terms if terms.since <= day]
    return max(begun or [min(all_terms, key=lambda terms: terms.since)], key=lambda terms: terms.since)


def is_surplus(*, kind: str, free_tiyn: int, wanted: bool, received_at: datetime, now: datetime, terms: Terms) -> bool:
    """Whether free money has no need of its own left: at once for one case, after the patience for a pool."""
    if free_tiyn <= 0 or wanted:
        return False
    if kind in ONE_CASE:
        return True
    return kind in POOLED and now - received_at >= timedelta(days=terms.patience_days)


def ways_of(kind: str) -> tuple[Way, ...]:
    """What a donor may answer: a pool's own group or region has been tried already."""
    return tuple(Way) if kind in ONE_CASE else (Way.MOST_URGENT, Way.RETURN)


def default_of(kind: str, terms: Terms) -> Way:
    """What holds when no answer comes."""
    return terms.default if kind in ONE_CASE else terms.default_pooled


def check_answer(way: str, *, kind: str, open_: bool) -> Way:
    """One of the ways, while the question is open: `fallback.way`, `fallback.answered`."""
    if way not in ways_of(kind):
        raise invalid("fallback.way")
    if not open_:
        raise conflict("fallback.answered")
    return Way(way)


def check_may_answer(*, actor: str, donor: str | None) -> None:
    """A known donor answers in person; a guest's gift is answered by who holds its address: `fallback.not_yours`."""
    if donor is not None and actor != f"person:{donor}":
        raise forbidden("fallback.not_yours")
