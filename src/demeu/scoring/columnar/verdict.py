"""From bounds to the columns of `scores.parquet`: points, unknown, total, level, category, range."""

from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import add
from typing import Any

import ibis
import ibis.expr.types as ir

from demeu.scoring.columnar.members import HOME, unpacked
from demeu.scoring.columnar.points import bounded, high, low
from demeu.scoring.criteria.language import Value
from demeu.scoring.rule_sets import Rules
from demeu.scoring.verdict import CATEGORY_BEST_OFF, LEVEL_LOWEST


def scores(households: ir.Table, measures: ir.Table, rules: Rules, bits: int) -> ir.Table:
    """One row a household that has members. `measures`: the table `members` of the same rules and bits."""
    row = households.join(measures, households.household_id == measures[HOME])
    row = bounded(row.mutate(**unpacked(row, rules, bits)), (*rules.criteria, rules.category_six))
    return _verdict(_points(row, [ruled.criterion.code for ruled in rules.criteria]), rules)


def _points(ends: ir.Table, codes: Sequence[str]) -> ir.Table:
    """Every indicator by its code, 0 while its bounds differ; and the sums."""
    points = {code: ibis.ifelse(_known(ends, code), ends[low(code)], 0).cast("int32") for code in codes}
    summed = ends.mutate(
        **points,
        range_low=_sum(ends[low(code)] for code in codes),
        range_high=_sum(ends[high(code)] for code in codes),
    )
    return summed.mutate(total=_sum(summed[code] for code in codes), complete=summed.range_low == summed.range_high)


def _verdict(row: ir.Table, rules: Rules) -> ir.Table:
    """The columns of the contract, in its order."""
    codes = [ruled.criterion.code for ruled in rules.criteria]
    six = row[low(rules.category_six.criterion.code)] > 0
    category = _by_total(row.total, rules, rules.categories)
    return row.select(
        "household_id",
        category=ibis.ifelse(six, CATEGORY_BEST_OFF, category).cast("int32"),
        total=row.total,
        level=_by_total(row.total, rules, {name: name for name in rules.categories}),
        **{code: row[code] for code in codes},
        unknown=_unknown(row, codes),
        complete=row.complete,
        range_low=row.range_low,
        range_high=row.range_high,
    )


def _unknown(row: ir.Table, codes: Sequence[str]) -> Value:
    """The codes whose bounds differ; the list is only put together where there is one."""
    none = ibis.literal([], "array<string>")
    named = ibis.literal(",").join([ibis.ifelse(_known(row, code), None, code) for code in codes])
    return ibis.ifelse(row.complete, none, named.split(","))


def _by_total(total: Value, rules: Rules, of_level: Mapping[str, Any]) -> Value:
    """What belongs to the first level, best first, whose lowest total is reached; else to the lowest."""
    steps = [(total >= lowest, of_level[name]) for name, lowest in rules.levels]
    return ibis.cases(*steps, else_=of_level[LEVEL_LOWEST])


def _known(row: ir.Table, code: str) -> Value:
    return row[low(code)] == row[high(code)]


def _sum(points: Iterable[Value]) -> Value:
    return reduce(add, points).cast("int32")
