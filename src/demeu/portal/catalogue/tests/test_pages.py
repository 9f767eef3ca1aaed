"""Public pages serve from the portal's own tables, with true counts and few queries, while no other service answers."""

from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from demeu.portal.cases.queries import public_cases
from demeu.portal.catalogue import filters, queries
from demeu.portal.catalogue.tests.by_hand import ByHand
from demeu.portal.catalogue.tests.country import load

pytestmark = pytest.mark.django_db


@pytest.fixture
def country(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    cache.clear()
    return load(monkeypatch)


def test_loading_the_demo_again_changes_nothing(country: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    before = public_cases().count()
    load(monkeypatch)
    assert before == public_cases().count() == len(country["cases"])


@pytest.mark.parametrize(
    "path", ["/", "/cases/", "/stats/", "/log/", "/verify/", "/robots.txt", "/cases.csv", "/stats.csv"]
)
def test_a_public_page_serves_without_treasury_and_vault(country: dict[str, Any], client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_a_case_serves_without_treasury_and_says_so(country: dict[str, Any], client: Client, lang: str) -> None:
    case = country["cases"][0]
    client.cookies["django_language"] = lang
    page = client.get(f"/cases/{case['number']}/")
    text = page.content.decode().replace("\u00a0", " ")
    assert page.status_code == 200
    assert case["texts"][lang]["title"] in text
    assert f"/give/?case={case['number']}" in text
    assert page.context["trail_away"]


def test_the_pages_of_one_case_are_there_or_not_found(country: dict[str, Any], client: Client) -> None:
    number = country["cases"][0]["number"]
    assert client.get(f"/cases/{number}/trail/").status_code == 200
    assert client.get(f"/cases/{number}/report/").status_code == 200
    assert client.get("/cases/26-99999/").status_code == 404
    item = country["cases"][0]["items"][0]["item"]
    assert client.get(f"/items/{item}/").url.startswith(f"/cases/{number}/")  # type: ignore[attr-defined]


def test_the_catalogue_needs_few_queries(
    country: dict[str, Any], client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(6):
        assert client.get("/cases/").context["cards"]


def test_a_case_needs_few_queries(
    country: dict[str, Any], client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_max_num_queries(14):
        client.get(f"/cases/{country['cases'][0]['number']}/")


FILTERS = [
    {},
    {"group": "children_youth"},
    {"group": ["children_youth", "older_people"], "region": "61"},
    {"tag": ["children", "debts"]},
    {"tag": "disability", "urgency": "high"},
    {"left": "to200"},
    {"waiting": "90", "region": "79"},
    {"q": "уголь"},
    {"region": "35"},
    {"kind": ["school", "clothes"], "left": "over200"},
    {"subgroup": "children_disability"},
    {"verifier": "1"},
    {"waiting": "30", "tag": "children"},
]


def test_every_count_is_the_number_of_cases_found_after_ticking(country: dict[str, Any]) -> None:
    by_hand = ByHand()
    for query in FILTERS:
        wanted = _read(query)
        counted = queries.counts(wanted)
        assert counted["all"]["found"] == len(by_hand.found(wanted))
        assert counted["all"]["all"] == len(country["cases"])
        for facet, values in filters.ALLOWED.items():
            for value in values:
                kept = getattr(wanted, facet) if facet == "tag" else frozenset()
                ticked = _with(wanted, facet, kept | {value})
                assert counted[facet][value] == len(by_hand.found(ticked)), (query, facet, value)


def _read(query: dict[str, Any]) -> filters.Wanted:
    return filters.read({name: value if isinstance(value, list) else [value] for name, value in query.items()})


def _with(wanted: filters.Wanted, facet: str, values: frozenset[str]) -> filters.Wanted:
    from dataclasses import replace

    return replace(wanted, **{facet: values})


def test_an_unknown_value_finds_nothing(country: dict[str, Any], client: Client) -> None:
    unknown = ({"group": "spells"}, {"region": "99"}, {"tag": "x"}, {"left": "1"}, {"sort": "money"}, {"kind": "gold"})
    for query in (*unknown, {"subgroup": "x"}, {"verifier": "99"}, {"verifier": "a"}, {"district": "611111111"}):
        page = client.get(f"/cases/?{urlencode(query)}")
        assert page.status_code == 200
        assert page.context["found"] == 0 and page.context["cards"] == []
        assert 0 < len(page.context["ways"]) <= 3


def test_an_empty_search_offers_wider_ones_that_find_what_they_say(country: dict[str, Any], client: Client) -> None:
    page = client.get("/cases/?region=47&tag=debts&group=older_people")
    assert page.context["found"] == 0
    for way in page.context["ways"]:
        assert client.get(way["href"]).context["found"] == way["count"] > 0


def test_an_address_reads_back_as_the_same_search() -> None:
    for query in FILTERS:
        wanted = _read(query)
        again = filters.read(_parsed(wanted.query))
        assert again == wanted


def _parsed(query: str) -> dict[str, list[str]]:
    from urllib.parse import parse_qs

    return parse_qs(query)


def test_odd_addresses_are_no_error(country: dict[str, Any], client: Client) -> None:
    odd = ("page=zz", "page=-1", "q=%00%27%22", "region=%00", "district=%D9%A1", "q=%F0%9F%99%82%E2%80%AE", "after=%00")
    for query in odd:
        assert client.get(f"/cases/?{query}").status_code == 200
