"""Every way of paying and every kind of purpose, on sockets: from the page of giving to the bank's statement."""

from collections.abc import Callable, Iterator

import httpx
import pytest

from demeu.cli.story.browser import Browser, Page
from demeu.cli.story.giving import GOOD_CARD
from demeu.kernel.testing import wait_until
from demeu.roles.launch.live import LivePlatform

AMOUNT_TIYN = 150_000
RECEIVED_S_MAX = 90.0
HELD_S_MAX = 120.0


@pytest.fixture
def donor(platform: LivePlatform) -> Iterator[Browser]:
    """A guest's browser."""
    browser = Browser(platform.running.url)
    yield browser
    browser.client.close()


def begun(donor: Browser, gateway: str, query: str) -> tuple[Page, str]:
    """The form filled in: the page to pay at, and the gift."""
    page = donor.open(f"/give/?{query}")
    form = page.form("gift", "gateway")
    gift = form.fields["gift"]
    return donor.send(page, form, amount="1500", gateway=gateway, offer="on"), gift


def pay_by_card(platform: LivePlatform, donor: Browser, page: Page) -> None:
    """On the gateway's own page, by its plain link, with a test card; back to the page of the gift."""
    shown = donor.open(page.every("main .button-row a.ds-button")[0].get("href"))
    back = donor.send(shown, shown.form("card"), **GOOD_CARD)
    assert "/give/" in back.url, back.text()


def pay_in_kaspi(platform: LivePlatform, donor: Browser, page: Page) -> None:
    """In the stand-in of the Kaspi app, which asks the treasury for the sum and tells it of the payment."""
    shown = donor.open(page.every("main .button-row a.ds-button")[0].get("href"))
    back = donor.send(shown, shown.form("account"), pay="1")
    assert "/give/" in back.url, back.text()


def pay_by_transfer(platform: LivePlatform, donor: Browser, page: Page) -> None:
    """By the invoice's own words, from another bank."""
    facts = [one.text_content().strip() for one in page.every("dl.facts dd")]
    purpose = next(text for text in facts if text.startswith("DEMEU-"))
    iban = next(text for text in facts if text.startswith("KZ"))
    body = {"account": iban, "amount": AMOUNT_TIYN / 100, "text": f"Дар по счёту {purpose}", "payer": "Дающий"}
    answer = httpx.post(f"{platform.running.urls['sandbox']}/control/bank/credits", json=body, timeout=30)
    assert answer.status_code == 201, answer.text


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    ("gateway", "query", "pay"),
    [
        ("freedom", "programme=growing_up", pay_by_card),
        ("tiptop", "region=75", pay_by_card),
        ("kaspi", "group=older_people", pay_in_kaspi),
        ("transfer", "reserve=1", pay_by_transfer),
    ],
)
def test_a_gift_goes_from_its_page_to_the_banks_statement(
    platform: LivePlatform, donor: Browser, gateway: str, query: str, pay: Callable[[LivePlatform, Browser, Page], None]
) -> None:
    page, gift = begun(donor, gateway, query)
    assert page.url.endswith(f"/give/{gift}/pay/")
    pay(platform, donor, page)

    def stands(css: str) -> Page | None:
        found = donor.open(f"/give/{gift}/")
        return found if found.has(css) else None

    received = wait_until(
        lambda: stands('[data-gift-state="received"]'), within_s=RECEIVED_S_MAX, what=f"{gateway}'s word"
    )
    assert received.one("[data-gift-amount]").get("data-gift-amount") == str(AMOUNT_TIYN)

    def told() -> bool:
        lines = donor.open("/fees.csv").content.decode().splitlines()
        return any(f",{gateway},{AMOUNT_TIYN}," in line for line in lines)

    wait_until(told, within_s=HELD_S_MAX, what="the bank's line in the public figures of fees")
