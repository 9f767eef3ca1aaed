"""What of a count decides: the number itself, whether anybody counts, or whether everybody does.

A criterion is tried with every small number of members, up to beyond its largest limit. Where only «anybody» or
«everybody» decides, two bits of a member are enough, and a group joins them with a single bitwise or.
"""

from collections.abc import Iterator
from enum import Enum
from itertools import product
from types import SimpleNamespace

from demeu.scoring.criteria.language import Count, Value
from demeu.scoring.plain import when
from demeu.scoring.rule_sets import Ruled

LARGEST_TRIED = 32
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
    found = set(Deciding)
    for others, members in _circumstances(ruled, measure):
        reached = [_points(ruled, others | {measure: number}, members) for number in range(members + 1)]
        if len(set(reached[1:])) > 1:
            found.discard(Deciding.ANYBODY)
        if len(set(reached[:-1])) > 1:
            found.discard(Deciding.EVERYBODY)
    return next(one for one in (Deciding.ANYBODY, Deciding.EVERYBODY, Deciding.NUMBER) if one in found)


def _circumstances(ruled: Ruled, measure: str) -> Iterator[tuple[dict[str, Value], int]]:
    """Every number of members with every combination of other counts, and answers to all else."""
    limits, criterion = ruled.limits, ruled.criterion
    numbers = [limit for limit in vars(limits).values() if type(limit) is int and limit < LARGEST_TRIED]
    for members in range(1, max(numbers, default=0) + BEYOND + 1):
        choices: dict[str, list[Value]] = {}
        for name, other in criterion.measures.items():
            if name != measure:
                enough = None if isinstance(other, Count) else other.enough(limits, members)
                choices[name] = list(range(members + 1)) if enough is None else [0, enough - 1, enough, enough + 1]
        for fact, answers in criterion.facts.items():
            choices[fact] = list(answers(limits))
        for combination in product(*choices.values()):
            yield dict(zip(choices, combination, strict=True)), members


def _points(ruled: Ruled, household: dict[str, Value], members: int) -> int:
    given = SimpleNamespace(**household, members=members)
    return int(ruled.criterion.outcome(given, ruled.limits, ruled.outcomes, when).points)
