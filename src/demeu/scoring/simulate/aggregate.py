"""Counts of households and members by category, group and need: one DuckDB query each, through Ibis.

Reads scores, facts and strata; gives away nothing but sums. Hiding is not done here, so nothing of this is published.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir

from demeu.kernel.errors import invalid
from demeu.scoring.batch.columns import STRATA
from demeu.scoring.batch.duckdb_engine import DuckDB
from demeu.scoring.batch.files import is_there, sources, table_of

UNKNOWN = "unknown"
SIZE_MAX = 6
DIMENSIONS = ("sex_of_head", "disability", "region", "family_size", "rural")
NEEDS = ("poor", "above", UNKNOWN)
Pair = tuple[int, int]


@dataclass(frozen=True)
class Tally:
    """Households and the members of all of them."""

    households: int = 0
    members: int = 0

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(self.households + other.households, self.members + other.members)


@dataclass(frozen=True)
class Aggregates:
    """By pair of categories (base, against): in all, in each group of each dimension, and by need.

    `provisional`: households whose category is not complete. `lacking`: dimensions that the files cannot give.
    """

    moves: Mapping[Pair, Tally]
    groups: Mapping[str, Mapping[str, Mapping[Pair, Tally]]]
    need: Mapping[str, Mapping[Pair, Tally]]
    provisional: tuple[int, int]
    need_declared: bool
    lacking: tuple[str, ...] = field(default=())


def aggregate(facts: Path, base: Path, against: Path, line_tiyn: int, engine: DuckDB) -> Aggregates:
    """Counts from scores of two rule sets on the same facts; `line_tiyn`: the poverty line a head and month.

    Raises `batch.facts` with every fault of the strata.
    """
    strata = is_there(facts, STRATA)
    known = _strata(facts, engine) if strata else _from_facts(facts, engine)
    rows = _rows(_joined(known, base, against, line_tiyn, engine), engine)
    lacking = () if strata else ("sex_of_head",)
    return Aggregates(
        moves=_by(rows, lambda row: "all").get("all", {}),
        groups={name: _by(rows, itemgetter(name)) for name in DIMENSIONS if name not in lacking},
        need=_by(rows, itemgetter("need")),
        provisional=(sum(row["base_provisional"] for row in rows), sum(row["against_provisional"] for row in rows)),
        need_declared=not strata,
        lacking=lacking,
    )


def _rows(joined: ir.Table, engine: DuckDB) -> list[dict[str, Any]]:
    """One row a combination of categories, groups and need; some ten thousand for the whole country."""
    names = ("base", "against", "need", *DIMENSIONS)
    counted = joined.group_by(*names).aggregate(
        households=joined.count(),
        members=joined.members.sum(),
        base_provisional=(~joined.base_complete).sum(),
        against_provisional=(~joined.against_complete).sum(),
    )
    columns = counted.columns
    fetched = engine.raw.execute(ibis.to_sql(counted, dialect="duckdb")).fetchall()
    return sorted((dict(zip(columns, row, strict=True)) for row in fetched), key=str)


def _by(rows: Iterable[Mapping[str, Any]], group: Callable[[Mapping[str, Any]], str]) -> dict[str, dict[Pair, Tally]]:
    found: dict[str, dict[Pair, Tally]] = {}
    for row in rows:
        pairs = found.setdefault(group(row), {})
        pair = (row["base"], row["against"])
        pairs[pair] = pairs.get(pair, Tally()) + Tally(row["households"], int(row["members"]))
    return dict(sorted(found.items()))


def _joined(known: ir.Table, base: Path, against: Path, line_tiyn: int, engine: DuckDB) -> ir.Table:
    """One row a scored household: both categories, its groups, its members and how its need stands to the line."""
    both = _scores(base, "base", engine).inner_join(_scores(against, "against", engine), "household_id")
    rows = both.left_join(known, "household_id")
    members = rows.members.fill_null(0)
    poor = rows.need_tiyn < members * line_tiyn
    return rows.select(
        "base",
        "against",
        "base_complete",
        "against_complete",
        members=members,
        need=ibis.cases((rows.need_tiyn.isnull(), UNKNOWN), (poor, "poor"), else_="above"),
        family_size=ibis.least(members, SIZE_MAX).cast("string"),
        **{name: rows[name].cast("string").fill_null(UNKNOWN) for name in DIMENSIONS if name != "family_size"},
    )


def _scores(folder: Path, name: str, engine: DuckDB) -> ir.Table:
    table = engine.read([folder / "scores.parquet"], name)
    return table.select("household_id", **{name: table.category.cast("int64"), f"{name}_complete": table.complete})


def _strata(facts: Path, engine: DuckDB) -> ir.Table:
    """What is known of a household beside the facts. One that stands twice would be counted twice."""
    table = table_of(engine, sources(facts, (STRATA,))[STRATA], STRATA)
    repeated = engine.repeated(table, "household_id")
    if repeated is not None:
        times = len(engine.ibis.to_pyarrow(repeated))
        raise invalid("batch.facts", faults=[f"{facts / STRATA}: {times} values of household_id stand more than once"])
    return table.select(
        "household_id",
        "sex_of_head",
        "disability",
        "region",
        "rural",
        members=table.family_size,
        need_tiyn=table.consumption_monthly_tiyn,
    )


def _from_facts(facts: Path, engine: DuckDB) -> ir.Table:
    """What facts themselves tell: no sex of the head, and as need only what is declared."""
    homes, people = (table_of(engine, source, table) for table, source in sources(facts).items())
    disabled = (people.disability_group.fill_null(0) > 0) | people.disability_childhood.fill_null(False)
    summed = people.group_by("household_id").aggregate(
        members=people.count(),
        disability=disabled.any(),
        unanswered=people.income_monthly_tiyn.isnull().any(),
        declared=people.income_monthly_tiyn.sum(),
    )
    rows = homes.left_join(summed, "household_id")
    return rows.select(
        "household_id",
        "disability",
        "members",
        sex_of_head=ibis.null("string"),
        region=rows.kato.left(2),
        rural=rows.settlement_class.isin(["rural_okrug", "rural_settlement"]),
        need_tiyn=ibis.ifelse(rows.unanswered, ibis.null("int64"), rows.declared.cast("int64")),
    )
