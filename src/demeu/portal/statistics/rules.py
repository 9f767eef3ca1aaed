"""Hiding small cells, and the spread of help. Pure.

A cell that counts fewer than eleven families is hidden. A hidden cell could be calculated back from a shown total of
its row or column, so others are hidden with it until each line hides nothing or at least two cells, eleven families.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

FAMILIES_LEAST = 11
Row = Hashable
Column = Hashable


class Hidden(NamedTuple):
    """Cells that are not shown, and the lines (rows and columns) whose totals are not shown either."""

    cells: frozenset[tuple[Row, Column]]
    rows: frozenset[Row]
    columns: frozenset[Column]


def hidden_cells(counts: Mapping[tuple[Any, Any], int], *, least: int = FAMILIES_LEAST) -> Hidden:
    """What must not be shown of a table of counts whose rows and columns have totals. A zero hides nobody."""
    hidden = {cell for cell, count in counts.items() if 0 < count < least}
    rows = _lines(counts, 0)
    columns = _lines(counts, 1)
    changed = True
    while changed:
        changed = False
        for line in (*rows.values(), *columns.values()):
            further = _next_to_hide(line, hidden, counts, least)
            if further is not None:
                hidden.add(further)
                changed = True
    open_rows = {row for row, line in rows.items() if not _is_safe(line, hidden, counts, least)}
    open_columns = {column for column, line in columns.items() if not _is_safe(line, hidden, counts, least)}
    return Hidden(frozenset(hidden), frozenset(open_rows), frozenset(open_columns))


def hidden_in_line(counts: Mapping[Any, int], *, least: int = FAMILIES_LEAST) -> tuple[frozenset[Row], bool]:
    """The same for one line with a total: what is hidden, and whether the total must be hidden too."""
    found = hidden_cells({(row, ""): count for row, count in counts.items()}, least=least)
    return frozenset(row for row, _ in found.cells), bool(found.columns)


def _lines(counts: Iterable[tuple[Any, Any]], axis: int) -> dict[Hashable, list[tuple[Row, Column]]]:
    found: dict[Hashable, list[tuple[Row, Column]]] = {}
    for cell in counts:
        found.setdefault(cell[axis], []).append(cell)
    return {key: line for key, line in found.items() if len(line) > 1}


def _is_safe(
    line: Sequence[tuple[Row, Column]],
    hidden: set[tuple[Row, Column]],
    counts: Mapping[tuple[Any, Any], int],
    least: int,
) -> bool:
    gone = [cell for cell in line if cell in hidden]
    return not gone or (len(gone) > 1 and sum(counts[cell] for cell in gone) >= least)


def _next_to_hide(
    line: Sequence[tuple[Row, Column]],
    hidden: set[tuple[Row, Column]],
    counts: Mapping[tuple[Any, Any], int],
    least: int,
) -> tuple[Row, Column] | None:
    """The smallest cell still shown, when the hidden ones of this line could be calculated back."""
    if _is_safe(line, hidden, counts, least):
        return None
    shown = [cell for cell in line if cell not in hidden and counts[cell] > 0]
    return min(shown, key=lambda cell: (counts[cell], str(cell)), default=None)


def gini(histogram: Mapping[float, int]) -> float | None:
    """How unevenly shares are spread: 0 all alike, near 1 one has all. `histogram`: share → how many have it."""
    people = sum(histogram.values())
    whole = sum(share * count for share, count in histogram.items())
    if not people or not whole:
        return None
    below, twice_area = 0.0, 0.0
    for share, count in sorted(histogram.items()):
        after = below + share * count
        twice_area += count * (below + after)
        below = after
    return round(1 - twice_area / (people * whole), 3)
