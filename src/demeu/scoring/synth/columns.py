"""From drawn arrays to Arrow columns: references, nulls where an answer is missing, and the schemas of the files.

Types are those that DuckDB, Polars and Spark read alike: string, int64, double, bool, date32. Columns are made from
buffers, because `pyarrow.array` would first import pandas, for two seconds.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pyarrow as pa

from demeu.scoring.synth.families import Families
from demeu.scoring.synth.homes import CLASSES
from demeu.scoring.synth.marginals import Array, Marginals

HOUSEHOLD_DIGITS, MEMBER_DIGITS, KATO_DIGITS = 9, 2, 9
HOUSEHOLDS_MAX = 10**HOUSEHOLD_DIGITS
# Multiplying by a number without the factors 2 and 5 is a bijection of the numbers of nine digits.
SCRAMBLE = 387_420_489
HALF_DIGITS = 6
HALF = 10**HALF_DIGITS
UNKNOWN_CLASS = "moon_base"
EPOCH = date(1970, 1, 1)

TEXT, WHOLE, REAL, YES_NO, DAY = pa.string(), pa.int64(), pa.float64(), pa.bool_(), pa.date32()
HOUSEHOLDS = pa.schema(
    {
        "household_id": TEXT,
        "kato": TEXT,
        "settlement_class": TEXT,
        "housing_units": WHOLE,
        "housing_area_m2": REAL,
        "commercial_property_units": WHOLE,
        "land_plots": WHOLE,
        "smallholding_value_tiyn": WHOLE,
        "passenger_cars": WHOLE,
        "commercial_vehicles": WHOLE,
        "machinery_kinds": WHOLE,
    }
)
PERSONS = pa.schema(
    {
        "person_id": TEXT,
        "household_id": TEXT,
        "birth_date": DAY,
        "income_monthly_tiyn": WHOLE,
        "able_bodied": YES_NO,
        "working": YES_NO,
        "sole_proprietor": YES_NO,
        "founder": YES_NO,
        "student": YES_NO,
        "disability_group": WHOLE,
        "disability_childhood": YES_NO,
        "clinic_attached": YES_NO,
        "insured": YES_NO,
        "chronic": YES_NO,
        "dispensary": YES_NO,
        "preschool_enrolled": YES_NO,
        "school_enrolled": YES_NO,
        "has_credit": YES_NO,
        "overdue_days": WHOLE,
        "overdue_tiyn": WHOLE,
    }
)
STRATA = pa.schema(
    {
        "household_id": TEXT,
        "sex_of_head": TEXT,
        "disability": YES_NO,
        "region": TEXT,
        "family_size": WHOLE,
        "rural": YES_NO,
        "consumption_monthly_tiyn": WHOLE,
    }
)
IINS = pa.schema({"person_id": TEXT, "iin": TEXT})
NEVER_OF_MINORS = {
    "income_monthly_tiyn",
    "able_bodied",
    "working",
    "sole_proprietor",
    "founder",
    "student",
    "disability_group",
    "has_credit",
    "overdue_days",
    "overdue_tiyn",
}
AGES_OF = {"preschool_enrolled": (2, 5), "school_enrolled": (6, 17)}


@dataclass
class Rows:
    """The rows of one table: drawn values, and True where the answer is missing."""

    values: dict[str, Array]
    missing: dict[str, Array] = field(default_factory=dict)

    def take(self, rows: Array) -> "Rows":
        """The same table with these rows, in this order."""
        return Rows(*({name: column[rows] for name, column in part.items()} for part in (self.values, self.missing)))


def column(kind: pa.DataType, values: Array, absent: Array | None = None) -> pa.Array:
    """An Arrow column of numbers, days or booleans; null where `absent` is true."""
    if kind == pa.bool_():
        held = np.packbits(values, bitorder="little")
    else:
        held = np.ascontiguousarray(values, dtype=kind.to_pandas_dtype() if kind != pa.date32() else np.int32)
    return pa.Array.from_buffers(kind, len(values), [_valid(absent), pa.py_buffer(held)])


def words(texts: Sequence[str]) -> pa.StringArray:
    """A short column of texts."""
    written = [text.encode() for text in texts]
    ends = np.cumsum([0, *map(len, written)], dtype=np.int32)
    return pa.StringArray.from_buffers(len(written), pa.py_buffer(ends), pa.py_buffer(b"".join(written)))


def named(index: Array, texts: Sequence[str], absent: Array | None = None) -> pa.StringArray:
    """For each row the text that its index names."""
    return words(texts).take(column(pa.int64(), index, absent))


def _valid(absent: Array | None) -> pa.Buffer | None:
    return None if absent is None else pa.py_buffer(np.packbits(~absent, bitorder="little"))


def references(prefix: str, numbers: Array, digits: int, absent: Array | None = None) -> pa.StringArray:
    """`prefix` and each number with leading zeros; built in one buffer, without a Python object a row."""
    width, begin = len(prefix) + digits, len(prefix)
    signs = np.empty((len(numbers), width), np.uint8)
    signs[:, :begin] = np.frombuffer(prefix.encode(), np.uint8)
    end = width
    left = numbers.astype(np.int64)
    while end > begin:
        left, low = np.divmod(left, HALF)
        half = low.astype(np.uint32)  # divides several times faster than 64 bits
        start = max(begin, end - HALF_DIGITS)
        for place in range(end - 1, start - 1, -1):
            tens = half // np.uint32(10)
            signs[:, place] = half - tens * np.uint32(10) + np.uint32(48)
            half = tens
        end = start
    offsets = np.arange(0, (len(numbers) + 1) * width, width, dtype=np.int32)
    return pa.StringArray.from_buffers(len(numbers), pa.py_buffer(offsets), pa.py_buffer(signs), _valid(absent))


def scrambled(numbers: Array, *, shuffle: bool) -> Array:
    """Household numbers as they are, or each exchanged for another so that order tells nothing."""
    return numbers * SCRAMBLE % HOUSEHOLDS_MAX if shuffle else numbers


def missing(
    rng: np.random.Generator, families: Families, held: Marginals, rows: int, names: tuple[str, ...], factor: float
) -> dict[str, Array]:
    """Where answers are missing: only facts that apply can be; `factor` multiplies the published-by-us shares."""
    found = {}
    for name in names:
        share = min(held.nulls[name] * factor, 1.0)
        if not share:
            continue
        asked = np.zeros(rows, bool)
        asked[rng.integers(0, rows, rng.binomial(rows, share))] = True
        if name in NEVER_OF_MINORS:
            asked &= ~families.minor
        if name in AGES_OF:
            asked &= (families.age >= AGES_OF[name][0]) & (families.age <= AGES_OF[name][1])
        found[name] = asked
    return found


def households_table(rows: Rows) -> pa.Table:
    """Rows of `households`; the reference stands as a number in `household`."""
    place = rows.values["settlement_class"]
    made: dict[str, pa.Array] = {
        "household_id": references("h", rows.values["household"], HOUSEHOLD_DIGITS),
        "kato": references("", rows.values["kato"], KATO_DIGITS, rows.missing.get("kato")),
        "settlement_class": named(place, (*CLASSES, UNKNOWN_CLASS), rows.missing.get("settlement_class")),
    }
    return _table(HOUSEHOLDS, rows, made)


def persons_table(rows: Rows, as_of: date) -> pa.Table:
    """Rows of `persons`; references stand as numbers in `household` and `member`, births as `days` before `as_of`."""
    made: dict[str, pa.Array] = {
        "person_id": person_references(rows.values),
        "household_id": references("h", rows.values["household"], HOUSEHOLD_DIGITS),
        "birth_date": column(pa.date32(), (as_of - EPOCH).days - rows.values["days"]),
    }
    return _table(PERSONS, rows, made)


def person_references(values: Mapping[str, Array]) -> pa.StringArray:
    """References of persons from the numbers of their households and their places in them."""
    numbers = values["household"] * 10**MEMBER_DIGITS + values["member"]
    return references("p", numbers, HOUSEHOLD_DIGITS + MEMBER_DIGITS)


def _table(schema: pa.Schema, rows: Rows, made: dict[str, pa.Array]) -> pa.Table:
    for name in schema.names:
        if name not in made:
            made[name] = column(schema.field(name).type, rows.values[name], rows.missing.get(name))
    return pa.Table.from_arrays([made[name] for name in schema.names], schema=schema)
