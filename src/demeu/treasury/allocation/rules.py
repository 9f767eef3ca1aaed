"""The published rule of allocation, version 1: whose turn it is, and how much. Pure, integer-exact, deterministic.

1. Scope: first what the donor chose (an item, a case, a group, a region, or all); what is left goes by the fallback
   chosen at gift time (same group, same region, or all open needs). «Return» stays with the gift.
2. Turn within a scope: urgency, then the case opened earliest, then the item's place in its case, then its id.
3. Amount: as much as the item lacks, or what is left of the gift.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

VERSION = "2026-1"
ALTERNATIVES_KEPT = 3
URGENCY_ORDER = {"emergency": 0, "high": 1, "normal": 2}


@dataclass(frozen=True)
class Candidate:
    """An open item and what it lacks (> 0)."""

    item: UUID
    case: UUID
    group: str
    region_kato: str
    urgency: str
    opened_at: datetime
    position: int
    lacks_tiyn: int


@dataclass(frozen=True)
class Wish:
    """What the donor chose. `case`, `group` and `region` describe the chosen case, for the fallback."""

    kind: str
    target: UUID | None = None
    code: str = ""
    fallback: str = "most_urgent"
    group: str = ""
    region_kato: str = ""
    case: UUID | None = None


@dataclass(frozen=True)
class Share:
    """A part of a gift for one item, and why: the scope, its turn in it, and who came next."""

    item: UUID
    case: UUID
    amount_tiyn: int
    scope: str
    turn: int
    next_in_turn: tuple[UUID, ...]
    fills: bool


def turn_key(candidate: Candidate) -> tuple[int, datetime, UUID, int, UUID]:
    """Sorting key of the published order."""
    urgency = URGENCY_ORDER[candidate.urgency]
    return (urgency, candidate.opened_at, candidate.case, candidate.position, candidate.item)


def region_prefix(kato: str) -> str:
    """The part of a КАТО code that names the place: trailing pairs of zeros are left out («750000000» → «75»)."""
    prefix = kato
    while len(prefix) > 2 and (prefix.endswith("00") or (len(prefix) % 2 and prefix.endswith("0"))):
        prefix = prefix[:-2] if prefix.endswith("00") else prefix[:-1]
    return prefix


def share_out(amount_tiyn: int, wish: Wish, candidates: Iterable[Candidate]) -> list[Share]:
    """Shares of at most `amount_tiyn` in all; never more than an item lacks; independent of the candidates' order."""
    left = amount_tiyn
    lacking = {candidate.item: candidate for candidate in sorted(candidates, key=turn_key)}
    shares: list[Share] = []
    for scope, fits in _scopes(wish):
        turns = [candidate for candidate in lacking.values() if fits(candidate)]
        for turn, candidate in enumerate(turns):
            if left == 0:
                return shares
            part = min(left, candidate.lacks_tiyn)
            following = tuple(other.item for other in turns[turn + 1 : turn + 1 + ALTERNATIVES_KEPT])
            fills = part == candidate.lacks_tiyn
            shares.append(Share(candidate.item, candidate.case, part, scope, turn, following, fills))
            left -= part
            del lacking[candidate.item]
    return shares


def _scopes(wish: Wish) -> Sequence[tuple[str, Callable[[Candidate], bool]]]:
    """The donor's own choice, then the fallback."""
    own: dict[str, Callable[[Candidate], bool]] = {
        "item": lambda candidate: candidate.item == wish.target,
        "case": lambda candidate: candidate.case == wish.target,
        "group": lambda candidate: candidate.group == wish.code,
        "region": lambda candidate: candidate.region_kato.startswith(region_prefix(wish.code)),
        "fund": lambda candidate: True,
    }
    back: dict[str, Callable[[Candidate], bool]] = {
        "same_group": lambda candidate: candidate.group == (wish.group or wish.code),
        "same_region": lambda candidate: candidate.region_kato[:2] == (wish.region_kato or wish.code)[:2],
        "most_urgent": lambda candidate: True,
        "return": lambda candidate: False,
    }
    return [(wish.kind, own[wish.kind]), (f"fallback:{wish.fallback}", back[wish.fallback])]
