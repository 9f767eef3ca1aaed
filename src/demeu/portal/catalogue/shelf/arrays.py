"""The shelf in memory: columns of numbers in the fair order, a bit for each case and value. Reads no table.

One edition never changes; a newer one is made of it and of the rows that have changed since.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

import numpy as np
from numpy.typing import NDArray

from demeu.portal.catalogue import codes, rules

ROW = np.dtype(
    [
        ("slot", ">i4"), ("stage", ">i2"), ("grp", ">i2"), ("subgroup", ">i2"), ("region", ">i2"), ("urgency", ">i2"),
        ("tags", ">i2"), ("kinds", ">i2"), ("verifier", ">i2"), ("left_band", ">i2"), ("category", ">i2"),
        ("district", ">i4"), ("published", ">i4"), ("share", ">i4"), ("seed", ">u4"),
    ]
)  # fmt: skip
Bits = NDArray[np.uint64]
Column = NDArray[Any]
MILLI = 1000
SORTS = ("fair", "waiting", "least", "new")


@dataclass(frozen=True)
class Edition:
    """Rows by slot, as of a moment.

    `line`: whose revisions they are; `rev`: the newest change in it; `day`: the day its points are of.
    """

    rows: Column
    line: UUID | None
    rev: int
    at: datetime
    day: date
    bits: dict[tuple[str, str], Bits] = field(default_factory=dict, repr=False)

    @property
    def key(self) -> str:
        """Names this edition and its day."""
        return f"{self.line}.{self.rev}.{self.day:%y%m%d}"

    @cached_property
    def size(self) -> int:
        """Number of rows, those that are public no more included."""
        return len(self.rows)

    @cached_property
    def points(self) -> NDArray[np.int32]:
        """`rules.fair_points` of every row, in thousandths."""
        return points_of(self.rows, self.day)

    @cached_property
    def order(self) -> dict[str, NDArray[np.uint32]]:
        """Row numbers in each order one may ask for; equal ones by slot."""
        # Rows stand by slot, so a stable sort keeps equal ones so.
        return {sort: np.argsort(self._key(sort), kind="stable").astype(np.uint32) for sort in SORTS}

    def _key(self, sort: str) -> NDArray[np.int32]:
        """What an order goes by, smallest first."""
        if sort == "fair":
            return -self.points
        column = self.rows["share" if sort == "least" else "published"].astype(np.int32)
        return -column if sort == "new" else column

    @cached_property
    def _sorted(self) -> dict[str, tuple[NDArray[np.int32], NDArray[np.int32]]]:
        return {}

    def sorted_keys(self, sort: str) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
        """Sort keys and slots in their order; made once."""
        if sort not in self._sorted:
            order = self.order[sort]
            self._sorted[sort] = (self._key(sort)[order], self.rows["slot"].astype(np.int32)[order])
        return self._sorted[sort]

    @cached_property
    def _values(self) -> dict[str, tuple[Column, Column]]:
        return {}

    def values_of(self, column: str) -> tuple[Column, Column]:
        """Every value of a column, and for each row which of them it has; made once."""
        if column not in self._values:
            self._values[column] = np.unique(self.rows[column], return_inverse=True)
        return self._values[column]

    @cached_property
    def row_of_slot(self) -> NDArray[np.int32]:
        """Row number by slot; −1 for none."""
        found = np.full(int(self.rows["slot"].max(initial=0)) + 1, -1, np.int32)
        found[self.rows["slot"]] = np.arange(self.size, dtype=np.int32)
        return found

    def having(self, facet: str, value: str) -> Bits:
        """A bit for each row that has this value; made once."""
        known = self.bits.get((facet, value))
        if known is None:
            known = self.bits[(facet, value)] = packed(self._mask(facet, value))
        return known

    def _mask(self, facet: str, value: str) -> NDArray[np.bool_]:
        rows = self.rows
        simple = {
            "stage": ("stage", codes.STAGES), "group": ("grp", codes.GROUPS), "subgroup": ("subgroup", codes.SUBGROUPS),
            "region": ("region", codes.REGION_NUMBERS), "urgency": ("urgency", codes.URGENCIES),
            "left": ("left_band", codes.LEFT),
        }  # fmt: skip
        if facet in simple:
            column, table = simple[facet]
            return np.asarray(rows[column] == table[value])
        if facet == "tag":
            return np.asarray(rows["tags"] & codes.TAG_BITS[value] != 0)
        if facet == "kind":
            return np.asarray(rows["kinds"] & codes.KIND_BITS[value] != 0)
        if facet == "waiting":
            return np.asarray(rows["published"] <= day_number(self.day) - codes.WAITING_DAYS[value])
        return np.asarray(rows[{"district": "district", "verifier": "verifier"}[facet]] == int(value))

    def of_slots(self, slots: Column) -> Bits:
        """A bit for each row whose slot is named; a slot that came later is left out."""
        known = slots[slots < len(self.row_of_slot)]
        places = self.row_of_slot[known]
        mask = np.zeros(self.size, bool)
        mask[places[places >= 0]] = True
        return packed(mask)


def packed(mask: NDArray[np.bool_]) -> Bits:
    """Eight cases a byte, padded to whole words of 64."""
    found = np.packbits(mask, bitorder="little")
    return np.concatenate([found, np.zeros(-len(found) % 8, np.uint8)]).view(np.uint64)


def unpacked(bits: Bits, size: int) -> NDArray[np.bool_]:
    """The mask of a row of bits."""
    return np.unpackbits(bits.view(np.uint8), count=size, bitorder="little").view(bool)


def number_of(bits: Bits) -> int:
    """How many cases have their bit."""
    return int(np.bitwise_count(bits).sum(dtype=np.int64))


def day_number(day: date) -> int:
    """Days since the shelf's first day."""
    return (day - codes.EPOCH).days


def points_of(rows: Column, day: date) -> NDArray[np.int32]:
    """`rules.fair_points` for many rows at once, in thousandths; a test holds both together."""
    waiting = np.clip(day_number(day) - rows["published"].astype(np.int64), 0, rules.WAITING_DAYS_MAX)
    urgent = np.zeros(len(codes.URGENCIES) + 1, np.int64)
    for word, number in codes.URGENCIES.items():
        urgent[number] = rules.URGENCY_POINTS[word] * MILLI
    missing = codes.SHARE_WHOLE - rows["share"].astype(np.int64)
    luck = rules.chance_of_seed(rows["seed"].astype(np.uint64), day).astype(np.int64)
    return np.asarray(
        rules.POINTS_PER_CATEGORY * MILLI * (6 - rows["category"].astype(np.int64))
        + urgent[rows["urgency"]]
        + waiting * rules.WAITING_POINTS_MAX * MILLI // rules.WAITING_DAYS_MAX
        + missing * rules.LEAST_FUNDED_POINTS_MAX * MILLI // codes.SHARE_WHOLE
        + luck * rules.CHANCE_POINTS_MAX * MILLI // rules.CHANCE_STEPS,
        np.int32,
    )  # fmt: skip


def renewed(rows: Column, changed: Column) -> Column:
    """Rows with those that have changed put in place of the older ones, by slot."""
    if not len(changed):
        return rows
    kept = rows[~np.isin(rows["slot"], changed["slot"])]
    return np.sort(np.concatenate([kept, changed]), order="slot")
