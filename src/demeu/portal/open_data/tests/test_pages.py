"""Promises of pages for machines: schema.org on pages, the map of the site in chunks, the dictionary whole."""

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from lxml import etree

from demeu.kernel import calling, signing
from demeu.kernel.ids import new_id
from demeu.portal.open_data import sitemap
from demeu.portal.open_data.json_ld import as_text
from demeu.portal.open_data.rows import TABLES
from demeu.portal.open_data.tests.cast import MADE_AT, case
from demeu.portal.organizations.models import Organization
from demeu.portal.public_api.schemas import PUBLISHED

pytestmark = pytest.mark.django_db
BLOCK = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: Any) -> Iterator[None]:
    signing.make_keys(tmp_path, ["portal", "treasury"])
    settings.DEMEU_KEYS, settings.DEMEU_VAR = tmp_path / "portal", tmp_path
    calling.keyring.cache_clear()
    cache.clear()
    yield
    calling.keyring.cache_clear()
    cache.clear()


def said(client: Client, path: str) -> list[dict[str, Any]]:
    return [json.loads(block) for block in BLOCK.findall(client.get(path).content.decode())]


def test_a_case_tells_search_engines_how_to_help_and_who_takes_the_gift(client: Client) -> None:
    row = case("26-30000")
    [told] = said(client, f"/cases/{row.number}/")
    assert (told["@context"], told["@type"], told["recipient"]["@type"]) == (
        "https://schema.org",
        "DonateAction",
        "NGO",
    )
    assert told["target"].endswith("/give/?case=26-30000") and told["priceCurrency"] == "KZT"
    assert told["name"] == "Көмек «26-30000» & <ru>"


def test_a_funded_case_is_not_asked_for_any_more(client: Client) -> None:
    row = case("26-30000", state="funded")
    [told] = said(client, f"/cases/{row.number}/")
    assert told["actionStatus"] == "CompletedActionStatus" and "target" not in told


def test_an_organization_is_named_with_its_kind(client: Client) -> None:
    row = Organization.objects.create(id=new_id(), name="«Қамқор» & </script>", kind="ngo", registered_at=MADE_AT)
    [told] = said(client, f"/organizations/{row.id}/")
    assert (told["@type"], told["name"]) == ("NGO", row.name)


def test_the_first_page_names_the_fund_and_others_say_nothing(client: Client) -> None:
    kinds = [told["@type"] for told in said(client, "/")]
    assert kinds == ["NGO", "WebSite"]
    assert said(client, "/about/") == [] and said(client, "/nowhere/") == []


def test_no_text_can_end_its_element() -> None:
    text = as_text({"name": "</script><script>alert(1)</script>&"})
    assert "<" not in text and ">" not in text
    assert json.loads(text)["name"] == "</script><script>alert(1)</script>&"


def test_the_map_of_the_site_holds_every_case_once_in_chunks(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "CHUNK", 3)
    numbers = [f"26-3{place:04}" for place in range(7)]
    for number in numbers:
        case(number)
    index = etree.fromstring(client.get("/sitemap.xml").content)
    places = [element.text or "" for element in index.iter(f"{SPACE}loc")]
    listed = []
    for place in places:
        path = "/" + place.split("/", 3)[3]
        chunk = client.get(path)
        assert chunk.status_code == 200 and chunk["Content-Type"].startswith("application/xml")
        listed += [element.text or "" for element in etree.fromstring(chunk.content).iter(f"{SPACE}loc")]
    assert len(places) == 1 + 3
    assert sorted(url.rsplit("/", 2)[1] for url in listed if "/cases/26-" in url) == numbers
    case("26-30003x")
    assert b"26-30003x" in client.get("/sitemap-cases-26-30003.xml").content
    assert client.get("/sitemap-cases-27.xml").status_code == 404


def test_robots_are_told_of_the_map(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()
    assert "Sitemap: http" in text and "/sitemap.xml" in text and "Disallow: /partner/" in text


def test_the_dictionary_has_every_field_in_three_languages(client: Client) -> None:
    fields = {(model.__name__, name) for model in (*PUBLISHED, *TABLES.values()) for name in model.model_fields}
    rows = list(csv.DictReader(client.get("/data-dictionary.csv").content.decode().splitlines()))
    assert {(row["model"], row["field"]) for row in rows} == fields
    for row in rows:
        meanings = {row[f"meaning_{lang}"] for lang in ("kk", "ru", "en")}
        assert "" not in meanings and len(meanings) == 3, row
    for lang in ("kk", "ru", "en"):
        page = client.get("/data-dictionary/", headers={"accept-language": lang}).content.decode()
        assert all(f'id="{model}"' in page for model, _field in fields)
