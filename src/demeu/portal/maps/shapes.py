"""GeoJSON boundaries into small SVG paths: projected as the country's outline is, simplified together, rounded.

Neighbours share their line after simplification, too: no gaps, no overlaps. Refuses what is not a whole set of
Kazakhstan's regions or districts in WGS 84. Pure: text in, paths out.
"""

import json
from collections.abc import Iterable
from itertools import pairwise
from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon, shape

from demeu.kernel.errors import invalid
from demeu.portal.ui.districts import districts
from demeu.portal.ui.regions import NORTH_DEG, REGIONS, SCALE_PX, SQUEEZE, WEST_DEG

BYTES_MAX = {"regions": 60_000, "districts": 240_000}
FINER = {"regions": 1, "districts": 10}  # whole steps in one pixel of the outline
TOLERANCES_PX = (0.3, 0.5, 0.8, 1.2, 1.8, 2.7, 4.0)
SMALLEST_PX2 = 0.6
LON_DEG, LAT_DEG = (46.0, 88.0), (40.0, 56.0)
Paths = dict[str, str]


def paths_of(text: str) -> tuple[str, Paths]:
    """The level («regions» or «districts») and the paths by code; raises `map.…` refusals."""
    found = _read(text)
    level = "regions" if set(found) == {_nine(code) for code in REGIONS} else "districts"
    if level == "districts" and set(found) != set(districts()):
        missing = sorted(set(districts()) ^ set(found))
        raise invalid("map.other_places", count=len(missing), first=missing[0])
    codes = sorted(found)
    for tolerance in TOLERANCES_PX:
        simple = shapely.coverage_simplify([found[code] for code in codes], tolerance)
        paths = {_key(level, code): _path(area, FINER[level]) for code, area in zip(codes, simple, strict=True)}
        if size_bytes(paths) <= BYTES_MAX[level]:
            return level, paths
    raise invalid("map.too_detailed", most=BYTES_MAX[level])


def size_bytes(paths: Paths) -> int:
    """What the shapes weigh before compression."""
    return sum(len(code) + len(path) for code, path in paths.items())


def _nine(code: str) -> str:
    return code.ljust(9, "0")


def _key(level: str, code: str) -> str:
    return code[:2] if level == "regions" else code


def _read(text: str) -> dict[str, MultiPolygon]:
    try:
        features = json.loads(text)["features"]
        found = {str(one["properties"]["kato"]): shape(one["geometry"]) for one in features}
    except (ValueError, KeyError, TypeError, AttributeError, shapely.errors.ShapelyError) as fault:
        raise invalid("map.not_geojson") from fault
    if not found or len(found) != len(features):
        raise invalid("map.not_geojson")
    for code, area in found.items():
        _check(code, area)
    return {code: _whole(shapely.transform(area, _project)) for code, area in found.items()}


def _whole(area: Any) -> MultiPolygon:
    """The area without what published files contain now and then: rings that cross or touch themselves."""
    parts = shapely.get_parts(shapely.make_valid(area))
    return MultiPolygon([part for part in shapely.get_parts(parts) if isinstance(part, Polygon)])


def _check(code: str, area: Any) -> None:
    if not isinstance(area, Polygon | MultiPolygon) or area.is_empty:
        raise invalid("map.no_area", place=code)
    west, south, east, north = area.bounds
    inside = LON_DEG[0] <= west <= east <= LON_DEG[1] and LAT_DEG[0] <= south <= north <= LAT_DEG[1]
    if not inside:
        raise invalid("map.outside", place=code)


def _project(points: Any) -> Any:
    projected = points.copy()
    projected[:, 0] = (points[:, 0] - WEST_DEG) * SQUEEZE * SCALE_PX
    projected[:, 1] = (NORTH_DEG - points[:, 1]) * SCALE_PX
    return projected


def _path(area: Polygon | MultiPolygon, finer: int) -> str:
    """Relative steps in whole `1/finer` pixels; specks are left out unless nothing else would remain."""
    parts = list(area.geoms) if isinstance(area, MultiPolygon) else [area]
    largest = max(parts, key=lambda part: part.area)
    seen = [part for part in parts if part is largest or part.area >= SMALLEST_PX2]
    return "".join(_ring(ring.coords, finer) for part in seen for ring in (part.exterior, *part.interiors))


def _ring(coordinates: Iterable[tuple[float, ...]], finer: int) -> str:
    points = [(round(x * finer), round(y * finer)) for x, y, *_ in coordinates]
    points = [point for point, before in zip(points, [None, *points], strict=False) if point != before]
    if len(points) > 1 and points[0] == points[-1]:
        points.pop()
    if len(points) < 3:
        return ""
    steps = "".join(f"{'' if x < 0 else ' '}{x}{'' if y < 0 else ' '}{y}" for x, y in _steps(points))
    return f"M{points[0][0]} {points[0][1]}l{steps.lstrip()}z"


def _steps(points: list[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    return ((x2 - x1, y2 - y1) for (x1, y1), (x2, y2) in pairwise(points))
