"""What is killed with `kill -9` takes nobody with it, and what happened meanwhile is told when it is back.

The launcher is held still during each outage, so that nothing is started again before the test wants it.
"""

import json
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import httpx
import psycopg
import pytest

from demeu.cli.story.browser import Browser, Page
from demeu.cli.story.giving import GOOD_CARD
from demeu.cli.story.ncalayer import sign_form
from demeu.kernel.testing import wait_until
from demeu.roles.launch.live import LivePlatform
from demeu.roles.launch.ports import is_free

BACK_S_MAX = 90.0
GIFT_TENGE = 2500
PUBLIC = ("/", "/cases/", "/cases/?tag=children", "/how/", "/stats/", "/log/", "/verify/", "/legal/offer/")


def is_ready(address: str) -> bool:
    """Whether a service says that it can serve."""
    try:
        return httpx.get(f"{address}/readyz", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


@contextmanager
def dead(platform: LivePlatform, *names: str) -> Iterator[None]:
    """Kills processes and keeps them dead; afterwards waits until everything is ready again."""
    running = platform.running
    os.kill(running.pid, signal.SIGSTOP)
    try:
        for name in names:
            platform.kill(name)
            if name in running.ports:
                port = running.ports[name]
                wait_until(lambda port=port: is_free(port), what=f"the port of {name} to be free")
        yield
    finally:
        os.kill(running.pid, signal.SIGCONT)
        wait_until(
            lambda: all(platform.running.pids[name] != running.pids[name] for name in names),
            within_s=BACK_S_MAX,
            what="new processes",
        )
        for role, address in running.urls.items():
            wait_until(lambda address=address: is_ready(address), within_s=BACK_S_MAX, what=f"{role} to be ready")


def one_row(platform: LivePlatform, role: str, query: str, *values: Any) -> tuple[Any, ...] | None:
    """One row of a role's own database."""
    with psycopg.connect(platform.database_url(role, owner=True)) as connection:
        return connection.execute(query, values).fetchone()


@pytest.fixture
def person(platform: LivePlatform) -> Iterator[Callable[[], Browser]]:
    """Makes browsers, each of another person; they are closed after the test."""
    made: list[Browser] = []

    def new() -> Browser:
        made.append(Browser(platform.running.url))
        return made[-1]

    yield new
    for browser in made:
        browser.client.close()


def as_mother(platform: LivePlatform, browser: Browser) -> Browser:
    """Signs the mother of a new family in."""
    family = httpx.post(f"{platform.running.urls['sandbox']}/control/families", json={}, timeout=30).json()
    sign_form(browser, browser.open("/sign-in/?next=/my/"), family["key_id"])
    return browser


def start_gift(donor: Browser) -> tuple[str, Page]:
    """Goes as far as the page that leads to the gateway; the gift's id and that page."""
    page = donor.open("/give/?fund=1")
    form = page.form("gift")
    gift = form.fields["gift"]
    ticks = {box.get("name"): box.get("value") or "on" for box in form.cssselect("input[type=checkbox]")}
    return gift, donor.send(page, form, amount=str(GIFT_TENGE), **ticks)


def at_gateway(donor: Browser, page: Page) -> tuple[Page, Any]:
    """The gateway's page and its card form."""
    opened = donor.open(page.one("a[data-no-script]").get("href"))
    return opened, next(form for form in opened.document.forms if form.cssselect("[name=card]"))


def pay(donor: Browser, opened: Page, form: Any) -> None:
    """Pays with the good test card; the way back to a site that may be down is not followed."""
    donor.client.follow_redirects = False
    donor.client.post(
        httpx.URL(opened.url).join(form.get("action") or opened.url), data=dict(form.form_values()) | GOOD_CARD
    )
    donor.client.follow_redirects = True


def order_of(page: Page) -> dict[str, Any]:
    """The order as the page hands it to the gateway's script."""
    return dict(json.loads(page.one("script#pay-order").text_content()))


def received_tiyn(platform: LivePlatform, gift: str) -> int:
    """How much money of a gift the ledger knows of: all that came in for it."""
    row = one_row(
        platform,
        "treasury",
        "SELECT coalesce(sum(amount_tiyn), 0) FROM treasury_ledger_posting p"
        " JOIN treasury_ledger_transfer t ON t.id = p.transfer_id WHERE gift = %s AND amount_tiyn > 0"
        " AND t.kind = 'receive'",
        UUID(gift),
    )
    assert row is not None
    return int(row[0])


@pytest.mark.timeout(400)
def test_with_vault_and_treasury_dead_the_catalogue_and_cases_are_served_and_drafts_are_kept(
    platform: LivePlatform, person: Callable[[], Browser]
) -> None:
    guest, applicant = person(), as_mother(platform, person())
    case = guest.open("/cases/").one("main a[href^='/cases/2']").get("href")
    with dead(platform, "vault", "vault-worker", "treasury", "treasury-worker"):
        for address in (*PUBLIC, case):
            guest.open(address)
        page = applicant.open("/apply/")
        form = page.form("application")
        application = form.fields["application"]
        page = applicant.send(page, form)
        for field, answer in (("answer", "self"), ("answer", "children_youth"), ("region", "35"), ("answer", "high")):
            page = applicant.send(page, page.form(field), **{field: answer})
        applicant.send(page, page.form("words"), words="К зиме нет тёплой одежды.")
        kept = one_row(platform, "portal", ANSWER, UUID(application))
        assert kept is not None
        assert kept[0] != "", "the words wait, sealed"
        assert "одежды" not in kept[0]
        assert guest.open("/sign-in/", expect=503).has("main")
    wait_until(
        lambda: (row := one_row(platform, "portal", ANSWER, UUID(application))) and row[0] == "" and row[1],
        within_s=BACK_S_MAX,
        what="the words to be handed over to vault",
    )
    assert "35" in applicant.open(f"/apply/{application}/place/").content.decode()


ANSWER = "SELECT sealed, document FROM portal_cases_answer WHERE application_id = %s AND question = 'words'"


@pytest.mark.timeout(400)
@pytest.mark.parametrize("name", ["scoring", "sandbox", "vault", "treasury"])
def test_each_dead_service_leaves_the_others_serving(
    platform: LivePlatform, person: Callable[[], Browser], name: str
) -> None:
    urls = platform.running.urls
    with dead(platform, name):
        for role, address in urls.items():
            assert is_ready(address) is (role != name), role
        assert person().open("/cases/").has("main")


@pytest.mark.timeout(400)
def test_an_event_that_happens_while_the_portal_is_dead_reaches_it_afterwards(
    platform: LivePlatform, person: Callable[[], Browser]
) -> None:
    donor = person()
    gift, page = start_gift(donor)
    opened, form = at_gateway(donor, page)
    with dead(platform, "portal", "portal-worker"):
        pay(donor, opened, form)
        wait_until(lambda: received_tiyn(platform, gift), within_s=BACK_S_MAX, what="the gift in the ledger")
    heard = "SELECT count(*) FROM kernel_inboxevent WHERE name = 'gift.received' AND facts->>'gift' = %s"
    wait_until(lambda: one_row(platform, "portal", heard, gift) == (1,), within_s=BACK_S_MAX, what="the event")
    assert donor.open(f"/give/{gift}/").has('[data-gift-state="received"]')


@pytest.mark.timeout(400)
def test_a_gift_paid_while_treasury_is_dead_and_postgresql_restarts_is_neither_lost_nor_doubled(
    platform: LivePlatform, person: Callable[[], Browser]
) -> None:
    donor = person()
    gift, page = start_gift(donor)
    invoice = str(order_of(page).get("invoiceId") or order_of(page)["invoiceID"])
    opened, form = at_gateway(donor, page)
    with dead(platform, "treasury", "treasury-worker"):
        pay(donor, opened, form)
        assert received_tiyn(platform, gift) == 0
        platform.kill("postgres")
    wait_until(lambda: received_tiyn(platform, gift), within_s=BACK_S_MAX, what="the gateway's retried callback")
    sandbox = platform.running.urls["sandbox"]
    again = httpx.post(f"{sandbox}/control/epay/callbacks/{invoice}", json={"repeat": 3}, timeout=30)
    assert again.status_code < 300
    wait_until(
        lambda: donor.open(f"/give/{gift}/").has('[data-gift-state="received"]'), within_s=BACK_S_MAX, what="the page"
    )
    assert received_tiyn(platform, gift) == GIFT_TENGE * 100
    assert platform.command("books", "check").returncode == 0


@pytest.mark.timeout(400)
def test_a_callback_that_cannot_be_stored_is_not_acknowledged(
    platform: LivePlatform, person: Callable[[], Browser]
) -> None:
    donor = person()
    gift, page = start_gift(donor)
    order = order_of(page)
    notice = {"invoiceId": order.get("invoiceId") or order["invoiceID"], "code": "ok", "amount": GIFT_TENGE}
    with dead(platform, "postgres"):
        answer = httpx.post(order["postLink"], json=notice, timeout=60)
        assert answer.status_code >= 500, answer.text
    assert received_tiyn(platform, gift) == 0
    assert donor.open(f"/give/{gift}/").status == 200
