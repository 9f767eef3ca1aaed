"""Steps of colour, tiles and distances. Pure."""

from collections.abc import Sequence
from math import asin, cos, radians, sin, sqrt

STEPS = 5
EARTH_KM = 6371
KM_TOLD = 10
# Column and row of each region on a grid where neighbours stay neighbours: west to east, north to south.
TILES = {
    "39": (2, 0), "59": (3, 0), "55": (5, 0),
    "27": (0, 1), "15": (1, 1), "11": (3, 1), "71": (4, 1), "10": (5, 1), "63": (6, 1),
    "23": (0, 2), "62": (3, 2), "35": (4, 2), "33": (6, 2),
    "47": (0, 3), "43": (2, 3), "61": (3, 3), "31": (4, 3), "19": (5, 3), "75": (6, 3),
    "79": (3, 4),
}  # fmt: skip


def limits(values: Sequence[float]) -> list[float]:
    """Where the second, third … step begins, so that each step holds about as many places; fewer for few values."""
    known = sorted({value for value in values if value > 0})
    if len(known) < STEPS:
        return known
    return [known[round(place * len(known) / STEPS)] for place in range(1, STEPS)]


def step_of(value: float | None, begins: Sequence[float]) -> int:
    """0 (nothing, or hidden) to 4 (most)."""
    if value is None or value <= 0:
        return 0
    return max(sum(value >= begin for begin in begins), 1) if len(begins) < STEPS - 1 else _among(value, begins)


def _among(value: float, begins: Sequence[float]) -> int:
    return sum(value >= begin for begin in begins)


def apart_km(one: tuple[float, float], other: tuple[float, float]) -> int:
    """Kilometres between two (latitude, longitude), told by tens: a centre is no address."""
    (lat1, lon1), (lat2, lon2) = one, other
    lat, lon = radians(lat2 - lat1), radians(lon2 - lon1)
    half = sin(lat / 2) ** 2 + cos(radians(lat1)) * cos(radians(lat2)) * sin(lon / 2) ** 2
    return round(2 * EARTH_KM * asin(sqrt(half)) / KM_TOLD) * KM_TOLD


def radius_px(value: float, most: float) -> float:
    """A circle whose area says the value."""
    return 0.0 if value <= 0 or most <= 0 else round(10 + 26 * sqrt(value / most), 1)
