"""The part of those who pay: a guest gives at the gateway's page; officers prepare and approve the payout."""

import re
from functools import partial
from http import HTTPStatus
from typing import Any

from lxml import html

from demeu.cli.story.browser import Browser, Page, Unexpected
from demeu.cli.story.ncalayer import sign_form
from demeu.cli.story.stage import Stage

Told = tuple[dict[str, str], str]
GOOD_CARD: dict[str, Any] = {"card": "4405 6300 0000 0007", "expiry": "12/30", "cvc": "123", "name": "STORY DONOR"}


def give(stage: Stage) -> Told:
    """A guest finds the case by filter and pays at the gateway; a repeated callback has no second effect."""
    donor = stage.guest()
    page = donor.open(f"/cases/?tag=children&region={stage.region}")
    case = donor.open(page.links(f"/cases/{stage.case}/")[0])
    stage.amount_tiyn = int(case.one("[data-left-tiyn]").get("data-left-tiyn"))
    page = stage.wait(partial(_begun, stage, donor, case.links("/give/")[0]), "the case at the treasury")
    paid = pay_at_gateway(donor, page)
    received = stage.wait_page(donor, f"/give/{stage.gift}/", '[data-gift-state="received"]', "the gateway's word", 60)
    invoice = _invoice(page)
    stage.control("POST", f"/control/epay/callbacks/{invoice}", {"repeat": 5})
    again = donor.open(f"/give/{stage.gift}/")
    if _sum(again) != stage.amount_tiyn or _sum(received) != stage.amount_tiyn:
        raise Unexpected(f"{_sum(again)} tiyn stand there instead of {stage.amount_tiyn}")
    stage.people["donor"] = donor
    return {
        "gift": stage.gift,
        "invoice": invoice,
    }, f"{stage.amount_tiyn // 100} ₸ received through {paid}; 5 repeated callbacks changed nothing"


def _begun(stage: Stage, donor: Browser, address: str) -> Page | None:
    """The page to pay at; none while treasury, which hears of a case a moment after it is public, does not know it."""
    page = donor.open(address)
    form = page.form("gift")
    stage.gift = form.fields["gift"]
    try:
        return donor.send(page, form, **_amount(form, stage.amount_tiyn))
    except Unexpected as refused:
        if refused.status != HTTPStatus.NOT_FOUND:
            raise
        return None


def _amount(form: Any, amount_tiyn: int) -> dict[str, Any]:
    """The sum as a person types it, and the ticks that the form asks for."""
    ticks = {box.get("name"): box.get("value") or "on" for box in form.cssselect("input[type=checkbox]")}
    return {"amount": str(amount_tiyn // 100), **ticks}


def pay_at_gateway(donor: Browser, page: Page) -> str:
    """Go to the gateway's own page by its plain link, pay with the good test card, come back."""
    form = donor.open(page.one("[data-pay] a[data-no-script]").get("href"))
    for _ in range(3):
        card = [one for one in form.document.forms if one.cssselect("[name=card]")]
        if not card:
            break
        form = donor.send(form, card[0], **GOOD_CARD)
    if "/give/" not in form.url:
        raise Unexpected(f"the gateway led to {form.url}: {form.text()[:200]}")
    return "the gateway's page"


def _invoice(page: Page) -> str:
    """The order number that the gateway was given, as the page tells its script."""
    found = re.search(
        r'"invoiceI[dD]":\s*"?(\d{6,15})', html.tostring(page.document, encoding="unicode").replace("&quot;", '"')
    )
    if not found:
        raise Unexpected("the payment page names no order number")
    return found.group(1)


def _sum(page: Page) -> int:
    return int(page.one("[data-gift-amount]").get("data-gift-amount"))


def allocate(stage: Stage) -> Told:
    """The money stands with the items, and the bank's statement has confirmed it."""
    guest = stage.guest()
    address = f"/cases/{stage.case}/"
    page = stage.wait_page(guest, address, '[data-left-tiyn="0"]', "the allocation")
    page = stage.wait_page(guest, address, f'[data-held-tiyn="{stage.amount_tiyn}"]', "the bank's statement", 60)
    stage.items = [row.get("data-item") for row in page.every("[data-item]")]
    return {"items": ",".join(stage.items)}, f"{len(stage.items)} items funded and held, {stage.amount_tiyn // 100} ₸"


def payout(stage: Stage) -> Told:
    """One officer prepares and may not approve; another signs; the bank's statement confirms."""
    preparer = stage.signed_in("preparer")
    page = preparer.open(f"/desk/payouts/new/?case={stage.case}")
    form = page.form("payout", "invoice_number")
    stage.payout = form.fields["payout"]
    payees = [option.get("value") for option in form.cssselect("select[name=payee] option")]
    page = preparer.send(
        page, form, payee=next(filter(None, payees)), invoice_number=f"S-{stage.payout[-8:]}", items=stage.items
    )
    address = f"/desk/payouts/{stage.payout}/"
    if preparer.open(address).has("form[data-signing]"):
        raise Unexpected("the preparer is offered to approve")
    preparer.send_to(f"{address}approve/", page, expect=403, attempt=stage.payout, cms="none")
    approver = stage.signed_in("approver")
    sign_form(approver, approver.open(address), "approver")
    stage.wait_page(approver, address, '[data-payout-state="settled"]', "the bank's word on the payout", 60)
    return {"payout": stage.payout}, "prepared by one, approved by another, confirmed by camt.053"
