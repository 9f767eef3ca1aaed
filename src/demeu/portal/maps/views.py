"""The map. Everything works without scripts: areas, tiles and circles are links, the list beside says the same.

Query: `show` needs|rest|money|share, `look` areas|tiles|bubbles. A place that a visitor names comes by POST, sorts the
list of this one answer and is written nowhere.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from demeu.portal.maps import queries, rules, showing, wording
from demeu.portal.maps.queries import Figures
from demeu.portal.statistics import queries as statistics
from demeu.portal.ui.regions import COUNTRY, REGIONS, region_name

YEAR = "public, max-age=31536000, immutable"


@require_http_methods(["GET", "HEAD", "POST"])
def country(request: HttpRequest) -> HttpResponse:
    """`/map/`: the twenty regions."""
    measure, bounds, kept = _measure(request), queries.boundaries("regions"), statistics.kept()
    look = _look(request, bounds is not None)
    figures = queries.regions(kept)
    places = [(code, region_name(code), figures[code]) for code in REGIONS]
    rows = showing.drawn(places, measure)
    near = request.POST.get("near", "") if request.method == "POST" else ""
    shown = _frame(request, measure, look, bounds is not None) | {
        "rows": rows,
        "listed": _near(rows, near) if near in REGIONS else sorted(rows, key=lambda row: (-row["value"], row["name"])),
        "near": region_name(near) if near in REGIONS else "",
        "near_code": near,
        "regions": sorted(REGIONS.values(), key=lambda region: region.name()),
        "keys": showing.keys(places, measure),
        "bounds": bounds,
        "without": figures[COUNTRY.code]["needs"],
        "counted_at": kept.counted_at,
    }
    return render(request, "maps/country.html", shown)


@require_safe
def region(request: HttpRequest, code: str) -> HttpResponse:
    """`/map/<region>/`: its districts."""
    if code not in REGIONS:
        raise Http404(code)
    measure, bounds, kept = _measure(request), queries.boundaries("districts"), statistics.kept()
    found = queries.districts(code, kept)
    places = [(place.code, place.name, figures) for place, figures in found]
    paths = queries.shapes("districts", bounds.edition, code) if bounds else None
    shown = _frame(request, measure, "areas", bounds is not None) | {
        "region": REGIONS[code],
        "whole": _whole(code, queries.regions(kept)[code]),
        "rows": showing.drawn(places, measure),
        "keys": showing.keys(places, measure),
        "bounds": bounds,
        "box": showing.box_of(paths.values()) if paths else "",
        "hidden": any(figures["needs"] is None for _place, figures in found),
        "told": sum(int(figures["needs"] or 0) for _place, figures in found),
        "counted_at": kept.counted_at,
    }
    return render(request, "maps/region.html", shown)


@require_safe
def shapes(request: HttpRequest, level: str, edition: str, code: str = "") -> HttpResponse:
    """`/map/shapes/<level>/<edition>.svg`: symbols `p<code>`; the edition in the address lets it be kept for ever."""
    found = queries.shapes(level, edition, code)
    if found is None:
        raise Http404(edition)
    paths = (f'<path id="p{code}" d="{path}" vector-effect="non-scaling-stroke"/>' for code, path in found.items())
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg"><defs>{"".join(paths)}</defs></svg>'
    answer = HttpResponse(drawn, content_type="image/svg+xml")
    answer["Cache-Control"] = YEAR
    return answer


def _measure(request: HttpRequest) -> str:
    asked = request.GET.get("show", "")
    return asked if asked in wording.MEASURES else "needs"


def _look(request: HttpRequest, has_bounds: bool) -> str:
    asked = request.GET.get("look", "")
    known = [look for look in wording.LOOKS if look != "areas" or has_bounds]
    return asked if asked in known else known[0]


def _frame(request: HttpRequest, measure: str, look: str, has_bounds: bool) -> dict[str, Any]:
    path = request.path
    return {
        "measure": measure,
        "measure_name": wording.MEASURES[measure],
        "look": look,
        "measures": [
            {"href": f"{path}?show={code}&look={look}", "label": words, "count": None, "now": code == measure}
            for code, words in wording.MEASURES.items()
        ],
        "looks": [
            {"href": f"{path}?show={measure}&look={code}", "label": words, "count": None, "now": code == look}
            for code, words in wording.LOOKS.items()
            if code != "areas" or has_bounds
        ],
    }


def _near(rows: list[dict[str, Any]], near: str) -> list[dict[str, Any]]:
    here = (REGIONS[near].lat, REGIONS[near].lon)
    far = [row | {"km": rules.apart_km(here, (row["lat"], row["lon"]))} for row in rows]
    return sorted(far, key=lambda row: (row["km"], row["name"]))


def _whole(code: str, figures: Figures) -> dict[str, str]:
    return {name: showing.written(value, name) for name, value in figures.items()} | {
        "href": f"{reverse('catalogue:list')}?region={code}"
    }
