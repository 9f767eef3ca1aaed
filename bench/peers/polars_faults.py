"""Which rows the contract rejects, as Polars expressions, and the list of them. Part of `polars_rules`."""

from datetime import date, timedelta
from functools import reduce
from operator import or_
from pathlib import Path

import polars as pl
from polars import col, lit

CLASSES = ("republic_city", "region_city", "district", "rural_okrug", "rural_settlement", "unregistered")
HOUSEHOLD_AMOUNTS = (
    "housing_units", "housing_area_m2", "commercial_property_units", "land_plots", "smallholding_value_tiyn",
    "passenger_cars", "commercial_vehicles", "machinery_kinds",
)  # fmt: skip
PERSON_AMOUNTS = ("income_monthly_tiyn", "overdue_days", "overdue_tiyn")
AGE_YEARS_MAX = 125
SHAPE = {"table": pl.String, "id": pl.String, "household_id": pl.String, "field": pl.String, "reason": pl.String}
Found = list[tuple[str, str, pl.Expr]]


def birth_latest(on: date, years: int) -> date:
    """The last day of birth of those who are `years` old on `on`; a birthday on 29 February counts on 1 March."""
    year = on.year - years
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return date(year, 2, 28) if (on.month, on.day) == (2, 29) and not leap else on.replace(year=year)


def household_faults() -> Found:
    """Field, reason and condition of every fault of a row of `households`."""
    found: Found = [(name, "below_zero", col(name) < 0) for name in HOUSEHOLD_AMOUNTS]
    found.append(("housing_area_m2", "not_a_number", col("housing_area_m2").is_nan()))
    return [*found, ("settlement_class", "unknown_class", ~col("settlement_class").is_in(CLASSES))]


def person_faults(on: date) -> Found:
    """Field, reason and condition of every fault of a row of `persons`."""
    oldest = birth_latest(on - timedelta(days=1), AGE_YEARS_MAX)
    return [
        *((name, "below_zero", col(name) < 0) for name in PERSON_AMOUNTS),
        ("birth_date", "after_assessment_date", col("birth_date") > on),
        ("birth_date", "over_125_years", col("birth_date") <= oldest),
        ("disability_group", "outside_0_3", ~col("disability_group").is_between(0, 3)),
    ]


def any_of(found: Found) -> pl.Expr:
    """Whether a row has any of the faults; a null fact has none."""
    return reduce(or_, (condition.fill_null(False) for _field, _reason, condition in found))


def rows(table: str, frame: pl.LazyFrame, found: Found) -> pl.LazyFrame:
    """One row a fault, as in `rejected.parquet`."""
    id = col("household_id" if table == "households" else "person_id")
    listed = (
        frame.filter(condition).select(
            table=lit(table), id=id, household_id=col("household_id"), field=lit(field), reason=lit(reason)
        )
        for field, reason, condition in found
    )
    return pl.concat(list(listed))


def repeated(file: Path, column: str) -> pl.Series:
    """Values that stand in a column more than once; equal hashes are looked at again, so the answer is exact."""
    hashes = pl.scan_parquet(file).select(col(column).hash()).collect(engine="streaming").to_series().sort()
    suspect = hashes.slice(1).filter(hashes.slice(1) == hashes.slice(0, hashes.len() - 1)).unique()
    if suspect.is_empty():
        return pl.Series(column, [], dtype=pl.String)
    counted = pl.scan_parquet(file).select(column).filter(col(column).hash().is_in(suspect.implode()))
    return counted.group_by(column).len().filter(col("len") > 1).collect(engine="streaming")[column]


def write(found: list[pl.LazyFrame], file: Path) -> int:
    """Writes the list of rejected rows; how many there are."""
    listed = pl.concat([pl.LazyFrame(schema=SHAPE), *found]).collect(engine="streaming")
    listed.write_parquet(file)
    return listed.height
