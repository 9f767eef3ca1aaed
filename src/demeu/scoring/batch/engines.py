"""Where an expression runs. Everything above this border is one Ibis expression and knows no engine."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Protocol

import ibis.expr.types as ir

Heard = Callable[[float], None]
"""Is told the share done, 0 to 1."""


class EngineFailed(Exception):
    """The engine stopped in the middle: too little memory, no space, a damaged file. Says why in one line."""


def silent(_share: float) -> None:
    """Tells nobody."""


class Engine(Protocol):
    """Reads Parquet, writes Parquet, finds what is repeated. `errors`: what it raises when it cannot go on."""

    @property
    def errors(self) -> tuple[type[Exception], ...]: ...

    def read(self, files: Sequence[Path], name: str) -> ir.Table:
        """A table over files of one shape."""

    def keep(self, table: ir.Table, folder: Path, name: str, heard: Heard) -> ir.Table:
        """The table written below a folder as `name`, and read back."""

    def write(self, table: ir.Table, folder: Path, name: str, heard: Heard) -> None:
        """The table as output: `name.parquet`, or part files in `name/`."""

    def repeated(self, table: ir.Table, column: str) -> ir.Table | None:
        """A table of the values that stand more than once in a column; None when there are none."""

    def rows(self, table: ir.Table) -> int:
        """How many rows there are."""

    def value(self, scalar: ir.Scalar) -> Any:
        """The value of an expression without rows."""

    def close(self) -> None:
        """Lets go of everything."""
