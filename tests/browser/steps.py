"""What people do on many pages: sign, choose an answer, go on, pay."""

from playwright.sync_api import Page, expect

GIFT_MS_MAX = 60_000


def sign(page: Page, key: str) -> None:
    """Presses the button that signs, with that person's sandbox key; a key that the list lacks is added to it."""
    page.locator("[data-signing-key]").evaluate(
        "(list, key) => { list.add(new Option(key, key)); list.value = key; }", key
    )
    page.locator("[data-signing-start]").click()


def choose(page: Page, field: str, value: str) -> None:
    """Picks an answer of a question as a finger does, on its label."""
    page.locator(f"main [name={field}][value={value}]").check(force=True)


def go_on(page: Page) -> None:
    """Presses the page's main button."""
    page.locator("main form button:not([type=button])").last.click()


def pay_at_freedom(page: Page) -> None:
    """From our page of the payment through the sandbox's Freedom Pay and back to the gift that has arrived."""
    page.locator("main .button-row a.ds-button").first.click()
    page.wait_for_url("**/freedom/**")
    page.locator("button[name=fill]").first.click()
    page.locator("button.main").click()
    page.wait_for_url("**/give/**")
    expect(page.locator('[data-gift-state="received"]')).to_be_visible(timeout=GIFT_MS_MAX)
