"""From facts and measures of a household to the lowest and highest points of each criterion.

Most households answer what a criterion asks, and then there is one outcome. What is open is tried at its corners, in
the cheapest of four ways: there is nothing open; the corners are the same for everybody; there are just two; there are
more, and `CASE` keeps the engine from trying them for those who answered.
"""

from collections.abc import Iterator, Sequence
from functools import reduce
from itertools import product
from operator import and_
from types import SimpleNamespace

import ibis
import ibis.expr.types as ir

from demeu.scoring.columnar.members import MEMBERS, certain, perhaps
from demeu.scoring.criteria.language import Facts, Total, Value
from demeu.scoring.plain import when
from demeu.scoring.rule_sets import Ruled


def bounded(row: ir.Table, criteria: Sequence[Ruled]) -> ir.Table:
    """The row with `low_` and `high_` points of every criterion. `row`: facts, `members` and unpacked measures."""
    found = {ruled: list(_corners(row, ruled)) for ruled in criteria}
    tried = row.mutate(
        **{_point(ruled): _outcome(ruled, _answered(row, ruled)) for ruled in criteria},
        **{_other(ruled): _outcome(ruled, two[-1]) for ruled, two in found.items() if len(two) == 2},
        **{_sure(ruled): _is_sure(row, ruled) for ruled in criteria},
    )
    ends: dict[str, Value] = {}
    for ruled in criteria:
        ends[low(ruled.criterion.code)], ends[high(ruled.criterion.code)] = _ends(tried, ruled)
    return tried.mutate(**ends)


def _ends(row: ir.Table, ruled: Ruled) -> tuple[Value, Value]:
    """Lowest and highest points."""
    point, corners = row[_point(ruled)], list(_corners(row, ruled))
    if len(corners) == 1:
        return point, point
    if (same := _same_for_all(ruled)) is not None:
        return ibis.ifelse(row[_sure(ruled)], point, same[0]), ibis.ifelse(row[_sure(ruled)], point, same[1])
    if _other(ruled) in row.columns:
        other = row[_other(ruled)]
        return ibis.ifelse(point < other, point, other), ibis.ifelse(point < other, other, point)
    reached = [_outcome(ruled, corner) for corner in corners]
    sure = row[_sure(ruled)]
    return ibis.ifelse(sure, point, ibis.least(*reached)), ibis.ifelse(sure, point, ibis.greatest(*reached))


def _same_for_all(ruled: Ruled) -> tuple[int, int] | None:
    """The ends for an unanswered fact, when nothing else counts; None when something else does."""
    if ruled.criterion.measures or len(ruled.criterion.facts) != 1:
        return None
    ((fact, answers),) = ruled.criterion.facts.items()
    try:
        tried = [SimpleNamespace(**{fact: answer}) for answer in answers(ruled.limits)]
        points = [ruled.criterion.outcome(one, ruled.limits, ruled.outcomes, when).points for one in tried]
    except AttributeError:  # it reads the number of members too
        return None
    return min(points), max(points)


def low(code: str) -> str:
    """Name of the column with the lowest points of a criterion."""
    return f"low_{code}"


def high(code: str) -> str:
    """Name of the column with the highest points of a criterion."""
    return f"high_{code}"


def _is_sure(row: ir.Table, ruled: Ruled) -> Value:
    """Whether everything was answered that the criterion reads."""
    measures = [row[perhaps(ruled, name)] == 0 for name in ruled.criterion.measures]
    return reduce(and_, [*measures, *(row[fact].notnull() for fact in ruled.criterion.facts)])


def _outcome(ruled: Ruled, household: Facts) -> Value:
    """The points of the outcome that the criterion reaches."""
    points = {name: ibis.literal(one.points, "int32") for name, one in ruled.outcomes.__dict__.items()}
    return ruled.criterion.outcome(household, ruled.limits, SimpleNamespace(**points), ibis.ifelse)


def _answered(row: ir.Table, ruled: Ruled) -> Facts:
    """The household as it answered."""
    read = {name: row[certain(ruled, name)] for name in ruled.criterion.measures}
    return SimpleNamespace(**read, **{fact: row[fact] for fact in ruled.criterion.facts}, members=row[MEMBERS])


def _corners(row: ir.Table, ruled: Ruled) -> Iterator[Facts]:
    """Every combination of the ends of the measures with answers to the null facts of the household."""
    choices: dict[str, Sequence[Value]] = {}
    for name, measure in ruled.criterion.measures.items():
        known, more = row[certain(ruled, name)], row[perhaps(ruled, name)]
        if isinstance(measure, Total):
            enough = measure.enough(ruled.limits, row[MEMBERS])
            choices[name] = (known, ibis.ifelse((more > 0) & (known < enough), enough, known))
        else:
            choices[name] = (known, known + more) if measure.facts else (known,)
    for fact, answers in ruled.criterion.facts.items():
        choices[fact] = [ibis.coalesce(row[fact], answer) for answer in answers(ruled.limits)]
    for combination in product(*choices.values()):
        yield SimpleNamespace(**dict(zip(choices, combination, strict=True)), members=row[MEMBERS])


def _sure(ruled: Ruled) -> str:
    return f"sure_{ruled.criterion.code}"


def _point(ruled: Ruled) -> str:
    return f"point_{ruled.criterion.code}"


def _other(ruled: Ruled) -> str:
    return f"other_{ruled.criterion.code}"
