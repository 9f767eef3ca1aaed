"""One row of the table: a figure, and beside it what it is compared with in the same run."""

from dataclasses import asdict, dataclass

from rich.console import Console
from rich.table import Table


@dataclass(frozen=True)
class Row:
    """`value` in `unit`; `beside` and `ratio` (value ÷ the other) when there is something to compare with."""

    area: str
    figure: str
    value: float
    unit: str
    beside: str = ""
    ratio: float | None = None

    def as_json(self) -> dict[str, object]:
        """For `bench/last.json`."""
        return asdict(self)


def ms(area: str, figure: str, seconds: float, beside: str = "", other_s: float | None = None) -> Row:
    """A time in milliseconds, with the time it is compared with in seconds."""
    return Row(area, figure, seconds * 1000, "ms", beside, seconds / other_s if other_s else None)


def show(rows: list[Row], console: Console) -> None:
    """The table."""
    table = Table(title="Demeu: medians of one run on this machine; nothing here is asserted")
    for heading, side in (("area", "left"), ("figure", "left"), ("value", "right"), ("beside", "left")):
        table.add_column(heading, justify=side)  # type: ignore[arg-type]
    table.add_column("ratio", justify="right")
    last = ""
    for row in rows:
        if last and row.area != last:
            table.add_section()
        whole = isinstance(row.value, int) or row.value >= 100
        value = f"{row.value:,.0f}" if whole else f"{row.value:,.2f}"
        ratio = f"{row.ratio:.2f} ×" if row.ratio is not None else ""
        table.add_row(row.area if row.area != last else "", row.figure, f"{value} {row.unit}", row.beside, ratio)
        last = row.area
    console.print(table)
