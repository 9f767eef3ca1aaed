"""The small language criteria are written in: one text that runs on plain values and on columns.

Only `& |`, comparisons, integer arithmetic and `when(condition, a, b)`; never `if`, `and`, `or`, `not`, and no number.
Numbers come from the rule set as `limits`; points come from it as `outcomes`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Any, TypeAlias

ENDLESS = inf
"""More than any limit."""

Value: TypeAlias = Any
"""A whole number, a truth or an outcome; in the columnar engine a column of them."""

Facts: TypeAlias = Any
"""One person (with `age` in full years) or one household (facts, measures and `members`), read by attribute."""

Limits: TypeAlias = Any
"""The thresholds of a criterion in force on the assessment date, read by attribute."""

Outcomes: TypeAlias = Any
"""The outcomes of a criterion by name; each stands for its points."""

When: TypeAlias = Callable[[Value, Value, Value], Value]
Answers: TypeAlias = Callable[[Limits], tuple[Value, ...]]
Rule: TypeAlias = Callable[[Facts, Limits, Outcomes, When], Value]


def yes_or_no(_limits: Limits) -> tuple[Value, ...]:
    """The answers a flag can take."""
    return (False, True)


def just_above(amount: Value) -> Value:
    """The next whole number."""
    return amount + 1


@dataclass(frozen=True)
class Count:
    """The number of members for whom `of` holds. `facts`: what may be null in it, with answers that stand for all."""

    of: Callable[[Facts, Limits], Value]
    facts: Mapping[str, Answers] = field(default_factory=dict)


@dataclass(frozen=True)
class Total:
    """The sum of one fact over the members. `enough`: a sum from which more changes no outcome."""

    of: str
    enough: Callable[[Limits, Value], Value]


Measure: TypeAlias = Count | Total


@dataclass(frozen=True)
class Criterion:
    """One indicator: measures over the members, facts of the household, and the outcome they lead to.

    `facts` gives for each household fact answers that stand for all it could take: at least one for every outcome.
    `outcome` must be monotone in each measure, so that its ends bound it.
    `shown`: what a reader is shown, each with its unit.
    """

    code: str
    group: str
    outcome: Rule
    shown: Mapping[str, str]
    measures: Mapping[str, Measure] = field(default_factory=dict)
    facts: Mapping[str, Answers] = field(default_factory=dict)

    @property
    def asked(self) -> tuple[str, ...]:
        """Every fact that may be unanswered here."""
        read: list[str] = list(self.facts)
        for measure in self.measures.values():
            read.extend([measure.of] if isinstance(measure, Total) else measure.facts)
        return tuple(dict.fromkeys(read))


def reaches(amount_tiyn: Value, share: Value, household: Facts, limits: Limits) -> Value:
    """Whether a household sum is at least `share` minimums a member; exact, in whole numbers."""
    return amount_tiyn * share.denominator >= share.numerator * limits.minimum_tiyn * household.members


def exceeds(amount_tiyn: Value, share: Value, household: Facts, limits: Limits) -> Value:
    """Whether a household sum is more than `share` minimums a member; exact, in whole numbers."""
    return amount_tiyn * share.denominator > share.numerator * limits.minimum_tiyn * household.members
