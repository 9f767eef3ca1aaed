"""A platform whose network to PostgreSQL is cut under load; prints how each request ended. Run by `test_network_cut`.

Runs in a network namespace of its own, so that the rule which drops packets touches nothing else.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event
from uuid import UUID

import httpx
import psycopg

from demeu.contracts.treasury import GIFT_START, GiftStart, GiftTarget
from demeu.kernel import signing
from demeu.kernel.ids import new_id
from demeu.roles.launch.live import LivePlatform

CUT_S = 20.0
CALM_S = 3.0
BACK_S_MAX = 60.0
GIVE_UP_S = 30.0
PAGES = ("/", "/cases/", "/stats/", "/healthz", "/readyz")
RULES = """
add table inet demeu
add chain inet demeu out {{ type filter hook output priority 0 ; }}
add rule inet demeu out tcp dport {port} drop
add rule inet demeu out tcp sport {port} drop
"""


class Asker:
    """Asks the platform for pages and starts gifts, and keeps how each request ended."""

    def __init__(self, live: LivePlatform) -> None:
        self.urls = live.running.urls
        self.keys = signing.load_keys(live.folders.keys / "portal", "portal")
        self.client = httpx.Client(trust_env=False, timeout=GIVE_UP_S)
        self.phase = "before"
        self.ends: list[dict[str, object]] = []
        self.acknowledged: list[UUID] = []

    def page(self, path: str) -> int:
        """One page of portal; its status, 0 when no answer came."""
        return self._kept(path, lambda: self.client.get(f"{self.urls['portal']}{path}"))

    def gift(self) -> int:
        """A gift is started at treasury, signed as portal does."""
        asked = GiftStart(
            gift=new_id(),
            amount_tiyn=100_000,
            target=GiftTarget(kind="fund"),
            offer_version="1",
            back_url=self.urls["portal"],
            failure_url=self.urls["portal"],
        )
        body = asked.model_dump_json().encode()
        name = GIFT_START.name
        token = signing.sign_call(
            self.keys, audience="treasury", operation=name, actor="role:portal", purpose="gift", body=body
        )
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        headers["Idempotency-Key"] = str(asked.gift)
        address = f"{self.urls['treasury']}/api/{name}"
        status = self._kept(name, lambda: self.client.post(address, content=body, headers=headers))
        if status == 200:
            self.acknowledged.append(asked.gift)
        return status

    def _kept(self, what: str, send: Callable[[], httpx.Response]) -> int:
        phase, began, status, kind = self.phase, time.monotonic(), 0, ""
        with suppress(httpx.HTTPError):
            answer = send()
            status, kind = answer.status_code, answer.headers.get("content-type", "").partition(";")[0]
        taken = time.monotonic() - began
        self.ends.append({"phase": phase, "what": what, "seconds": taken, "status": status, "type": kind})
        return status


def cut(port: int) -> None:
    """From now on every packet to and from PostgreSQL is lost without a word."""
    subprocess.run(["nft", "-f", "-"], input=RULES.format(port=port), text=True, check=True)


def mend() -> None:
    """Packets go through again."""
    subprocess.run(["nft", "delete", "table", "inet", "demeu"], check=True)


def missing(live: LivePlatform, acknowledged: list[UUID]) -> list[str]:
    """Gifts that treasury said it took and does not have."""
    with psycopg.connect(live.database_url("treasury", owner=True)) as connection:
        rows = connection.execute("SELECT id FROM treasury_donations_gift WHERE id = ANY(%s)", [acknowledged])
        return [str(gift) for gift in set(acknowledged) - {row[0] for row in rows}]


def main() -> None:
    """Calm, cut, mended; then how long until each kind of request is answered as before."""
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    live, stop = LivePlatform(), Event()
    try:
        asker = Asker(live.start())
        works = [*(lambda path=path: asker.page(path) for path in PAGES), asker.gift, asker.gift]

        def again(work: Callable[[], int]) -> None:
            while not stop.is_set():
                work()
                stop.wait(0.05)

        with ThreadPoolExecutor(len(works)) as pool:
            for work in works:
                pool.submit(again, work)
            Event().wait(CALM_S)
            cut(live.running.database_port)
            asker.phase = "cut"
            Event().wait(CUT_S)
            mend()
            asker.phase, mended = "after", time.monotonic()
            while time.monotonic() - mended < BACK_S_MAX and not (asker.gift() == asker.page("/cases/") == 200):
                Event().wait(0.2)
            back_s = time.monotonic() - mended
            stop.set()
        lost = missing(live, asker.acknowledged)
    finally:
        stop.set()
        live.remove()
    sys.stdout.write(json.dumps({"back_s": back_s, "ends": asker.ends, "lost": lost}))


if __name__ == "__main__":
    main()
