"""What the map shows, from the kept tables of the statistics: regions and districts with their figures."""

from typing import Any

from demeu.portal.maps.models import Boundaries
from demeu.portal.statistics.queries import Kept, summed
from demeu.portal.statistics.rules import hidden_in_line
from demeu.portal.ui.districts import District, districts_of
from demeu.portal.ui.regions import COUNTRY, REGIONS

Figures = dict[str, float | None]


def regions(tables: Kept) -> dict[str, Figures]:
    """Each of the twenty regions, and «00» for cases shown without one: needs, rest, money (tiyn), share (percent)."""
    lines = summed(tables.tables["money"], "region")
    empty = summed([], "")[""]
    return {code: _figures(lines.get(code, empty)) for code in (*REGIONS, COUNTRY.code)}


def _figures(line: dict[str, int]) -> Figures:
    money = line["received"] + line["held"] + line["paid"] + line["delivered"]
    needed = line["needed"]
    return {
        "needs": line["open"],
        "money": money,
        "rest": max(needed - money, 0),
        "share": round(min(100 * money / needed, 100), 1) if needed else 0.0,
        "done": line["done"],
    }


def districts(region: str, tables: Kept) -> list[tuple[District, Figures]]:
    """The districts of a region; figures that count fewer than eleven families, or give them away, are None."""
    rows = {row["district"]: row for row in tables.tables["districts"]}
    places = districts_of(region)
    counts = {place.code: int(rows[place.code]["families"]) if place.code in rows else 0 for place in places}
    hidden, _whole = hidden_in_line(counts)
    return [(place, _district(rows.get(place.code), place.code in hidden)) for place in places]


def _district(row: dict[str, Any] | None, hidden: bool) -> Figures:
    if hidden:
        return dict.fromkeys(("needs", "money", "rest", "share", "done"))
    if row is None:
        return dict.fromkeys(("needs", "money", "rest", "share", "done"), 0)
    return _figures({**row, "open": row["families"], "done": 0})


def boundaries(level: str) -> Boundaries | None:
    """Imported boundaries of this level, without their shapes."""
    return Boundaries.objects.filter(level=level).defer("shapes").first()


def shapes(level: str, edition: str, region: str = "") -> dict[str, str] | None:
    """Paths by code, of one region's districts when one is given; None for an edition that is not kept."""
    row = Boundaries.objects.filter(level=level, edition=edition).first()
    if row is None:
        return None
    return {code: path for code, path in row.shapes.items() if code.startswith(region)}
