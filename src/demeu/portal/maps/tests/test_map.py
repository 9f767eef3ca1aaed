"""The map is links and a list; small districts are hidden; imported boundaries stay small; no place is kept."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from demeu.kernel.errors import Refusal
from demeu.portal.catalogue.tests.conftest import alone  # noqa: F401  (addresses where nobody answers)
from demeu.portal.catalogue.tests.country import load
from demeu.portal.maps import queries, rules, showing
from demeu.portal.maps.actions import import_boundaries
from demeu.portal.maps.models import Boundaries
from demeu.portal.maps.shapes import paths_of, size_bytes
from demeu.portal.statistics import actions as statistics
from demeu.portal.statistics.models import KeptTable
from demeu.portal.statistics.queries import kept
from demeu.portal.ui.districts import districts, districts_of
from demeu.portal.ui.regions import REGIONS

pytestmark = pytest.mark.django_db
CREDIT = "drawn for the test"


def squares(**changed: Any) -> str:
    """Twenty regions as neighbouring squares of two degrees, five in a row."""
    features = []
    for place, code in enumerate(REGIONS):
        west, south = 50.0 + place % 5 * 2, 42.0 + place // 5 * 2
        ring = [[west, south], [west + 2, south], [west + 2, south + 2], [west, south + 2], [west, south]]
        properties = {"kato": f"{code}0000000"}
        area = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": properties, "geometry": area})
    return json.dumps({"type": "FeatureCollection", "features": features} | changed)


@pytest.fixture
def country(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    cache.clear()
    found = load(monkeypatch)
    statistics.count_all()
    return found


@pytest.mark.parametrize("show", ["needs", "rest", "money", "share", "nonsense"])
@pytest.mark.parametrize("look", ["areas", "tiles", "bubbles"])
def test_without_boundaries_every_region_is_a_link_and_a_row(
    country: dict[str, Any], client: Client, show: str, look: str
) -> None:
    page = client.get(f"/map/?show={show}&look={look}")
    text = page.content.decode()
    assert page.status_code == 200 and page.context["look"] != "areas"
    for code in REGIONS:
        assert f'href="/map/{code}/?show={page.context["measure"]}"' in text
    assert len(page.context["listed"]) == 20


def test_the_numbers_are_those_of_the_catalogue(country: dict[str, Any], client: Client) -> None:
    page = client.get("/map/")
    shown = {row["code"]: row["value"] for row in page.context["rows"]}
    for code in REGIONS:
        assert shown[code] == sum(case["region_kato"].startswith(code) for case in country["cases"])


def test_imported_boundaries_become_areas_with_their_credit(country: dict[str, Any], client: Client) -> None:
    row = import_boundaries(text=squares(), credit=CREDIT, by="operator:test")
    page = client.get("/map/")
    assert page.context["look"] == "areas" and CREDIT in page.content.decode()
    sheet = client.get(f"/map/shapes/regions/{row.edition}.svg")
    assert sheet.status_code == 200 and "immutable" in sheet["Cache-Control"]
    assert all(f'id="p{code}"' in sheet.content.decode() for code in REGIONS)
    assert client.get("/map/shapes/regions/000000000000.svg").status_code == 404


def test_the_same_file_again_changes_nothing() -> None:
    first = import_boundaries(text=squares(), credit=CREDIT, by="operator:test")
    again = import_boundaries(text=squares(), credit=CREDIT, by="operator:test")
    assert first.imported_at == again.imported_at and Boundaries.objects.count() == 1


def test_neighbours_keep_one_line_between_them() -> None:
    level, paths = paths_of(squares())
    assert level == "regions" and set(paths) == set(REGIONS) and size_bytes(paths) < 60_000
    ends = [showing.box_of([path]).split() for path in paths.values()]
    assert len({width for _x, _y, width, _height in ends}) <= 2


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("no json", "map.not_geojson"),
        ("{}", "map.not_geojson"),
        (squares(features=[]), "map.not_geojson"),
        (squares().replace('"kato": "100000000"', '"kato": "990000000"'), "map.other_places"),
        (squares().replace("[50.0, 42.0]", "[5.0, 42.0]"), "map.outside"),
        (squares().replace("Polygon", "Sphere"), "map.not_geojson"),
    ],
)
def test_what_is_no_map_of_the_country_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        import_boundaries(text=text, credit=CREDIT, by="operator:test")
    assert refused.value.code == code and not Boundaries.objects.exists()


def test_boundaries_without_their_maker_are_refused() -> None:
    with pytest.raises(Refusal, match=r"map\.no_credit"):
        import_boundaries(text=squares(), credit=" ", by="operator:test")


def _in_districts(counts: dict[str, int]) -> None:
    zero = dict.fromkeys(("received", "held", "paid", "delivered"), 0)
    rows = [{"district": code, "families": count, "needed": 100, **zero} for code, count in counts.items()]
    KeptTable.objects.filter(name="districts").update(rows=rows)


def test_a_district_with_few_families_hides_another_with_it(country: dict[str, Any], client: Client) -> None:
    one, two, three, *_ = [place.code for place in districts_of("61")]
    _in_districts({one: 4, two: 15, three: 60})
    shown = {place.code: figures["needs"] for place, figures in queries.districts("61", kept())}
    assert (shown[one], shown[two], shown[three]) == (None, None, 60)
    page = client.get("/map/61/?show=rest")
    assert page.status_code == 200 and page.context["hidden"]
    assert ">15<" not in page.content.decode()


def test_all_districts_are_of_the_twenty_regions() -> None:
    assert {code[:2] for code in districts()} == set(REGIONS)
    assert all(districts_of(code) for code in REGIONS)


def test_an_unknown_region_is_not_there(country: dict[str, Any], client: Client) -> None:
    assert client.get("/map/99/").status_code == 404


def test_nearest_first_by_a_region_that_is_kept_nowhere(country: dict[str, Any], client: Client) -> None:
    page = client.post("/map/", {"near": "75"})
    order = [row["code"] for row in page.context["listed"]]
    assert order[:2] == ["75", "19"] and page.context["listed"][0]["km"] == 0
    assert not page.cookies.get("sessionid") and not dict(client.session)
    assert client.post("/map/", {"near": "nowhere"}).status_code == 200


def test_steps_hold_about_as_many_places_each() -> None:
    begins = rules.limits([float(value) for value in range(1, 21)])
    steps = [rules.step_of(float(value), begins) for value in range(1, 21)]
    assert steps == sorted(steps) and {steps.count(step) for step in range(5)} == {4}
    assert rules.step_of(0, begins) == rules.step_of(None, begins) == 0
    assert rules.apart_km((43.2389, 76.8897), (51.1694, 71.4491)) == 970


def test_the_tiles_do_not_cover_each_other() -> None:
    assert set(rules.TILES) == set(REGIONS) and len(set(rules.TILES.values())) == 20


def test_the_files_of_the_platform_hold_no_boundaries() -> None:
    folder = Path(rules.__file__).parent
    assert not list(folder.rglob("*.geojson")) and not list(folder.rglob("*.svg"))
