"""Web processes, workers and the database of a living platform are killed while donors give.

Every gift whose card was charged is received once; the books and the log agree; everything comes back by itself.
"""

import os
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Event, Thread
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

import httpx
import lxml.html
import psycopg
import pytest

from demeu.cli.story.giving import GOOD_CARD
from demeu.contracts.treasury import GIFT_START, GiftStart, GiftTarget, PaymentPage
from demeu.kernel import signing
from demeu.kernel.ids import new_id
from demeu.kernel.testing import crowding, wait_until
from demeu.kernel.testing.results import note_result
from demeu.roles.launch.live import LivePlatform

ROUNDS = int(os.environ.get("DEMEU_KILLS", "5"))
WEB = ("treasury", "portal")
WORKERS = ("treasury-worker", "portal-worker")
DONORS = 2
BACK_S_MAX = 10.0
SETTLED_S_MAX = 240.0
PARALLEL, AT_ONCE = 1_000, 40


class Portal:
    """Asks the treasury as the portal does, by its own key."""

    def __init__(self, platform: LivePlatform) -> None:
        self.keys = signing.load_keys(platform.folders.keys / "portal", "portal")
        self.url = platform.running.urls["treasury"]
        self.client = httpx.Client(trust_env=False, timeout=20)

    def start(self, gift: UUID, amount_tiyn: int, key: str) -> httpx.Response:
        """`gifts.start`, once."""
        asked = GiftStart(
            gift=gift,
            amount_tiyn=amount_tiyn,
            target=GiftTarget(kind="fund"),
            offer_version="1",
            back_url=self.url,
            failure_url=self.url,
        )
        body = asked.model_dump_json().encode()
        token = signing.sign_call(
            self.keys, audience="treasury", operation=GIFT_START.name, actor="role:portal", purpose="gift", body=body
        )
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Idempotency-Key": key}
        return self.client.post(f"{self.url}/api/{GIFT_START.name}", content=body, headers=headers)

    def is_taking(self) -> bool:
        """Whether a new gift can be started now."""
        try:
            return self.start(new_id(), 100_000, str(new_id())).status_code == 200
        except httpx.HTTPError:
            return False


class Donor(Thread):
    """Gives again and again; asks anew under the same key when an answer does not come."""

    def __init__(self, platform: LivePlatform, stop: Event, number: int) -> None:
        super().__init__()
        self.portal = Portal(platform)
        self.stop = stop
        self.amount_tiyn = 100_000 + number
        self.started: list[UUID] = []
        self.paid: list[UUID] = []

    def run(self) -> None:
        """One gift after another."""
        while not self.stop.is_set():
            gift, key, answer = new_id(), str(new_id()), None
            while answer is None and not self.stop.is_set():
                try:
                    answer = self.portal.start(gift, self.amount_tiyn, key)
                except httpx.HTTPError:
                    answer = None
                if answer is None or answer.status_code != 200:
                    answer = None
                    self.stop.wait(0.2)
            if answer is not None:
                self.started.append(gift)
                self.pay(PaymentPage.model_validate_json(answer.content))

    def pay(self, page: PaymentPage) -> None:
        """At the gateway's own page, with the good card."""
        address = urljoin(self.portal.url, page.link_url)
        try:
            opened = self.portal.client.get(address, follow_redirects=True)
            forms = lxml.html.fromstring(opened.content, base_url=str(opened.url)).forms
            form: Any = next(form for form in forms if form.cssselect("[name=card]"))
            target = urljoin(str(opened.url), form.get("action") or "")
            done = self.portal.client.post(target, data=dict(form.form_values()) | GOOD_CARD)
        except (httpx.HTTPError, StopIteration):
            return
        if done.status_code < 400:
            self.paid.append(page.gift)


def received(platform: LivePlatform) -> dict[UUID, tuple[int, int]]:
    """For each gift: how many receiving transfers the books have, and of what sum."""
    with psycopg.connect(platform.database_url("treasury", owner=True)) as connection:
        rows = connection.execute(
            "SELECT p.gift, count(*), sum(p.amount_tiyn) FROM treasury_ledger_posting p"
            " JOIN treasury_ledger_transfer t ON t.id = p.transfer_id"
            " WHERE t.kind = 'receive' AND p.amount_tiyn > 0 GROUP BY 1"
        ).fetchall()
    return {row[0]: (int(row[1]), int(row[2])) for row in rows}


def states(platform: LivePlatform, gifts: set[UUID]) -> list[tuple[str, ...]]:
    """What the treasury thinks of these gifts."""
    with psycopg.connect(platform.database_url("treasury", owner=True)) as connection:
        return connection.execute(
            "SELECT id::text, state, decline_reason, started_at::text, asked_at::text FROM treasury_donations_gift"
            " WHERE id = ANY(%s)",
            [list(gifts)],
        ).fetchall()


def killed_and_back(platform: LivePlatform, portal: Portal, name: str) -> float:
    """Kills a process; the seconds until it runs anew, is ready and gifts are taken."""
    before = platform.kill(name)
    began = time.monotonic()
    wait_until(lambda: platform.running.pids[name] != before, within_s=60, what=f"a new {name}")
    address = platform.running.urls.get(name)
    wait_until(lambda: address is None or is_ready(address), within_s=BACK_S_MAX + 60, what=f"{name} to be ready")
    wait_until(portal.is_taking, within_s=BACK_S_MAX + 60, what="gifts to be taken")
    return time.monotonic() - began


def is_ready(address: str) -> bool:
    """Whether a service says that it can serve."""
    try:
        return httpx.get(f"{address}/readyz", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False


@pytest.mark.timeout(900 + 120 * ROUNDS)
def test_gifts_survive_the_death_of_web_processes_workers_and_the_database(platform: LivePlatform) -> None:
    portal, stop = Portal(platform), Event()
    donors = [Donor(platform, stop, number) for number in range(DONORS)]
    for donor in donors:
        donor.start()
    slow: list[tuple[str, float]] = []
    kills: Counter[str] = Counter()
    returns_s: list[float] = []
    try:
        wait_until(lambda: all(donor.paid for donor in donors), within_s=120, what="first gifts")
        for turn in range(ROUNDS):
            killed = [WEB[turn % len(WEB)], WORKERS[turn % len(WORKERS)], *(["postgres"] if turn % 3 == 1 else [])]
            for name in killed:
                taken_s = killed_and_back(platform, portal, name)
                kills[name] += 1
                returns_s.append(taken_s)
                if taken_s > BACK_S_MAX * crowding():
                    slow.append((name, taken_s))
            came = sum(len(donor.paid) for donor in donors)
            wait_until(lambda came=came: sum(len(one.paid) for one in donors) > came, within_s=90, what="more gifts")
    finally:
        stop.set()
        for one in donors:
            one.join(60)
            one.portal.client.close()
        portal.client.close()
    owed = {gift: donor.amount_tiyn for donor in donors for gift in donor.paid}
    try:
        wait_until(lambda: owed.keys() <= received(platform).keys(), within_s=SETTLED_S_MAX, what="every paid gift")
    except AssertionError as late:
        raise AssertionError(f"{late}: {states(platform, owed.keys() - received(platform).keys())}") from None
    there = received(platform)
    wrong = sum(there[gift] != (1, amount) for gift, amount in owed.items())
    note_result("platform", **kills, paid_gifts=len(owed), wrong=wrong, slowest_return_s=round(max(returns_s), 1))
    assert {gift: there[gift] for gift in owed} == {gift: (1, amount) for gift, amount in owed.items()}
    assert slow == []
    books = platform.command("books", "check")
    assert books.returncode == 0, books.stdout + books.stderr
    where = platform.command("log", "where")
    folder = next(part for part in where.stdout.split() if part.startswith("/"))
    audited = platform.command("log", "audit", folder)
    assert audited.returncode == 0, audited.stdout + audited.stderr


@pytest.mark.timeout(600)
def test_a_thousand_parallel_requests_with_one_key_have_one_effect_and_another_payload_is_refused(
    platform: LivePlatform,
) -> None:
    portal, gift, key = Portal(platform), new_id(), str(new_id())
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = list(pool.map(lambda _: portal.start(gift, 500_000, key), range(PARALLEL)))
    codes = {answer.status_code for answer in answers}
    assert codes <= {200, 429, 503} and 200 in codes
    told = [answer.json() for answer in answers if answer.status_code == 200]
    assert all(one == told[0] for one in told)
    with psycopg.connect(platform.database_url("treasury", owner=True)) as connection:
        orders = connection.execute("SELECT count(*) FROM treasury_gateways_gatewayorder WHERE gift = %s", [gift])
        assert orders.fetchone() == (1,)
        started = connection.execute(
            "SELECT count(*) FROM kernel_audit WHERE action = 'gift.start' AND subject = %s", [f"gift:{gift}"]
        )
        assert started.fetchone() == (1,)
    other = portal.start(gift, 500_001, key)
    portal.client.close()
    assert (other.status_code, other.json()["code"]) == (422, "call.key_reused")
