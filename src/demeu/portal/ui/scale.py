"""The six steps of need with the point and the possible range. Pure; limits come from the national methodology.

Source: order of the Minister of Labour No 267 of 29.06.2023 (levels A–E); step 6 is a separate rule, no sum of points.
"""

from dataclasses import dataclass

UPPER = (-459, -31, 729, 1799)
LOWEST, HIGHEST = -1670, 4600
MINUS = "\u2212"


@dataclass(frozen=True)
class Step:
    """One step; point and range are percent of its width, None when they lie elsewhere."""

    number: int
    limits: tuple[int | None, int | None] | None
    is_now: bool
    point: float | None
    range_start: float | None
    range_end: float | None


def bounds(number: int) -> tuple[int | None, int | None] | None:
    """Least and greatest sum of a step; None at an open end; None altogether for step 6."""
    if number == 6:
        return None
    return (UPPER[number - 2] + 1 if number > 1 else None, UPPER[number - 1] if number < 5 else None)


def _place(score: int, number: int) -> float:
    low, high = bounds(number) or (0, 0)
    least, most = low if low is not None else LOWEST, high if high is not None else HIGHEST
    share = (min(max(score, least), most) - least) / (most - least)
    return round(4 + 92 * share, 2)


def steps(category: int, score: int | None = None, low: int | None = None, high: int | None = None) -> list[Step]:
    """All six, the present one marked; the point is drawn only on a step that is made of points."""
    rows = []
    for number in range(1, 7):
        drawn = number == category and number != 6 and score is not None
        rows.append(
            Step(
                number,
                bounds(number),
                number == category,
                _place(score, number) if drawn and score is not None else None,
                _place(low, number) if drawn and low is not None else None,
                _place(high, number) if drawn and high is not None else None,
            )
        )
    return rows
