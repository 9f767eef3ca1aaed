"""What of a criterion matters, found by trying it: it has few limits, so a few members and answers show everything.

Each criterion is tried with every small number of members, up to beyond its largest limit, and with the answers it
names. From that come two savings that change no result: a count of which only «anybody» or «everybody» decides needs
two bits of a member; and where one end of a measure is never better than the other, only that end bounds the points.
"""

from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from itertools import product
from types import SimpleNamespace

from demeu.scoring.criteria.language import Count, Value
from demeu.scoring.plain import when
from demeu.scoring.rule_sets import Ruled

LARGEST_NUMBER = 64
"""Limits above it are sums, ages or days, not numbers of members."""

BEYOND = 2
"""How far beyond the largest limit a criterion is tried."""


class Deciding(Enum):
    """What of a count decides."""

    NUMBER = "number"
    ANYBODY = "anybody"
    EVERYBODY = "everybody"


def deciding(ruled: Ruled, measure: str) -> Deciding:
    """The least that must be known of a count to know the points, whatever everything else is."""
    found = [Deciding.ANYBODY, Deciding.EVERYBODY, Deciding.NUMBER]
    for points in _tried(ruled, measure):
        if len(set(points[1:])) > 1 and Deciding.ANYBODY in found:
            found.remove(Deciding.ANYBODY)
        if len(set(points[:-1])) > 1 and Deciding.EVERYBODY in found:
            found.remove(Deciding.EVERYBODY)
    return found[0]


def bounding(ruled: Ruled, name: str, best: Callable[[Sequence[int]], int]) -> Sequence[int]:
    """Places of the choices for a measure or fact that must be tried to find the `best`, `min` or `max`, points.

    One place when it is the best in all circumstances; of a measure 0 is its low end and -1 its high end.
    """
    tried = list(_tried(ruled, name))
    is_measure = name in ruled.criterion.measures
    places = (0, -1) if is_measure else range(len(tried[0]))
    for place in places:
        if all(points[place] == best(points) for points in tried):
            return (place,)
    return places


def _tried(ruled: Ruled, name: str) -> Iterator[list[int]]:
    """The points for each choice of one measure or fact, in all circumstances."""
    criterion, limits = ruled.criterion, ruled.limits
    numbers = [limit for limit in vars(limits).values() if type(limit) is int and limit < LARGEST_NUMBER]
    for members in range(1, max(numbers, default=0) + BEYOND + 1):
        choices: dict[str, Sequence[Value]] = {}
        for measure, of in criterion.measures.items():
            enough = 0 if isinstance(of, Count) else of.enough(limits, members)
            choices[measure] = range(members + 1) if isinstance(of, Count) else _amounts(int(enough))
        for fact, answers in criterion.facts.items():
            choices[fact] = answers(limits)
        asked = choices.pop(name)
        for combination in product(*choices.values()):
            given = dict(zip(choices, combination, strict=True))
            yield [_points(ruled, given | {name: choice}, members) for choice in asked]


def _amounts(enough: int) -> Sequence[int]:
    """Sums from nothing to more than enough."""
    return [0, 1, *(enough * sixteenth // 16 for sixteenth in range(1, 17)), enough + 1]


def _points(ruled: Ruled, household: dict[str, Value], members: int) -> int:
    given = SimpleNamespace(**household, members=members)
    return int(ruled.criterion.outcome(given, ruled.limits, ruled.outcomes, when).points)
