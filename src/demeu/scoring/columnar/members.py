"""From persons to one row a household: what each criterion counts among the members, and what they have together.

A fact that is null makes a truth null, by the logic of SQL; a null truth may or may not count. That is exact where a
truth names each fact once; the tests hold it against the plain engine, which tries the answers.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import SimpleNamespace

import ibis
import ibis.expr.types as ir

from demeu.scoring.columnar.age import Age
from demeu.scoring.columnar.faults import UNTOLD, Told, any_met, person_faults
from demeu.scoring.columnar.packing import Bits, Numbers
from demeu.scoring.columnar.trying import Deciding, deciding
from demeu.scoring.criteria.language import Count, Facts, Measure, Total, Value
from demeu.scoring.rule_sets import Ruled, Rules

HOME = "home"
MEMBERS = "members"
FAULTY = "faulty"


def members(persons: ir.Table, rules: Rules, bits: int, told: Told = UNTOLD) -> ir.Table:
    """One row a household: `home`, the number of `members`, whether any is `faulty`, sums, packed numbers and bits.

    `told`: what the files tell of the columns of `persons`.
    """
    plan, person = plan_of(rules, bits), _person(persons, rules.on)
    truths = {name: measure.of(person, ruled.limits) for name, (ruled, measure) in plan.counted.items()}
    for name in plan.everybody:
        truths[name] = truths[name] == ibis.literal(False)  # who does not count decides; `~` loses its brackets in SQL
    truths |= {_nulls(fact): getattr(person, fact) < 0 for fact in plan.caps}
    truths[FAULTY] = any_met(person_faults(persons, rules.on, told))
    sums = {_sum(fact): _capped(getattr(person, fact), cap).sum().cast("int64") for fact, cap in plan.caps.items()}
    packed = plan.numbers.columns(truths) | plan.bits.columns(truths)
    found = persons.group_by(**{HOME: persons.household_id}).aggregate(**{MEMBERS: persons.count()}, **sums, **packed)
    return found.mutate(**{FAULTY: plan.bits.read(found, FAULTY)[0] > 0})


def unpacked(row: ir.Table, rules: Rules, bits: int) -> dict[str, Value]:
    """The fewest and the most of each measure of each criterion, read back from a row of `members`."""
    plan, found = plan_of(rules, bits), dict[str, Value]()
    for ruled, name, measure in _measures(rules):
        found[fewest(ruled, name)], found[most(ruled, name)] = _ends(row, plan, ruled, name, measure)
    return found


def _ends(row: ir.Table, plan: "Plan", ruled: Ruled, name: str, measure: Measure) -> tuple[Value, Value]:
    key = _key(ruled, name)
    if isinstance(measure, Total):
        known, unanswered = row[_sum(measure.of)], plan.bits.read(row, _nulls(measure.of))[1] > 0
        enough = measure.enough(ruled.limits, row[MEMBERS])
        return known, ibis.ifelse(unanswered & (known < enough), enough, known)
    if key in plan.numbers.names:
        certain, more = plan.numbers.read(row, key)
        return certain, certain + more if measure.facts else certain
    any_true, any_null = plan.bits.read(row, key)
    if key in plan.everybody:
        return ibis.ifelse((any_true | any_null) > 0, 0, row[MEMBERS]), ibis.ifelse(any_true > 0, 0, row[MEMBERS])
    return any_true, any_true | any_null


def largest(bits: int) -> int:
    """The largest household whose members can be counted."""
    return Numbers((), bits).largest


def fewest(ruled: Ruled, measure: str) -> str:
    """Name of the column with the sum of what was answered, or the number of members who certainly count."""
    return f"fewest_{_key(ruled, measure)}"


def most(ruled: Ruled, measure: str) -> str:
    """Name of the column with the same if every missing answer counts."""
    return f"most_{_key(ruled, measure)}"


@dataclass(frozen=True)
class Plan:
    """What is counted, what of it is a number and what a bit, and up to where facts are summed."""

    counted: Mapping[str, tuple[Ruled, Count]]
    everybody: frozenset[str]
    numbers: Numbers
    bits: Bits
    caps: Mapping[str, int]


@lru_cache(maxsize=8)
def plan_of(rules: Rules, bits: int) -> Plan:
    """The plan for households of at most `2**bits - 1` members."""
    counted = {_key(ruled, name): (ruled, one) for ruled, name, one in _measures(rules) if isinstance(one, Count)}
    decides = {_key(r, name): deciding(r, name) for r, name, one in _measures(rules) if isinstance(one, Count)}
    numbers = Numbers([name for name, what in decides.items() if what is Deciding.NUMBER], bits)
    caps: dict[str, int] = {}
    for ruled, _, measure in _measures(rules):
        if isinstance(measure, Total):
            enough = int(measure.enough(ruled.limits, numbers.largest)) + 1
            caps[measure.of] = max(caps.get(measure.of, 0), enough)
    flags = [name for name, what in decides.items() if what is not Deciding.NUMBER]
    everybody = frozenset(name for name, what in decides.items() if what is Deciding.EVERYBODY)
    return Plan(counted, everybody, numbers, Bits([*flags, *map(_nulls, caps), FAULTY]), caps)


def _person(persons: ir.Table, on: date) -> Facts:
    """A person as criteria read it: every fact as a column, and `age` in full years."""
    return SimpleNamespace(**{name: persons[name] for name in persons.columns}, age=Age(persons.birth_date, on))


def _capped(amount: Value, cap: int) -> Value:
    """What is above the cap changes no outcome; a sum of capped amounts cannot overflow."""
    return ibis.cases((amount > cap, cap), (amount > 0, amount), else_=0)


def _measures(rules: Rules) -> Iterator[tuple[Ruled, str, Measure]]:
    for ruled in (*rules.criteria, rules.category_six):
        for name, measure in ruled.criterion.measures.items():
            yield ruled, name, measure


def _sum(fact: str) -> str:
    return f"sum_{fact}"


def _nulls(fact: str) -> str:
    return f"nulls_{fact}"


def _key(ruled: Ruled, measure: str) -> str:
    return f"{ruled.criterion.code}_{measure}"
