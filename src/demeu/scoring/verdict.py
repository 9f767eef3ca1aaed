"""From findings to the verdict: total, level, category, range. Pure; holds no number of the methodology."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from demeu.contracts.scoring import Level
from demeu.scoring.plain import Finding
from demeu.scoring.rule_sets import Rules

LEVEL_LOWEST: Level = "E"
CATEGORY_BEST_OFF = 6


@dataclass(frozen=True, slots=True)
class Verdict:
    """`category_low`, `category_high`: the categories of both ends of the range; equal once complete."""

    total: int
    level: Level
    category: int
    range_low: int
    range_high: int
    category_low: int
    category_high: int
    unknown: tuple[str, ...]
    six_fired: bool
    six_possible: bool


def verdict(findings: Sequence[Finding], six: Finding, rules: Rules) -> Verdict:
    """An unknown indicator counts 0 and is listed; the category-6 rule fires only when certain."""
    low, high = sum([finding.low for finding in findings]), sum([finding.high for finding in findings])
    unknown = [finding for finding in findings if finding.low != finding.high]
    total = low - sum([finding.low for finding in unknown])
    fired = six.low > 0
    return Verdict(
        total=total,
        level=level_of(total, rules),
        category=category_of(total, fired, rules),
        range_low=low,
        range_high=high,
        category_low=category_of(low, fired, rules),
        category_high=category_of(high, fired, rules),
        unknown=tuple([finding.ruled.criterion.code for finding in unknown]),
        six_fired=fired,
        six_possible=six.high > 0,
    )


def level_of(total: int, rules: Rules) -> Level:
    """The first level, best first, whose lowest total is reached; else E."""
    for name, lowest in rules.levels:
        if total >= lowest:
            return cast(Level, name)
    return LEVEL_LOWEST


def category_of(total: int, six_fired: bool, rules: Rules) -> int:
    """The category of the level; the rule of category 6 stands above it. 1 = poorest, 6 = best off."""
    return CATEGORY_BEST_OFF if six_fired else rules.categories[level_of(total, rules)]
