"""Statistics and map: pages a second beside a trivial page of the same server, and what the map's data weigh.

The boundaries are invented: twenty neighbouring areas with as many vertices as published ones have.
"""

import gzip
import json
import re
import tempfile

import httpx
import load
from rows import Row

from demeu.portal.ui.regions import REGIONS
from demeu.roles.launch.live import LivePlatform

TRIVIAL = "/how/"
GOAL_BYTES = 60_000
PER_EDGE = 290
SIDE_DEG = 2.0


def figures(live: LivePlatform) -> list[Row]:
    """Sizes after an import by the operator's own command, then speeds."""
    site = live.running.url
    with tempfile.NamedTemporaryFile("w", suffix=".geojson") as file:
        file.write(boundaries())
        file.flush()
        live.command("map", "import", file.name, "--credit", "invented for the bench")
    page = httpx.get(f"{site}/map/", timeout=30).text
    sheet = re.search(r'href="(/map/shapes/regions/[0-9a-f]+\.svg)#', page)
    assert sheet is not None, "the map shows no imported areas"
    shapes = httpx.get(site + sheet.group(1), timeout=30).content
    rows = [
        Row("map", "data of the twenty regions", len(shapes), "bytes", "60 KB", len(shapes) / GOAL_BYTES),
        Row("map", "the same, compressed", len(gzip.compress(shapes)), "bytes", "60 KB"),
    ]
    trivial = load.page(site + TRIVIAL)
    for path in ("/stats/", "/map/", "/stats/regions.json"):
        found = load.page(site + path)
        rows.append(Row("map", f"{path}, all clients", found.per_s, "/s", TRIVIAL, found.per_s / trivial.per_s))
    return rows


def boundaries() -> str:
    """Twenty squares, five in a row, whose edges wander; neighbours share every vertex of their edge."""
    features = []
    for place, code in enumerate(REGIONS):
        west, south = 50 + place % 5 * SIDE_DEG, 42 + place // 5 * SIDE_DEG
        east, north = west + SIDE_DEG, south + SIDE_DEG
        corners = [(west, south), (east, south), (east, north), (west, north)]
        ring = [
            _wandering(one[0] + (other[0] - one[0]) * step / PER_EDGE, one[1] + (other[1] - one[1]) * step / PER_EDGE)
            for one, other in zip(corners, [*corners[1:], corners[0]], strict=True)
            for step in range(PER_EDGE)
        ]
        area = {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}
        features.append({"type": "Feature", "properties": {"kato": code.ljust(9, "0")}, "geometry": area})
    return json.dumps({"type": "FeatureCollection", "features": features})


def _wandering(lon: float, lat: float) -> list[float]:
    """The point a little aside, always to the same side for the same place."""
    x, y = round(lon * 1000), round(lat * 1000)
    aside = ((x * 7919 + y * 104729) % 97 - 48) / 20000
    return [round(x / 1000 + aside, 5), round(y / 1000 + aside, 5)]
