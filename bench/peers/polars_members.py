"""One row a household from one pass over the persons. Part of `polars_rules`; it looks at no fact of a household.

What is certain of any member and what is possible are bits of one number, joined by a single bitwise or; counts share
two sums. Twenty aggregates of their own take twice the time.
"""

from collections.abc import Mapping
from datetime import date
from functools import reduce
from operator import add, or_

import polars as pl
from polars import col, when
from polars_faults import any_of, birth_latest, person_faults

INCOME_TIYN_MAX = 10**13
"""More than four minimums for any household that fits in memory; a larger income changes nothing and could overflow."""

FLAGS = (
    "has_credit", "able_bodied", "sole_proprietor", "founder", "disability_childhood",
    "not_attached", "insured", "chronic", "dispensary",
    "out_of_preschool", "out_of_school", "grave_group", "third_group", "faulty_person", "income_unknown",
)  # fmt: skip
COUNTS = ("adults", "overdue_low", "overdue_high", "working_low", "working_high", "children_low", "children_high")
COUNT_BITS = 15
COUNTS_A_SUM = 4
COUNT_MAX = 2**COUNT_BITS - 1


def truths(on: date) -> dict[str, pl.Expr]:
    """Yes, no or null of one person, for every flag."""
    born, group = col("birth_date"), col("disability_group")
    adult = born <= birth_latest(on, 18)
    of_preschool_age = (born <= birth_latest(on, 3)) & (born > birth_latest(on, 6))
    of_school_age = (born <= birth_latest(on, 6)) & ~adult
    same = ("has_credit", "able_bodied", "sole_proprietor", "founder", "disability_childhood")
    health = ("insured", "chronic", "dispensary")
    return {flag: col(flag) for flag in (*same, *health)} | {
        "not_attached": ~col("clinic_attached"),
        "out_of_preschool": of_preschool_age & ~col("preschool_enrolled"),
        "out_of_school": of_school_age & ~col("school_enrolled"),
        "grave_group": adult & group.is_between(1, 2),
        "third_group": adult & (group == 3),
        "faulty_person": any_of(person_faults(on)),
        "income_unknown": col("income_monthly_tiyn").is_null(),
    }


def counted(on: date) -> dict[str, pl.Expr]:
    """Yes or no of one person, for every count; the fewest takes null as no, the most as yes."""
    born = col("birth_date")
    adult = born <= birth_latest(on, 18)
    overdue = adult & (col("overdue_days") > 90) & (col("overdue_tiyn") > 100_000)
    child = ~adult | ((born > birth_latest(on, 23)) & col("student"))
    ends = {"overdue": overdue, "working": col("working"), "children": child}
    low = {f"{name}_low": truth.fill_null(False) for name, truth in ends.items()}
    high = {f"{name}_high": truth.fill_null(True) for name, truth in ends.items()}
    return {"adults": adult} | low | high


def flag_bits(given: Mapping[str, pl.Expr]) -> pl.Expr:
    """Two bits a flag: certain, and possible."""
    bits = []
    for place, flag in enumerate(FLAGS):
        bits.append(
            when(given[flag]).then(3 << 2 * place).when(given[flag].is_null()).then(2 << 2 * place).otherwise(0)
        )
    return reduce(or_, (bit.cast(pl.UInt32) for bit in bits))


def members(persons: pl.LazyFrame, on: date) -> pl.LazyFrame:
    """Households with the number of their members, their income, flags and counts, still packed."""
    given = counted(on)
    weighed = [given[name].cast(pl.Int64) * 2 ** (COUNT_BITS * (n % COUNTS_A_SUM)) for n, name in enumerate(COUNTS)]
    return persons.group_by("household_id").agg(
        pl.len().alias("members"),
        col("income_monthly_tiyn").clip(upper_bound=INCOME_TIYN_MAX).sum().alias("income"),
        flag_bits(truths(on)).bitwise_or().alias("flags"),
        reduce(add, weighed[:COUNTS_A_SUM]).sum().alias("counts_0"),
        reduce(add, weighed[COUNTS_A_SUM:]).sum().alias("counts_1"),
    )


def certain(flag: str) -> pl.Expr:
    """Whether it holds of some member for sure."""
    return col("flags") & (1 << 2 * FLAGS.index(flag)) != 0


def possible(flag: str) -> pl.Expr:
    """Whether it may hold of some member."""
    return col("flags") & (2 << 2 * FLAGS.index(flag)) != 0


def count(name: str) -> pl.Expr:
    """A count over the members."""
    column, place = divmod(COUNTS.index(name), COUNTS_A_SUM)
    return col(f"counts_{column}") // 2 ** (COUNT_BITS * place) & COUNT_MAX
