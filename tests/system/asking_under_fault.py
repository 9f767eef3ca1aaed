"""Asking a platform for pages and gifts while something is broken, and keeping how each request ended."""

import time
from collections.abc import Callable
from contextlib import suppress
from uuid import UUID

import httpx
import psycopg
from pydantic import BaseModel

from demeu.contracts.treasury import GIFT_START, GIFT_STATUS, GiftQuestion, GiftStart, GiftTarget
from demeu.kernel import signing
from demeu.kernel.ids import new_id
from demeu.roles.launch.live import LivePlatform

GIVE_UP_S = 30.0


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
        status = self._signed(GIFT_START.name, asked, str(asked.gift))
        if status == 200:
            self.acknowledged.append(asked.gift)
        return status

    def state(self, gift: UUID) -> int:
        """How a gift stands, asked as portal asks."""
        return self._signed(GIFT_STATUS.name, GiftQuestion(gift=gift), str(new_id()))

    def _signed(self, name: str, asked: BaseModel, key: str) -> int:
        body = asked.model_dump_json().encode()
        token = signing.sign_call(
            self.keys, audience="treasury", operation=name, actor="role:portal", purpose="donation", body=body
        )
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Idempotency-Key": key}
        address = f"{self.urls['treasury']}/api/{name}"
        return self._kept(name, lambda: self.client.post(address, content=body, headers=headers))

    def _kept(self, what: str, send: Callable[[], httpx.Response]) -> int:
        phase, began, status, kind = self.phase, time.monotonic(), 0, ""
        with suppress(httpx.HTTPError):
            answer = send()
            status, kind = answer.status_code, answer.headers.get("content-type", "").partition(";")[0]
        taken = time.monotonic() - began
        self.ends.append({"phase": phase, "what": what, "seconds": taken, "status": status, "type": kind})
        return status


def missing(live: LivePlatform, acknowledged: list[UUID]) -> list[str]:
    """Gifts that treasury said it took and does not have."""
    with psycopg.connect(live.database_url("treasury", owner=True)) as connection:
        rows = connection.execute("SELECT id FROM treasury_donations_gift WHERE id = ANY(%s)", [acknowledged])
        return [str(gift) for gift in set(acknowledged) - {row[0] for row in rows}]
