"""From facts and measures of a household to the lowest and highest points of each criterion.

Where a fact is null, the answers and ends that bound the points stand in for it; see `trying`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, reduce
from itertools import product
from operator import or_
from types import SimpleNamespace

import ibis
import ibis.expr.types as ir

from demeu.scoring.columnar.members import MEMBERS, fewest, most
from demeu.scoring.columnar.trying import bounding
from demeu.scoring.criteria.language import Facts, Value
from demeu.scoring.rule_sets import Ruled


def bounded(row: ir.Table, criteria: Sequence[Ruled]) -> ir.Table:
    """The row with `low_` and `high_` points of every criterion. `row`: facts, `members` and unpacked measures.

    Few households leave anything open, so the highest points of the others are not worked out a second time.
    """
    row = row.mutate(**{low(ruled.criterion.code): _end(row, ruled, min, ibis.least) for ruled in criteria})
    highest = {}
    for ruled in criteria:
        lowest, open_ = row[low(ruled.criterion.code)], _is_open(row, ruled)
        highest[high(ruled.criterion.code)] = ibis.ifelse(open_, _end(row, ruled, max, ibis.greatest), lowest)
    return row.mutate(**highest)


def low(code: str) -> str:
    """Name of the column with the lowest points of a criterion."""
    return f"low_{code}"


def high(code: str) -> str:
    """Name of the column with the highest points of a criterion."""
    return f"high_{code}"


def _end(row: ir.Table, ruled: Ruled, best: Callable[[Sequence[int]], int], among: Callable[..., Value]) -> Value:
    """The points at the corners that bound them; mostly there is just one."""
    points = {name: ibis.literal(one.points, "int32") for name, one in vars(ruled.outcomes).items()}
    reached = [
        ruled.criterion.outcome(household, ruled.limits, SimpleNamespace(**points), ibis.ifelse)
        for household in _corners(row, ruled, _places(ruled, best))
    ]
    return among(*reached) if len(reached) > 1 else reached[0]


def _is_open(row: ir.Table, ruled: Ruled) -> Value:
    """Whether anything was not answered that the criterion reads."""
    measures = (row[fewest(ruled, name)] < row[most(ruled, name)] for name in ruled.criterion.measures)
    return reduce(or_, [*measures, *(row[fact].isnull() for fact in ruled.criterion.facts)])


@lru_cache(maxsize=256)
def _places(ruled: Ruled, best: Callable[[Sequence[int]], int]) -> Mapping[str, Sequence[int]]:
    names = (*ruled.criterion.measures, *ruled.criterion.facts)
    return {name: bounding(ruled, name, best) for name in names}


def _corners(row: ir.Table, ruled: Ruled, places: Mapping[str, Sequence[int]]) -> Iterator[Facts]:
    """Households that are sure of everything."""
    choices: dict[str, Sequence[Value]] = {}
    for name in ruled.criterion.measures:
        ends = (row[fewest(ruled, name)], row[most(ruled, name)])
        choices[name] = [ends[place] for place in places[name]]
    for fact, answers in ruled.criterion.facts.items():
        given = answers(ruled.limits)
        choices[fact] = [ibis.coalesce(row[fact], given[place]) for place in places[fact]]
    for combination in product(*choices.values()):
        yield SimpleNamespace(**dict(zip(choices, combination, strict=True)), members=row[MEMBERS])
