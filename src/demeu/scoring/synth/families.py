"""Who lives together: settlement, size, ages and sexes of one chunk of households. No facts of scoring yet."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import numpy as np

from demeu.scoring.facts import age_years
from demeu.scoring.synth.drawing import by_tables, normal, uniform
from demeu.scoring.synth.marginals import Array, Marginals

ADULT_DAYS = 6576
AGE_DAYS_MAX = 36500
DAYS_A_YEAR = 365.25


@dataclass
class Families:
    """One chunk. Arrays of households: `region` … `prosperity`; of persons: `home` (row of the household) … `minor`."""

    region: Array
    rural: Array
    size: Array
    prosperity: Array
    head_female: Array
    starts: Array
    home: Array
    order: Array
    days: Array
    age: Array
    female: Array
    minor: Array

    @property
    def households(self) -> int:
        """Number of households of the chunk."""
        return len(self.size)

    @property
    def persons(self) -> int:
        """Number of persons of the chunk."""
        return len(self.home)


def draw_families(rng: np.random.Generator, households: int, held: Marginals, size_min: int = 1) -> Families:
    """A chunk of families; `size_min` is for families that must have several members."""
    cell = np.searchsorted(np.cumsum(held.cells.chance)[:-1], rng.random(households), side="right")
    size = np.maximum(held.cells.size[cell], size_min)
    minors = by_tables(uniform(rng, households), size - 1, held.household["minors"])
    adults = size - minors
    couple = (adults > 1) & (uniform(rng, households) < held.household["couple"])
    alone, paired = held.household["head_female_alone"], held.household["head_female_in_couple"]
    head_female = uniform(rng, households) < np.where(couple, paired, alone)
    starts = np.cumsum(size) - size
    home = np.repeat(np.arange(households), size)
    order = np.arange(len(home)) - starts[home]
    minor = order >= adults[home]
    spouse = (order == 1) & couple[home]
    days = _days(rng, held, _heads(rng, held, size, minors), head_female, home, order, minor, spouse)
    return Families(
        region=held.cells.region[cell],
        rural=held.cells.rural[cell],
        size=size,
        prosperity=normal(rng, households),
        head_female=head_female,
        starts=starts,
        home=home,
        order=order,
        days=days,
        age=_ages(held.as_of)[days],
        female=_sexes(rng, held, head_female[home], order, minor, spouse),
        minor=minor,
    )


def _heads(rng: np.random.Generator, held: Marginals, size: Array, minors: Array) -> Array:
    """Ages of heads in days: parents of minors are younger than others, people alone older."""
    kinds = np.array([held.person["parent_age"], held.person["other_age"], held.person["alone_age"]])
    kind = np.where(minors > 0, 0, np.where(size > 1, 1, 2))
    years = kinds[kind, 0] + kinds[kind, 1] * normal(rng, len(size))
    days: Array = (np.clip(years, 19, np.where(minors > 0, 72, 97)) * DAYS_A_YEAR).astype(np.int64)
    return days


def _days(
    rng: np.random.Generator,
    held: Marginals,
    heads: Array,
    head_female: Array,
    home: Array,
    order: Array,
    minor: Array,
    spouse: Array,
) -> Array:
    """Age of everybody in days; children are at least 17 years younger than the head."""
    rows = len(home)
    head = heads[home]
    gap_mean, gap_spread = held.person["age_gap"]
    gap = (gap_mean + gap_spread * normal(rng, rows)) * DAYS_A_YEAR
    married = head + np.where(head_female[home], gap, -gap)
    drawn = uniform(rng, rows)
    elder = (uniform(rng, rows) < held.person["grandparent"]) & (head < 66 * DAYS_A_YEAR)
    further = np.where(elder, head + (21 + 13 * drawn) * DAYS_A_YEAR, (18.1 + 10 * drawn) * DAYS_A_YEAR)
    child = drawn * np.clip(head / DAYS_A_YEAR - 17, 1, 17.99) * DAYS_A_YEAR
    grown = np.where(order == 0, head, np.where(spouse, married, further))
    return np.where(minor, child, np.clip(grown, ADULT_DAYS, AGE_DAYS_MAX)).astype(np.int64)


def _sexes(
    rng: np.random.Generator, held: Marginals, head_female: Array, order: Array, minor: Array, spouse: Array
) -> Array:
    girls, women = held.person["girls"], held.person["further_women"]
    drawn = uniform(rng, len(order)) < np.where(minor, girls, women)
    return np.where(order == 0, head_female, np.where(spouse, ~head_female, drawn))


@cache
def _ages(as_of: date) -> Array:
    """Full years by age in days."""
    return np.array([age_years(as_of - timedelta(days=days), as_of) for days in range(AGE_DAYS_MAX + 1)])
