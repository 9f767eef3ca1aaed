"""The criteria on plain values: one household, each indicator with its lowest and highest points.

Null facts are bounded by answers that stand for all others, criterion by criterion; no product over all facts is made.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from itertools import product
from operator import itemgetter
from types import SimpleNamespace

from demeu.contracts.scoring import HouseholdFacts, Indicator, PersonFacts
from demeu.scoring.criteria.language import Count, Facts, Limits, Measure, Total, Value
from demeu.scoring.facts import age_years
from demeu.scoring.rule_sets import Outcome, Ruled, Rules

Span = tuple[Value, Value]
ANSWERED: frozenset[str] = frozenset()
ENDLESS_UNITS = ("_tiyn", "_m2")
"""Names of sums and areas end so; hardly two families share one, and none is remembered."""

KNOWN_MAX = 1_000
DAYS_KEPT = 16


@dataclass(slots=True, eq=False)  # not frozen: it is made for every household, and freezing doubles what that costs
class Finding:
    """What one criterion found: bounds, the outcome when known, and the ends of what a reader is shown.

    `members`: how many there are. `lines`: its explanation by language, once somebody has asked for it.
    """

    ruled: Ruled
    low: int
    high: int
    outcome: Outcome | None
    shown: tuple[Span | None, ...]
    members: int
    lines: dict[str, Indicator] = field(default_factory=dict)

    @property
    def points(self) -> int:
        """The points that count: 0 while unknown."""
        return self.low if self.low == self.high else 0


def when(condition: Value, met: Value, otherwise: Value) -> Value:
    """The plain twin of a columnar case expression."""
    return met if condition else otherwise


def member(person: PersonFacts, on: date) -> Facts:
    """A person as criteria read it: the facts, `age` in full years, and `unanswered`, the names of the null facts."""
    facts = person.__dict__
    unanswered = frozenset(name for name, fact in facts.items() if fact is None) if None in facts.values() else ANSWERED
    return SimpleNamespace(**facts, age=age_years(person.birth_date, on), unanswered=unanswered)


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A criterion taken apart once, for every household that answers all it asks.

    `known`: findings by the counts they came from, which many families share; None where sums or areas are read.
    """

    ruled: Ruled
    asked: frozenset[str]
    counts: tuple[tuple[str, Callable[[Facts, Limits], Value]], ...]
    totals: tuple[tuple[str, str], ...]
    read: Callable[[Mapping[str, Value]], tuple[Value, ...]]
    known: dict[tuple[Value, ...], Finding] | None

    def learn(self, key: tuple[Value, ...], found: Finding) -> Finding:
        """Remembers a finding while there is room."""
        if self.known is not None and len(self.known) < KNOWN_MAX:
            self.known[key] = found
        return found


@lru_cache(maxsize=DAYS_KEPT)
def plans(rules: Rules) -> tuple[Plan, ...]:
    """A plan for each criterion of the rules, the rule of category 6 last."""
    return tuple(_plan(ruled) for ruled in (*rules.criteria, rules.category_six))


def _plan(ruled: Ruled) -> Plan:
    criterion = ruled.criterion
    counts = tuple((name, one.of) for name, one in criterion.measures.items() if isinstance(one, Count))
    totals = tuple((name, one.of) for name, one in criterion.measures.items() if isinstance(one, Total))
    names = (*criterion.measures, *criterion.facts)
    endless = any(name.endswith(ENDLESS_UNITS) for name in names)
    read = itemgetter("members", *names)
    return Plan(ruled, frozenset(criterion.asked), counts, totals, read, None if endless else {})


def findings(rules: Rules, household: HouseholdFacts, members: Sequence[Facts]) -> list[Finding]:
    """What every criterion found, the rule of category 6 last; only those with a null fact look for their bounds."""
    home = SimpleNamespace(**household.__dict__, members=len(members))
    unanswered = {name for name, fact in household.__dict__.items() if fact is None}
    unanswered = unanswered.union(*[person.unanswered for person in members])
    return [
        _settled(plan, home, members) if plan.asked.isdisjoint(unanswered) else _open(plan, household, members)
        for plan in plans(rules)
    ]


def _settled(plan: Plan, home: Facts, members: Sequence[Facts]) -> Finding:
    """One criterion where all is answered: its measures are added to the facts of `home`, then the rule is asked."""
    limits, facts = plan.ruled.limits, home.__dict__
    for name, holds in plan.counts:
        counted = 0
        for person in members:
            counted += holds(person, limits)
        facts[name] = counted
    for name, fact in plan.totals:
        facts[name] = sum([getattr(person, fact) for person in members])
    if plan.known is None:
        return _concluded(plan.ruled, home)
    key = plan.read(facts)
    return plan.known.get(key) or plan.learn(key, _concluded(plan.ruled, home))


def _open(plan: Plan, household: HouseholdFacts, members: Sequence[Facts]) -> Finding:
    """One criterion where some fact is null."""
    read = _read(plan.ruled, household, members)
    if plan.known is None:
        return _bounded(plan.ruled, read, len(members))
    key = (len(members), *read.values())
    return plan.known.get(key) or plan.learn(key, _bounded(plan.ruled, read, len(members)))


def _concluded(ruled: Ruled, home: Facts) -> Finding:
    outcome = ruled.criterion.outcome(home, ruled.limits, ruled.outcomes, when)
    facts = home.__dict__
    shown = tuple([(facts[name], facts[name]) for name in ruled.criterion.shown])
    return Finding(ruled, outcome.points, outcome.points, outcome, shown, home.members)


def find(ruled: Ruled, household: HouseholdFacts, members: Sequence[Facts]) -> Finding:
    """Bounds of one criterion over all answers its null facts could take."""
    return _bounded(ruled, _read(ruled, household, members), len(members))


def _read(ruled: Ruled, household: HouseholdFacts, members: Sequence[Facts]) -> dict[str, Span | None]:
    """The ends of every measure and fact; None for a null fact of the household."""
    criterion = ruled.criterion
    read: dict[str, Span | None] = {}
    for name in criterion.facts:
        fact = getattr(household, name)
        read[name] = None if fact is None else (fact, fact)
    for name, measure in criterion.measures.items():
        read[name] = _span(measure, ruled.limits, members)
    return read


def _bounded(ruled: Ruled, read: Mapping[str, Span | None], members: int) -> Finding:
    """Lowest and highest points over every combination of the ends of what was read, and of answers to what was not."""
    criterion, limits = ruled.criterion, ruled.limits
    choices = [criterion.facts[name](limits) if span is None else _ends(span) for name, span in read.items()]
    reached = []
    for combination in product(*choices):
        corner = SimpleNamespace(members=members, **dict(zip(read, combination, strict=True)))
        reached.append(criterion.outcome(corner, limits, ruled.outcomes, when))
    low = min([outcome.points for outcome in reached])
    high = max([outcome.points for outcome in reached])
    shown = tuple([read[name] for name in criterion.shown])
    return Finding(ruled, low, high, reached[0] if low == high else None, shown, members)


def _ends(span: Span) -> Sequence[Value]:
    return span if span[0] != span[1] else span[:1]


def _span(measure: Measure, limits: Limits, members: Sequence[Facts]) -> Span:
    if isinstance(measure, Total):
        return _total(measure, limits, members)
    return _count(measure, limits, members)


def _count(measure: Count, limits: Limits, members: Sequence[Facts]) -> Span:
    """Fewest and most members that could be counted."""
    holds, facts = measure.of, measure.facts
    low = high = 0
    for person in members:
        if person.unanswered and not person.unanswered.isdisjoint(facts):
            truths = [holds(answered, limits) for answered in _answered(person, measure, limits)]
            low, high = low + min(truths), high + max(truths)
        else:
            counted = holds(person, limits)
            low += counted
            high += counted
    return low, high


def _answered(person: Facts, measure: Count, limits: Limits) -> Iterator[Facts]:
    nulls = [fact for fact in measure.facts if fact in person.unanswered]
    for answers in product(*(measure.facts[fact](limits) for fact in nulls)):
        yield SimpleNamespace(**(person.__dict__ | dict(zip(nulls, answers, strict=True))))


def _total(measure: Total, limits: Limits, members: Sequence[Facts]) -> Span:
    """The sum of what is known, and with anything unanswered a sum that is enough for every outcome."""
    amounts = [getattr(person, measure.of) for person in members]
    known = sum(amount for amount in amounts if amount is not None)
    return known, max(known, measure.enough(limits, len(members))) if None in amounts else known
