"""Many measures in few columns: six million groups with a sum for each count would not fit into memory.

A truth may be null: then it may or may not hold, and has a place of its own. `Numbers` are fields of one sum; `Bits`
are joined by a bitwise or.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add, or_

import ibis
import ibis.expr.types as ir

from demeu.scoring.criteria.language import Value

EXACT_BITS = 53
"""A double holds whole numbers exactly up to 2**53, and a sum of doubles takes half the memory of one of integers."""


@ibis.udf.agg.builtin(signature=(("int64",), "int64"))
def bit_or(marks):  # type: ignore[no-untyped-def]
    """The engine's own function; Ibis has no word for it on Spark."""


@dataclass(frozen=True)
class Numbers:
    """How many rows of a group are true, and how many are null. `bits`: width of a field of each."""

    names: Sequence[str]
    bits: int

    @property
    def largest(self) -> int:
        """The largest group whose numbers fit."""
        return int(2**self.bits - 1)

    def columns(self, truths: Mapping[str, Value]) -> dict[str, Value]:
        """The columns of a group, from the truths of its rows."""
        shares: dict[str, list[Value]] = {}
        for name in self.names:
            column, place = self._place(name)
            shares.setdefault(column, []).append(_marked(truths[name], 2**place, 2 ** (place + self.bits)))
        return {column: reduce(add, each).cast("float64").sum().cast("int64") for column, each in shares.items()}

    def read(self, row: ir.Table, name: str) -> tuple[Value, Value]:
        """How many are true, and how many null."""
        column, place = self._place(name)
        return (row[column] >> place) & self.largest, (row[column] >> (place + self.bits)) & self.largest

    def _place(self, name: str) -> tuple[str, int]:
        column, place = divmod(self.names.index(name), EXACT_BITS // (2 * self.bits))
        return f"numbers_{column}", 2 * self.bits * place


@dataclass(frozen=True)
class Bits:
    """Whether any row of a group is true, and whether any is null."""

    names: Sequence[str]

    def columns(self, truths: Mapping[str, Value]) -> dict[str, Value]:
        """The columns of a group, from the truths of its rows."""
        marks: dict[str, list[Value]] = {}
        for name in self.names:
            column, place = self._place(name)
            marks.setdefault(column, []).append(_marked(truths[name], 2**place, 2 ** (place + 1)))
        return {column: bit_or(reduce(or_, each)) for column, each in marks.items()}

    def read(self, row: ir.Table, name: str) -> tuple[Value, Value]:
        """1 if any is true, and 1 if any is null; else 0."""
        column, place = self._place(name)
        return (row[column] >> place) & 1, (row[column] >> (place + 1)) & 1

    def _place(self, name: str) -> tuple[str, int]:
        column, place = divmod(self.names.index(name), 31)
        return f"bits_{column}", 2 * place


def _marked(truth: Value, true: int, null: int) -> Value:
    nothing = ibis.literal(0, "int64")
    return ibis.cases(
        (truth, ibis.literal(true, "int64")), (truth.isnull(), ibis.literal(null, "int64")), else_=nothing
    )
