"""Where an expression runs. Everything above this border is one Ibis expression and knows no engine."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import ibis
import ibis.expr.types as ir
from ibis.backends import BaseBackend

Heard = Callable[[float], None]
"""Is told the share done, 0 to 1."""


class EngineFailed(Exception):
    """The engine stopped in the middle: too little memory, no space, a damaged file. Says why in one line."""


def silent(_share: float) -> None:
    """Tells nobody."""


class Engine(ABC):
    """Reads Parquet, writes Parquet, finds what is repeated.

    `ibis`: what expressions run on; `errors`: what it raises when it cannot go on.
    """

    ibis: BaseBackend
    errors: tuple[type[Exception], ...]

    @abstractmethod
    def read(self, files: Sequence[Path], name: str) -> ir.Table:
        """A table over files of one shape."""

    @abstractmethod
    def keep(self, table: ir.Table, folder: Path, name: str, heard: Heard) -> ir.Table:
        """The table worked out and kept for the run, by name; what does not fit into memory goes below the folder."""

    @abstractmethod
    def write(self, table: ir.Table, folder: Path, name: str, heard: Heard) -> None:
        """The table as output: `name.parquet`, or part files in `name/`."""

    @abstractmethod
    def repeated(self, table: ir.Table, column: str) -> ir.Table | None:
        """A table of the values that stand more than once in a column; None when there are none.

        May run in a thread of its own, beside any other call.
        """

    @abstractmethod
    def close(self) -> None:
        """Lets go of everything."""

    def rows(self, table: ir.Table) -> int:
        """How many rows there are."""
        return int(self.value(table.count()))

    def value(self, scalar: ir.Scalar) -> Any:
        """The value of an expression without rows."""
        return self.ibis.to_pyarrow(scalar).as_py()


def more_than_once(table: ir.Table, column: str, backend: BaseBackend) -> ir.Table | None:
    """By grouping: exact, and slow where there are many values."""
    given = table.filter(table[column].notnull())
    counted = given.group_by(column).aggregate(times=given.count())
    found = backend.to_pyarrow(counted.filter(counted.times > 1).select(column))
    return ibis.memtable(found) if len(found) else None
