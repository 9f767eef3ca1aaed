"""The ways of a mother and of a donor through the pages, with scripts: sign-in and application, and a gift."""

from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import expect
from tests.browser.looking import Watched, look_at
from tests.browser.steps import GIFT_MS_MAX, choose, go_on, sign

from demeu.roles.launch.live import LivePlatform


@pytest.fixture
def family(platform: LivePlatform) -> Any:
    """A family that the sandbox has just made up, with the mother's key."""
    answer = httpx.post(f"{platform.running.urls['sandbox']}/control/families", json={}, timeout=30)
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


def test_a_mother_signs_in_applies_and_consents(
    person: Watched, site: str, pictures: Path, family: dict[str, Any]
) -> None:
    page, wrong = person.page, []
    page.goto(f"{site}/sign-in/?next=/my/")
    sign(page, family["key_id"])
    page.wait_for_url(f"{site}/my/")
    wrong += look_at(page, "cabinet", pictures)
    page.goto(f"{site}/apply/")
    wrong += look_at(page, "apply", pictures, violations_at=1280)
    go_on(page)
    for number, answer in enumerate(("self", "children_youth"), start=1):
        wrong += look_at(page, f"apply-{number}", pictures)
        choose(page, "answer", answer)
        go_on(page)
    page.locator("[name=region]").select_option("35")
    wrong += look_at(page, "apply-3", pictures)
    go_on(page)
    choose(page, "answer", "high")
    go_on(page)
    page.locator("[name=words]").fill("К зиме нет тёплой одежды.")
    wrong += look_at(page, "apply-5", pictures)
    go_on(page)
    page.locator("[name=phone]").fill(family["phone"])
    choose(page, "lang", "ru")
    wrong += look_at(page, "apply-6", pictures)
    go_on(page)
    wrong += look_at(page, "apply-7", pictures, violations_at=1280)
    choose(page, "answer", "yes")
    go_on(page)
    page.wait_for_url("**/consent/sign/")
    wrong += look_at(page, "consent-sign", pictures)
    sign(page, family["key_id"])
    page.wait_for_url("**/check/")
    wrong += look_at(page, "check", pictures)
    for name in ("consents", "access", "applications"):
        page.goto(f"{site}/my/{name}/")
        wrong += look_at(page, f"my-{name}", pictures)
    assert wrong == []


def test_a_key_that_its_owner_takes_back_signs_nobody_in(
    person: Watched, site: str, platform: LivePlatform, pictures: Path
) -> None:
    sandbox = platform.running.urls["sandbox"]
    assert httpx.post(f"{sandbox}/control/ncalayer", json={"cancel_next": True}, timeout=30).status_code == 200
    person.page.goto(f"{site}/sign-in/")
    person.page.locator("[data-signing-start]").click()
    expect(person.page.locator('[data-signing-say="cancelled"]')).to_be_visible()
    assert look_at(person.page, "sign-in-cancelled", pictures) == []
    assert "/sign-in/" in person.page.url


def test_a_donor_gives_through_the_gateways_widget(person: Watched, site: str, pictures: Path) -> None:
    page, wrong = person.page, []
    page.goto(f"{site}/give/?fund=1")
    page.locator("[name=amount]").fill("1500")
    page.locator("[name=offer]").check(force=True)
    wrong += look_at(page, "amount", pictures)
    go_on(page)
    page.wait_for_url("**/pay/")
    wrong += look_at(page, "pay", pictures)
    page.locator("[data-pay-start]").click()
    page.wait_for_url("**/epay/**")
    wrong += look_at(page, "gateway", pictures)
    page.locator("button[name=fill]").first.click()
    page.locator("button.main").click()
    if page.locator("a.button.main").count():
        page.locator("a.button.main").click()
    page.wait_for_url("**/give/**")
    expect(page.locator('[data-gift-state="received"]')).to_be_visible(timeout=GIFT_MS_MAX)
    wrong += look_at(page, "receipt", pictures)
    assert "1 500" in page.locator("main").inner_text().replace("\u00a0", " ").replace("\u202f", " ")
    assert wrong == []
