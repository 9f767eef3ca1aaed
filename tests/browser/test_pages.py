"""Every public page is readable on a phone, by keyboard and aloud, in three languages and in the dark."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.looking import WIDTHS, Watched, look_at, violations

PUBLIC = {
    "home": "/",
    "catalogue": "/cases/",
    "catalogue-filtered": "/cases/?tag=children",
    "how": "/how/",
    "about": "/about/",
    "questions": "/questions/",
    "statistics": "/stats/",
    "journal": "/log/",
    "verify": "/verify/",
    "offer": "/legal/offer/",
    "privacy": "/legal/privacy/",
    "accessibility": "/accessibility/",
    "open-data": "/open-data/",
    "developers": "/developers/",
    "data-dictionary": "/data-dictionary/",
    "sign-in": "/sign-in/",
    "sign-in-help": "/sign-in/help/",
    "give": "/give/?fund=1",
}


@pytest.mark.parametrize("name", PUBLIC)
def test_a_public_page_can_be_read_by_everybody(person: Watched, site: str, pictures: Path, name: str) -> None:
    answer = person.page.goto(site + PUBLIC[name])
    assert answer is not None
    assert answer.status == 200
    assert look_at(person.page, name, pictures, violations_at=WIDTHS[len(name) % 2]) == []


def test_a_case_can_be_read_by_everybody(person: Watched, site: str, pictures: Path) -> None:
    person.page.goto(f"{site}/cases/")
    person.page.locator("main a[href^='/cases/2']").first.click()
    person.page.wait_for_url("**/cases/*-*/")
    assert look_at(person.page, "case", pictures) == []
    person.page.goto(person.page.url + "trail/")
    assert look_at(person.page, "case-trail", pictures, violations_at=1280) == []


@pytest.mark.parametrize("language", ["kk", "en"])
def test_the_home_page_speaks_other_languages(person: Watched, site: str, pictures: Path, language: str) -> None:
    person.page.goto(site)
    person.page.locator(f"a[hreflang={language}], a[lang={language}]").first.click()
    expect(person.page.locator("html")).to_have_attribute("lang", language)
    assert look_at(person.page, f"home-{language}", pictures) == []


def test_pages_hold_their_contrast_in_the_dark(person: Watched, site: str, pictures: Path) -> None:
    person.page.emulate_media(color_scheme="dark")
    for name in ("home", "catalogue", "sign-in"):
        person.page.goto(site + PUBLIC[name])
        assert violations(person.page, name) == []
        person.page.screenshot(path=pictures / f"{name}-dark.png", full_page=True)


def test_an_address_that_is_not_there_is_said_so(person: Watched, site: str, pictures: Path) -> None:
    answer = person.page.goto(f"{site}/nowhere/")
    assert answer is not None
    assert answer.status == 404
    assert look_at(person.page, "not-found", pictures) == []
    person.wrong = [line for line in person.wrong if "404" not in line]
