"""Keys of every kind in a real browser: the phone's code, the older NCALayer, and a passkey of a virtual device."""

import json
from typing import Any

import httpx
import pytest
from playwright.sync_api import WebSocketRoute, expect
from tests.browser.looking import Watched, violations
from tests.browser.steps import sign

from demeu.roles.launch.live import LivePlatform

DEVICE = {"protocol": "ctap2", "transport": "usb", "hasResidentKey": False, "hasUserVerification": True}
PRESENT = {"isUserVerified": True, "automaticPresenceSimulation": True}


def test_the_page_goes_on_when_the_phone_has_signed(person: Watched, site: str, platform: LivePlatform) -> None:
    page = person.page
    page.goto(f"{site}/sign-in/?next=/my/")
    page.locator("[data-signing-phone]").click()
    picture = page.locator("[data-signing-code] img")
    expect(picture).to_be_visible()
    assert str(picture.get_attribute("src")).startswith("data:image/svg+xml")
    assert violations(page, "code for the phone") == []
    link = page.locator("[data-signing-link]").get_attribute("href")
    order = {"link": link, "key": "mother"}
    told = httpx.post(f"{platform.running.urls['sandbox']}/egov-mobile/", json=order, timeout=30, trust_env=False)
    assert told.status_code == 200, told.text
    page.wait_for_url(f"{site}/my/")


def test_an_ncalayer_without_the_new_module_signs_by_the_old_one(person: Watched, site: str) -> None:
    page, asked = person.page, []

    def older(page_side: WebSocketRoute) -> None:
        layer = page_side.connect_to_server()

        def said(text: str | bytes) -> None:
            module = "" if text == "--heartbeat--" else json.loads(text).get("module", "")
            asked.append(module.rpartition(".")[2])
            if module.endswith("basics"):
                page_side.send(json.dumps({"success": False, "errorCode": "MODULE_NOT_FOUND"}))
            else:
                layer.send(text)

        page_side.on_message(said)

    page.route_web_socket("**", older)
    page.goto(f"{site}/sign-in/?next=/my/")
    sign(page, "mother")
    page.wait_for_url(f"{site}/my/")
    assert asked[-2:] == ["basics", "commonUtils"]


@pytest.mark.timeout(300)
def test_staff_make_a_passkey_and_must_show_it_the_next_time(person: Watched, site: str) -> None:
    page = person.page
    person.site = home = site.replace("127.0.0.1", "localhost")
    devices = page.context.new_cdp_session(page)
    devices.send("WebAuthn.enable")
    options: dict[str, Any] = {"options": {**DEVICE, **PRESENT}}
    made = devices.send("WebAuthn.addVirtualAuthenticator", options)["authenticatorId"]
    page.goto(f"{home}/sign-in/?next=/my/passkeys/")
    sign(page, "operator")
    page.wait_for_url(f"{home}/my/passkeys/")
    assert violations(page, "passkeys") == []
    page.locator("[name=label]").fill("Security key")
    page.locator("[data-passkey-start]").click()
    expect(page.get_by_text("Security key")).to_be_visible()
    page.context.clear_cookies()
    page.goto(f"{home}/sign-in/?next=/my/passkeys/")
    sign(page, "operator")
    page.wait_for_url("**/sign-in/passkey/**")
    assert violations(page, "second step") == []
    devices.send("WebAuthn.setUserVerified", {"authenticatorId": made, "isUserVerified": True})
    page.locator("[data-passkey-start]").click()
    page.wait_for_url(f"{home}/my/passkeys/")
    page.locator("form:has([name=remove]) button").click()
    expect(page.get_by_text("Security key")).to_have_count(0)
