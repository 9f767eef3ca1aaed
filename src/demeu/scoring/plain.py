"""The criteria on plain values: one household, each indicator with its lowest and highest points.

Null facts are bounded by answers that stand for all others, criterion by criterion; no product over all facts is made.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from types import SimpleNamespace
from typing import Any

from demeu.contracts.scoring import HouseholdFacts, PersonFacts
from demeu.scoring.criteria.language import Count, Facts, Limits, Measure, Total, Value
from demeu.scoring.facts import age_years
from demeu.scoring.rule_sets import Outcome, Ruled

Span = tuple[Value, Value]


@dataclass(frozen=True, slots=True)
class Finding:
    """What one criterion found: bounds, the outcome when known, and the ends of every measure and fact it read."""

    ruled: Ruled
    low: int
    high: int
    outcome: Outcome | None
    read: Mapping[str, Span | None]

    @property
    def points(self) -> int:
        """The points that count: 0 while unknown."""
        return self.low if self.low == self.high else 0


def when(condition: Value, met: Value, otherwise: Value) -> Value:
    """The plain twin of a columnar case expression."""
    return met if condition else otherwise


def member(person: PersonFacts, on: date) -> Facts:
    """A person as criteria read it: the facts and `age` in full years."""
    return SimpleNamespace(**person.__dict__, age=age_years(person.birth_date, on))


def find(ruled: Ruled, household: HouseholdFacts, members: Sequence[Facts]) -> Finding:
    """Bounds of one criterion over all answers its null facts could take."""
    criterion, limits = ruled.criterion, ruled.limits
    spans = {name: _span(measure, limits, members) for name, measure in criterion.measures.items()}
    known: dict[str, Any] = {name: getattr(household, name) for name in criterion.facts}
    reached = [
        criterion.outcome(SimpleNamespace(**corner, members=len(members)), limits, ruled.outcomes, when)
        for corner in _corners(ruled, spans, known)
    ]
    low = min(outcome.points for outcome in reached)
    high = max(outcome.points for outcome in reached)
    read: dict[str, Span | None] = {name: None if fact is None else (fact, fact) for name, fact in known.items()}
    return Finding(ruled, low, high, reached[0] if low == high else None, read | spans)


def _corners(ruled: Ruled, spans: Mapping[str, Span], known: Mapping[str, Any]) -> Iterator[dict[str, Value]]:
    """Every combination of the ends of the measures with answers to the null facts of the household."""
    choices: dict[str, Sequence[Value]] = {
        name: (low,) if low == high else (low, high) for name, (low, high) in spans.items()
    }
    for name, fact in known.items():
        choices[name] = ruled.criterion.facts[name](ruled.limits) if fact is None else (fact,)
    for combination in product(*choices.values()):
        yield dict(zip(choices, combination, strict=True))


def _span(measure: Measure, limits: Limits, members: Sequence[Facts]) -> Span:
    if isinstance(measure, Total):
        return _total(measure, limits, members)
    return _count(measure, limits, members)


def _count(measure: Count, limits: Limits, members: Sequence[Facts]) -> Span:
    """Fewest and most members that could be counted."""
    low = high = 0
    for person in members:
        nulls = [fact for fact in measure.facts if getattr(person, fact) is None]
        if nulls:
            truths = [measure.of(answered, limits) for answered in _answered(person, nulls, measure, limits)]
            low, high = low + min(truths), high + max(truths)
        else:
            counted = measure.of(person, limits)
            low, high = low + counted, high + counted
    return low, high


def _answered(person: Facts, nulls: Sequence[str], measure: Count, limits: Limits) -> Iterator[Facts]:
    for answers in product(*(measure.facts[fact](limits) for fact in nulls)):
        yield SimpleNamespace(**(person.__dict__ | dict(zip(nulls, answers, strict=True))))


def _total(measure: Total, limits: Limits, members: Sequence[Facts]) -> Span:
    """The sum of what is known, and with anything unanswered a sum that is enough for every outcome."""
    amounts = [getattr(person, measure.of) for person in members]
    known = sum(amount for amount in amounts if amount is not None)
    return known, max(known, measure.enough(limits, len(members))) if None in amounts else known
