"""The ways of a donor who comes back: a monthly gift skipped, taken back and stopped; fees, doubling, choices."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.browser.looking import Watched, look_at
from tests.browser.steps import choose, go_on, pay_at_freedom, sign

from demeu.kernel.testing import wait_until
from demeu.roles.launch.live import LivePlatform

PLAN_S_MAX = 130
PUBLIC = ("/give/", "/fees/", "/doubling/", "/give/?programme=treatment", "/give/?region=35")


@pytest.mark.parametrize("language", ["kk-KZ", "ru-RU", "en-US"])
def test_the_public_pages_of_giving_fit_every_screen(person: Watched, site: str, pictures: Path, language: str) -> None:
    page, wrong = person.page, []
    page.set_extra_http_headers({"Accept-Language": language})
    for number, address in enumerate(PUBLIC):
        page.goto(f"{site}{address}")
        wrong += look_at(page, f"giving-{number}-{language[:2]}", pictures)
    assert wrong == []


@pytest.mark.timeout(400)
def test_a_donor_gives_every_month_skips_takes_it_back_and_stops(person: Watched, site: str, pictures: Path) -> None:
    page, wrong = person.page, []
    page.goto(f"{site}/sign-in/?next=/give/?fund=1")
    sign(page, "donor")
    page.wait_for_url("**/give/?fund=1")
    page.locator("[name=amount]").fill("1500")
    choose(page, "every", "month")
    choose(page, "gateway", "freedom")
    page.locator("[name=offer]").check(force=True)
    wrong += look_at(page, "monthly-amount", pictures)
    go_on(page)
    page.wait_for_url("**/pay/")
    pay_at_freedom(page)
    plan = page.locator("[data-plan]")

    def begun() -> bool:
        page.goto(f"{site}/my/monthly/")
        return plan.count() > 0

    wait_until(begun, within_s=PLAN_S_MAX, what="the plan of the monthly gift")
    wrong += look_at(page, "monthly", pictures)
    for what, left in (("skip", "undo"), ("undo", "skip"), ("stop", "undo")):
        plan.locator(f"button[value={what}]").click()
        expect(plan.locator(f"button[value={left}]")).to_be_visible()
    assert plan.locator("button[value=stop]").count() == 0
    wrong += look_at(page, "monthly-stopped", pictures)
    page.goto(f"{site}/my/gifts/")
    wrong += look_at(page, "my-gifts", pictures)
    assert wrong == []


@pytest.mark.timeout(400)
def test_a_company_promises_to_double_gifts_and_gets_its_invoice(
    person: Watched, site: str, pictures: Path, platform: LivePlatform
) -> None:
    invited = platform.command("admin", "invite", "company_admin", "--organization", "ТОО «Қамқор»")
    assert invited.returncode == 0, invited.stderr
    page, wrong = person.page, []
    address = invited.stdout.split()[0]
    page.goto(f"{site}/sign-in/?next={address.removeprefix(site)}")
    sign(page, "operator")
    page.wait_for_url("**/invitation/**")
    go_on(page)
    page.goto(f"{site}/company/")
    wrong += look_at(page, "company-empty", pictures)
    page.goto(f"{site}/company/pledge/")
    choose(page, "kind", "match")
    page.locator("[name=amount]").fill("500000")
    page.locator("[name=target]").select_option("programme:treatment")
    page.locator("[name=offer]").check(force=True)
    go_on(page)
    expect(page.locator(".field-error").first).to_be_visible()
    wrong += look_at(page, "company-mistake", pictures)
    page.locator("[name=until]").fill("2099-01-31")
    go_on(page)
    page.wait_for_url("**/invoice/")
    wrong += look_at(page, "company-invoice", pictures)
    invoice = page.locator("main").inner_text()
    assert "DEMEU-" in invoice and "Қамқор" in invoice
    page.goto(f"{site}/company/")
    wrong += look_at(page, "company", pictures)
    person.wrong[:] = [one for one in person.wrong if "422" not in one]
    assert wrong == []
