"""Sharing gifts out by a rule: needs are ranked once a run, then gift after gift takes its turn. Pure.

Each gift takes as much as the first need in turn lacks, then the next. A line of needs remembers where its first
unfilled one is, so that a million gifts over a hundred thousand needs take seconds.
"""

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from demeu.contracts.treasury import PROGRAMMES
from demeu.treasury.allocation.rules import RULES, VERSION, Candidate, Points, Rule, Wish, in_turn, scopes_of

ALTERNATIVES_KEPT = 3
CURRENT = RULES[VERSION]


class Share(NamedTuple):
    """A part of a gift for one item, and why: scope, turn in it, points, and who came next with how many points."""

    item: UUID
    case: UUID
    amount_tiyn: int
    scope: str
    turn: int
    points: Points
    next_in_turn: tuple[tuple[UUID, int], ...]
    fills: bool


@dataclass(frozen=True)
class Offer:
    """A gift's free money that waits for its needs; gifts go in order of receipt, then of id."""

    gift: UUID
    received_at: datetime
    amount_tiyn: int
    wish: Wish


class Line:
    """Needs of one scope in their turn. `jump` leads over filled ones and gets shorter with use."""

    def __init__(self, places: list[int], left: list[int]) -> None:
        self.places = places
        self.left = left
        self.jump = list(range(1, len(places) + 1))
        self.first = 0
        self.told_of = -1
        self.told: tuple[int, ...] = ()
        self.named: tuple[tuple[UUID, int], ...] | None = None

    def unfilled_from(self, start: int) -> int:
        """The first place at or after `start` whose need still lacks something; the length when there is none."""
        places, left, jump = self.places, self.left, self.jump
        end, count = start, len(places)
        while end < count and left[places[end]] == 0:
            end = jump[end]
        while start < end:
            jump[start], start = end, jump[start]
        return end

    def after(self, place: int) -> tuple[int, ...]:
        """The best needs after a place; remembered for as long as none of them is filled."""
        left, found = self.left, list[int]()
        if place == self.told_of and all(left[at] for at in self.told):
            return self.told
        self.told_of, self.named = place, None
        while len(found) < ALTERNATIVES_KEPT:
            place = self.unfilled_from(place + 1)
            if place >= len(self.places):
                break
            found.append(self.places[place])
        self.told = tuple(found)
        return self.told


class Run:
    """One run over needs that were ranked at its beginning. The order in which they are listed decides nothing."""

    def __init__(self, candidates: Iterable[Candidate], *, at: datetime, rule: Rule = CURRENT) -> None:
        ranked = in_turn(candidates, rule, at)
        self.needs = [candidate for candidate, _ in ranked]
        self.points = [points for _, points in ranked]
        self.left = [candidate.lacks_tiyn for candidate in self.needs]
        self.lines: dict[tuple[str, object], Line] = {}
        self.by: dict[str, dict[object, list[int]]] = {"item": {}, "case": {}, "group": {}}
        for place, need in enumerate(self.needs):
            for name, value in (("item", need.item), ("case", need.case), ("group", need.group)):
                self.by[name].setdefault(value, []).append(place)

    def give(self, amount_tiyn: int, wish: Wish) -> list[Share]:
        """Shares of at most `amount_tiyn` in all; never more than an item lacks, never outside the gift's scopes."""
        shares: list[Share] = []
        for scope, by, value in scopes_of(wish):
            if amount_tiyn == 0:
                break
            line = self.lines.get((by, value)) or self._line(by, value)
            amount_tiyn -= self._along(line, amount_tiyn, scope, shares)
        return shares

    def _along(self, line: Line, amount_tiyn: int, scope: str, shares: list[Share]) -> int:
        """Give along one line; how much was given."""
        left, places, given, turn = self.left, line.places, 0, 0
        place = line.first = line.unfilled_from(line.first)
        while given < amount_tiyn and place < len(places):
            at = places[place]
            part = min(amount_tiyn - given, left[at])
            left[at] -= part
            given += part
            need, fills = self.needs[at], left[at] == 0
            shares.append(
                Share(need.item, need.case, part, scope, turn, self.points[at], self._told(line, place), fills)
            )
            turn += 1
            place = line.unfilled_from(place)
        return given

    def _told(self, line: Line, place: int) -> tuple[tuple[UUID, int], ...]:
        """The best that got nothing by this decision, with their points."""
        after = line.after(place)
        if line.named is None:
            line.named = tuple([(self.needs[at].item, self.points[at].total) for at in after])
        return line.named

    def _line(self, by: str, value: object) -> Line:
        """The needs of a scope; made at its first use."""
        if by == "all":
            places = list(range(len(self.needs)))
        elif by == "programme":
            programme = PROGRAMMES[str(value)]
            takes = [programme.takes(group=need.group, region_kato=need.region_kato) for need in self.needs]
            places = [at for at, taken in enumerate(takes) if taken]
        elif by == "region":
            places = [at for at, need in enumerate(self.needs) if need.region_kato.startswith(str(value))]
        else:
            places = self.by[by].get(value, [])
        line = self.lines[by, value] = Line(places, self.left)
        return line


def share_out(
    amount_tiyn: int, wish: Wish, candidates: Iterable[Candidate], *, at: datetime, rule: Rule = CURRENT
) -> list[Share]:
    """A run of one gift."""
    return Run(candidates, at=at, rule=rule).give(amount_tiyn, wish)


def share_all(
    offers: Sequence[Offer], candidates: Iterable[Candidate], *, at: datetime, rule: Rule = CURRENT
) -> dict[UUID, list[Share]]:
    """A run of many gifts in order of receipt, however they are listed; gifts that got nowhere are left out."""
    shared: dict[UUID, list[Share]] = {}
    with _collector_at_rest():
        run = Run(candidates, at=at, rule=rule)
        for offer in sorted(offers, key=lambda one: (one.received_at, one.gift)):
            shares = run.give(offer.amount_tiyn, offer.wish)
            if shares:
                shared[offer.gift] = shares
    return shared


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Millions of values are made and none is garbage: looking for some takes a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
