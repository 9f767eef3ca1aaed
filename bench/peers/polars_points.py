"""Lowest and highest points of the 23 indicators of kz-2026-and, by hand. Part of `polars_rules`."""

from collections.abc import Mapping

import polars as pl
from polars import col, lit, when
from polars_members import certain, count, possible

Bounds = tuple[pl.Expr, pl.Expr]
NOTHING = lit(0, pl.Int16)
SETTLEMENTS = {
    "republic_city": 70, "region_city": 0, "district": -30,
    "rural_okrug": -50, "rural_settlement": -70, "unregistered": -100,
}  # fmt: skip


def points(given: int) -> pl.Expr:
    """A number of points."""
    return lit(given, pl.Int16)


def any_member(flag: str, given: int) -> Bounds:
    """Points when it holds of any member."""
    sure, perhaps = (when(end(flag)).then(points(given)).otherwise(NOTHING) for end in (certain, possible))
    return (sure, perhaps) if given > 0 else (perhaps, sure)


def no_member(flag: str, given: int) -> Bounds:
    """Points, below zero, when it holds of no member."""
    perhaps, sure = (when(end(flag)).then(NOTHING).otherwise(points(given)) for end in (certain, possible))
    return perhaps, sure


def stepped(reached: pl.Expr, steps: Mapping[int, int]) -> pl.Expr:
    """Points of the highest step that is reached; the first step is the rest."""
    (_, found), *above = steps.items()
    band = points(found)
    for step, given in above:
        band = when(reached >= step).then(points(given)).otherwise(band)
    return band


def of_household(fact: str, steps: Mapping[int, int]) -> Bounds:
    """Steps of one fact; unanswered it spans them all."""
    band, unanswered = stepped(col(fact), steps), col(fact).is_null()
    low, high = (when(unanswered).then(points(end(steps.values()))).otherwise(band) for end in (min, max))
    return low, high


def of_count(name: str, steps: Mapping[int, int]) -> Bounds:
    """Steps of a count over the members, growing with it."""
    return stepped(count(f"{name}_low"), steps), stepped(count(f"{name}_high"), steps)


def income(minimum_tiyn: int) -> Bounds:
    """By minimums a head; compared in whole numbers."""
    bar = col("members").cast(pl.Int64) * minimum_tiyn
    band = when(col("income") * 4 >= bar).then(points(100)).otherwise(points(40))
    for share, given in ((1, 170), (2, 280), (3, 400), (4, 620)):
        band = when(col("income") >= bar * share).then(points(given)).otherwise(band)
    band = when(col("income") == 0).then(NOTHING).otherwise(band)
    return band, when(possible("income_unknown")).then(points(620)).otherwise(band)


def overdue() -> Bounds:
    """Some adults or every adult."""

    def given(adults: pl.Expr) -> pl.Expr:
        every = when(adults >= count("adults")).then(points(-500)).otherwise(points(-250))
        return when(adults == 0).then(NOTHING).otherwise(every)

    return given(count("overdue_high")), given(count("overdue_low"))


def business() -> Bounds:
    """Proprietor, founder or both."""
    (low, high), (lower, higher) = any_member("sole_proprietor", 50), any_member("founder", 100)
    return low + lower, high + higher


def disability_adult() -> Bounds:
    """The gravest group of an adult decides; an unanswered group may be any."""
    high = when(certain("third_group")).then(points(-100)).otherwise(NOTHING)
    low, high = (when(end("grave_group")).then(points(-250)).otherwise(high) for end in (possible, certain))
    return low, high


def housing() -> Bounds:
    """Homes; with one home its area a head."""
    units, cramped = col("housing_units"), col("housing_area_m2") < col("members") * 18.0

    def given(unanswered: int, cramped_or_not: pl.Expr) -> pl.Expr:
        one = when(cramped_or_not).then(points(-80)).otherwise(points(50))
        band = when(units >= 1).then(one).otherwise(points(-200))
        for step, more in ((2, 100), (4, 400), (7, 1000), (12, 2000)):
            band = when(units >= step).then(points(more)).otherwise(band)
        return when(units.is_null()).then(points(unanswered)).otherwise(band)

    return given(-200, cramped.fill_null(True)), given(2000, cramped.fill_null(False))


def settlement() -> Bounds:
    """By class."""
    band = NOTHING
    for name, given in SETTLEMENTS.items():
        if given:
            band = when(col("settlement_class") == name).then(points(given)).otherwise(band)
    unanswered = col("settlement_class").is_null()
    low, high = (when(unanswered).then(points(end(SETTLEMENTS.values()))).otherwise(band) for end in (min, max))
    return low, high


def bounds(minimum_tiyn: int) -> dict[str, Bounds]:
    """Lowest and highest points of every indicator, in the order of the methodology."""
    smallholding_tiyn = {0: 0, 1: 50, 50_000_000: 150, 100_000_000: 350, 200_000_000: 600}
    return {
        "income_per_capita": income(minimum_tiyn),
        "credit": any_member("has_credit", 50),
        "overdue": overdue(),
        "passenger_cars": of_household("passenger_cars", {0: -50, 1: 0, 2: 50, 3: 100}),
        "commercial_vehicles": of_household("commercial_vehicles", {0: 0, 1: 80}),
        "machinery": of_household("machinery_kinds", {0: 0, 1: 100, 2: 200}),
        "able_bodied": no_member("able_bodied", -100),
        "working": of_count("working", {0: 0, 1: 150, 2: 300}),
        "business": business(),
        "children": of_count("children", {0: 0, 1: 50, 2: 100, 3: 150, 4: 200}),
        "disability_adult": disability_adult(),
        "disability_child": any_member("disability_childhood", -150),
        "clinic": any_member("not_attached", -20),
        "insurance": no_member("insured", -20),
        "chronic": any_member("chronic", -80),
        "dispensary": any_member("dispensary", -50),
        "preschool": any_member("out_of_preschool", -50),
        "school": any_member("out_of_school", -100),
        "housing": housing(),
        "commercial_property": of_household("commercial_property_units", {0: 0, 1: 80}),
        "settlement": settlement(),
        "smallholding": of_household("smallholding_value_tiyn", smallholding_tiyn),
        "land": of_household("land_plots", {0: 0, 1: 150}),
    }


def category_six(minimum_tiyn: int) -> pl.Expr:
    """Fires only when certain: every part is known to hold."""
    in_business = certain("sole_proprietor") | certain("founder")
    rich = col("income") > col("members").cast(pl.Int64) * (4 * minimum_tiyn)
    return ((col("housing_units") >= 2) & (col("passenger_cars") >= 1) & in_business & rich).fill_null(False)
