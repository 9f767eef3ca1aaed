"""Every way of signing in, on a running platform: old NCALayer, eGov Mobile, a provider, and a passkey besides."""

import json
import re
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

import httpx
import pytest
from websockets.sync.client import connect

from demeu.cli.story.browser import Browser, Page
from demeu.cli.story.ncalayer import sign_form
from demeu.roles.launch.live import LivePlatform
from demeu.vault.identity.tests.authenticator import Authenticator
from demeu.vault.identity.tests.providers import python_provider

pytestmark = pytest.mark.timeout(600)
OFFICE = "/desk/audit/"


@pytest.fixture
def browser(platform: LivePlatform) -> Iterator[Browser]:
    made = Browser(platform.running.url)
    yield made
    made.client.close()


def sign_in(browser: Browser, key: str) -> Page:
    page = browser.open("/sign-in/")
    return sign_form(browser, page, key)


def send_cms(browser: Browser, page: Page, cms: str, expect: int = 200) -> Page:
    return browser.send(page, page.one("form[data-signing]"), cms=cms, expect=expect)


def by_older_module(page: Page, key: str, use: str = "SIGNATURE") -> str:
    """What an NCALayer without the module `basics` makes of the page's text."""
    form = page.one("form[data-signing]")
    arguments = ["PKCS12", use, form.fields["to_sign"], False]
    asked = {"module": "kz.gov.pki.knca.commonUtils", "method": "createCMSSignatureFromBase64", "args": arguments}
    with connect(f"{form.get('data-ncalayer-url')}/?{urlencode({'key': key})}", proxy=None) as layer:
        layer.recv(timeout=10)
        layer.send(json.dumps(asked))
        answer = json.loads(layer.recv(timeout=20))
    assert answer["code"] == "200", answer
    return re.sub(r"-----[A-Z ]+-----|\s", "", answer["responseObject"])


@pytest.mark.parametrize("use", ["SIGNATURE", "AUTHENTICATION"])
def test_the_older_ncalayer_signs_in(browser: Browser, use: str) -> None:
    page = browser.open("/sign-in/")
    assert send_cms(browser, page, by_older_module(page, "mother", use)).url.endswith("/my/")


def test_egov_mobile_signs_in_by_a_code(browser: Browser, platform: LivePlatform) -> None:
    page = browser.open("/sign-in/")
    form = page.one("form[data-signing]")
    attempt = form.fields["attempt"]
    posted = {"attempt": attempt, "csrfmiddlewaretoken": form.fields["csrfmiddlewaretoken"]}
    code = browser.client.post(f"{browser.site}{form.get('data-phone')}", data=posted).json()
    assert code["link"].startswith("mobileSign:http")
    assert code["picture"].startswith("data:image/svg+xml")
    brought = f"{browser.site}/phone/brought/{attempt}/"
    assert browser.client.get(brought).json() == {"cms": ""}
    order = {"link": code["link"], "key": "mother"}
    told = httpx.post(f"{platform.running.urls['sandbox']}/egov-mobile/", json=order, timeout=30, trust_env=False)
    assert told.status_code == 200, told.text
    cms = browser.client.get(brought).json()["cms"]
    with Browser(platform.running.url).client as stranger:
        assert stranger.get(brought).status_code == 403
        assert stranger.get(code["link"].removeprefix("mobileSign:") + "document/").status_code == 403
    assert send_cms(browser, page, cms).url.endswith("/my/")
    again = httpx.post(f"{platform.running.urls['sandbox']}/egov-mobile/", json=order, timeout=30, trust_env=False)
    assert again.status_code != 200


def test_a_provider_signs_in_and_opens_no_office(browser: Browser, platform: LivePlatform) -> None:
    back = f"{browser.site}/sign-in/by/python/back/"
    path = platform.folders.var / "keys" / "vault" / "providers.json"
    with python_provider(back) as provider:
        path.write_text(json.dumps([{**provider.configured(), "label": "Digital ID"}]))
        try:
            page = browser.open("/sign-in/")
            assert "Digital ID" in page.text()
            sent = browser.client.get(f"{browser.site}/sign-in/by/python/", follow_redirects=False)
            brought = urlsplit(provider.consent(sent.headers["location"], back)).query
            with Browser(platform.running.url).client as stranger:
                assert stranger.get(f"{back}?{brought}").status_code == 403
            assert browser.open(f"{back}?{brought}").url.endswith("/my/")
            assert browser.open(f"{back}?{brought}", expect=403)
        finally:
            path.unlink()
    assert browser.open(OFFICE, expect=403)


def test_whoever_has_a_passkey_must_show_it_for_work_in_office(browser: Browser, platform: LivePlatform) -> None:
    device = Authenticator(browser.site)
    sign_in(browser, "auditor")
    page = browser.open("/my/passkeys/")
    form = page.one("form[data-passkey]")
    made = device.make(form.get("data-options"))
    assert "Key one" in browser.send(page, form, answer=made, label="Key one").text()
    assert browser.open(OFFICE)
    again = Browser(platform.running.url)
    asked = sign_in(again, "auditor")
    assert "/sign-in/passkey/" in asked.url
    assert "/sign-in/passkey/" in again.open(OFFICE).url
    form = asked.one("form[data-passkey]")
    stranger = Authenticator(browser.site)
    refused = again.send(asked, form, answer=stranger.show(form.get("data-options")), expect=403)
    form = refused.one("form[data-passkey]")
    assert again.send(refused, form, answer=device.show(form.get("data-options"))).url.endswith("/my/")
    assert again.open(OFFICE).url.endswith(OFFICE)
    page = again.open("/my/passkeys/")
    remove = page.form("remove")
    assert not again.send(page, remove).has("input[name=remove]")
    again.client.close()
