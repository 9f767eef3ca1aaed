"""The rules kz-2026-and written by hand for Polars: the rival of our scoring of the whole country.

Reads `households.parquet` and `persons.parquet`, writes `scores.parquet` and `rejected.parquet` as the contract says.
It holds its own copy of every number, so it is a second opinion too. Ids and dates of birth must not be null.
"""

import argparse
import json
import sys
import time
from datetime import date
from functools import reduce
from itertools import pairwise
from operator import or_
from pathlib import Path

import polars as pl
from polars import col, lit, when
from polars_faults import any_of, household_faults, person_faults, repeated, rows, write
from polars_members import members, possible
from polars_points import bounds, category_six

MINIMUM_TIYN = {2025: 4_622_800, 2026: 5_085_100}
LEVELS = {"A": 1800, "B": 730, "C": -30, "D": -458}
CATEGORIES = {"A": 5, "B": 4, "C": 3, "D": 2}
LOWEST_LEVEL, LOWEST_CATEGORY = "E", 1


def scored(homes: pl.LazyFrame, minimum_tiyn: int) -> pl.LazyFrame:
    """The columns of `scores.parquet`."""
    ends = bounds(minimum_tiyn)
    columns = {f"{code}:{end}": pair[end] for code, pair in ends.items() for end in (0, 1)}
    unknown = {code: col(f"{code}:0") != col(f"{code}:1") for code in ends}
    sums = {
        name: pl.sum_horizontal(f"{code}:{end}" for code in ends)
        for end, name in enumerate(("range_low", "range_high"))
    }
    names = pl.concat_str(*(when(unknown[code]).then(lit(code)) for code in ends), separator=" ", ignore_nulls=True)
    judged = (
        homes.select("household_id", category_six(minimum_tiyn).alias("six"), **columns)
        .with_columns(
            **{code: when(unknown[code]).then(0).otherwise(col(f"{code}:0")).cast(pl.Int16) for code in ends},
            **sums,
            unknown=names.str.extract_all(r"\w+"),
            complete=~reduce(or_, unknown.values()),
        )
        .with_columns(total=pl.sum_horizontal(*ends))
        .with_columns(level=graded(LEVELS, LOWEST_LEVEL), category=graded(CATEGORIES, LOWEST_CATEGORY))
        .with_columns(category=when("six").then(lit(6, pl.Int8)).otherwise(col("category").cast(pl.Int8)))
    )
    return judged.select(
        "household_id", "category", "total", "level", *ends, "unknown", "complete", "range_low", "range_high"
    )


def graded(names: dict[str, object], rest: object) -> pl.Expr:
    """What the total reaches, best first; a level as text or a category."""
    found = lit(rest)
    for level in reversed(LEVELS):
        given = level if names is LEVELS else names[level]
        found = when(col("total") >= LEVELS[level]).then(lit(given)).otherwise(found)
    return found


def source(facts: Path, table: str) -> Path:
    """The file of a table, or the folder of its parts."""
    return facts / table if (facts / table).is_dir() else facts / f"{table}.parquet"


def run(facts: Path, out: Path, on: date) -> dict[str, object]:
    """Scores the country; seconds of each stage and numbers of rows."""
    marks, minimum_tiyn = [time.perf_counter()], MINIMUM_TIYN[on.year]
    files = {table: source(facts, table) for table in ("households", "persons")}
    homes, persons = (pl.scan_parquet(file) for file in files.values())
    twice_homes = repeated(files["households"], "household_id")
    doubled = listed_twice(persons, repeated(files["persons"], "person_id"))
    marks.append(time.perf_counter())
    joined = homes.join(members(persons, on), on="household_id", how="left")
    spoiled = pl.concat([twice_homes, doubled["household_id"]]).unique()
    refused = any_of(household_faults()) | possible("faulty_person").fill_null(True)
    if len(spoiled):
        refused = refused | col("household_id").is_in(spoiled.implode())
    judged = joined.with_columns(refused=refused)
    out.mkdir(parents=True, exist_ok=True)
    _written, bad, matched = pl.collect_all(
        [
            scored(judged.filter(~col("refused")), minimum_tiyn).sink_parquet(
                out / "scores.parquet", compression="snappy", lazy=True
            ),
            judged.filter("refused"),
            joined.select(col("members").sum()),
        ],
        engine="streaming",
    )
    marks.append(time.perf_counter())
    strangers = len(twice_homes) > 0 or matched.item() != persons.select(pl.len()).collect().item()
    rejected = write(rejects(homes, persons, bad.lazy(), twice_homes, doubled, strangers, on), out / "rejected.parquet")
    marks.append(time.perf_counter())
    seconds = (after - before for before, after in pairwise(marks))
    stages = dict(zip(("references", "scores", "rejected"), seconds, strict=True))
    return {"rejected_rows": rejected, "seconds": stages}


def listed_twice(persons: pl.LazyFrame, ids: pl.Series) -> pl.DataFrame:
    """Persons whose id stands more than once."""
    known = persons.select("person_id", "household_id")
    return (known.filter(col("person_id").is_in(ids.implode())) if len(ids) else known.head(0)).collect()


def rejects(
    homes: pl.LazyFrame,
    persons: pl.LazyFrame,
    bad: pl.LazyFrame,
    twice_homes: pl.Series,
    doubled: pl.DataFrame,
    strangers: bool,
    on: date,
) -> list[pl.LazyFrame]:
    """Every fault of every rejected row; persons without a household have that fault alone."""
    alone = persons.select("person_id", "household_id")
    alone = alone.join(homes.select("household_id"), on="household_id", how="anti") if strangers else alone.head(0)
    faulty = persons.filter(any_of(person_faults(on)))
    alone, faulty = (frame.lazy() for frame in pl.collect_all([alone, faulty], engine="streaming"))
    lost = alone.select("household_id").unique()
    return [
        rows("households", bad, household_faults()),
        rows("households", bad, [("household_id", "no_persons", col("members").is_null())]),
        rows("households", bad, [("household_id", "duplicate", col("household_id").is_in(twice_homes.implode()))]),
        rows("persons", faulty.join(lost, on="household_id", how="anti"), person_faults(on)),
        rows(
            "persons", doubled.lazy().join(lost, on="household_id", how="anti"), [("person_id", "duplicate", lit(True))]
        ),
        rows("persons", alone, [("household_id", "no_household", lit(True))]),
    ]


def main() -> None:
    """`polars_rules.py FACTS OUT --on 2026-11-22`: prints the seconds as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("facts", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--on", type=date.fromisoformat, required=True)
    given = parser.parse_args()
    sys.stdout.write(json.dumps(run(given.facts, given.out, given.on)))


if __name__ == "__main__":
    main()
