"""The donor's app in the real browser: own gifts without a connection, a gift written without one, bars that move."""

import json
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import BrowserContext, Page, expect
from tests.browser.looking import Watched, look_at
from tests.browser.steps import choose, go_on, pay_at_freedom, sign

from demeu.kernel.testing import wait_until
from demeu.roles.launch.live import LivePlatform

OWN = "/my/giving/"
KEPT = "caches.match(location.origin + '/my/giving/').then((found) => Boolean(found))"
NOTE = "INSERT INTO portal_live_change (topic, sums, at) VALUES (%s, %s, clock_timestamp()) RETURNING id"
CONTROLLED = "navigator.serviceWorker.ready.then(() => Boolean(navigator.serviceWorker.controller))"


def give_by_freedom(page: Page, tenge: str) -> str:
    """Gives to those who wait longest through the sandbox's gateway; the address of the gift's page."""
    page.locator("[name=amount]").fill(tenge)
    choose(page, "gateway", "freedom")
    page.locator("[name=offer]").check(force=True)
    go_on(page)
    page.wait_for_url("**/pay/")
    pay_at_freedom(page)
    return page.url


@pytest.mark.timeout(600)
def test_a_donor_reads_own_gifts_and_writes_one_down_without_a_connection(
    person: Watched, context: BrowserContext, site: str, pictures: Path
) -> None:
    page, wrong = person.page, []
    page.goto(f"{site}/sign-in/?next=/give/?fund=1")
    sign(page, "donor")
    page.wait_for_url("**/give/?fund=1")
    gift = give_by_freedom(page, "1500").partition("?")[0]
    page.goto(f"{site}{OWN}")
    page.wait_for_function(CONTROLLED)
    page.reload()
    page.wait_for_function(KEPT)
    page.wait_for_function(f"caches.match('{gift}').then((found) => Boolean(found))")
    for place in ("giving", "impact", "following", "proposals"):
        page.goto(f"{site}/my/{place}/")
        wrong += look_at(page, f"patron-{place}", pictures)
    context.set_offline(True)
    page.goto(f"{site}{OWN}")
    expect(page.locator('[data-app-note="kept"]')).to_be_visible()
    expect(page.locator("main")).to_contain_text("1 500")
    wrong += look_at(page, "patron-kept", pictures)
    page.goto(gift)
    expect(page.locator('[data-gift-state="received"]')).to_be_visible()
    page.goto(f"{site}/cases/")
    expect(page.locator("[data-unsent-form]")).to_be_visible()
    wrong += look_at(page, "patron-offline", pictures)
    page.locator("#unsent_amount").fill("2500")
    page.locator("[data-unsent-form] [name=offer]").check(force=True)
    page.locator("[data-unsent-form] button").click()
    unsent = page.locator("[data-unsent] li")
    expect(unsent).to_contain_text("2 500")
    wrong += look_at(page, "patron-unsent", pictures)
    context.set_offline(False)
    page.goto(f"{site}/offline/")
    unsent.locator("button[type=submit]").click()
    page.wait_for_url("**/pay/")
    expect(page.locator("h1")).to_contain_text("2 500")
    page.goto(f"{site}/offline/")
    expect(unsent).to_have_count(0)
    page.goto(f"{site}{OWN}")
    page.locator("form[action='/sign-out/'] button").first.click()
    page.wait_for_url(f"{site}/")
    page.wait_for_function("caches.keys().then((names) => !names.some((name) => name.startsWith('own-')))")
    context.set_offline(True)
    page.goto(f"{site}{OWN}")
    expect(page.locator("[data-kept-none]")).to_be_visible()
    person.wrong[:] = [one for one in person.wrong if "ERR_INTERNET_DISCONNECTED" not in one]
    assert wrong == []


def test_the_bar_of_an_open_case_grows_without_loading_the_page_again(
    person: Watched, site: str, platform: LivePlatform
) -> None:
    page = person.page
    page.goto(f"{site}/cases/")
    page.locator("a[href^='/cases/2']").first.click()
    page.wait_for_selector("[data-live-topic]")
    topic = page.locator("[data-live-topic]").first.get_attribute("data-live-topic")
    page.evaluate("window.stays = true")
    sums = json.dumps({"needed": 90_000_000, "received": 0, "held": 7_654_300, "paid": 0, "delivered": 0})
    heard = page.locator("[data-live-topic] [data-live-sum=collected]").first

    def grown() -> bool:
        with psycopg.connect(platform.database_url("portal"), autocommit=True) as own:
            row = own.execute(NOTE, [topic, sums]).fetchone()
            own.execute("SELECT pg_notify('demeu_live', %s)", [str(row[0] if row else 0)])
        page.wait_for_timeout(300)
        return "76\u00a0543" in heard.inner_text()

    wait_until(grown, within_s=30, what="the new sum on the page")
    expect(page.locator("[data-live-topic] svg.bar rect").first).to_have_attribute("data-money", "held")
    assert page.evaluate("window.stays") is True
