"""Gifts over HTTP on a live platform, asked of treasury as portal asks, at a pace that does not wait for answers.

A gift's time counts from the moment when it was due, so that a slow answer is not hidden by a late question.
"""

import statistics
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

from rows import Row

from demeu.contracts.treasury import GIFT_START, GiftStart, GiftTarget
from demeu.kernel import signing
from demeu.kernel.ids import new_id
from demeu.roles.launch.live import LivePlatform

AREA = "gifts"
STEADY_PER_S, BURST_PER_S = 100, 1_000
STEADY_S, STEADY_S_FULL, BURST_S = 15.0, 600.0, 5.0
AT_ONCE, GIVE_UP_S = 200, 30.0


@dataclass(frozen=True)
class Told:
    """How one gift was answered: status (0 when no answer came) and seconds since it was due."""

    status: int
    seconds: float


class Donors:
    """Many donors who come at a pace of their own."""

    def __init__(self, live: LivePlatform) -> None:
        self.keys = signing.load_keys(live.folders.keys / "portal", "portal")
        self.place = urlsplit(live.running.urls["treasury"])
        self.own = threading.local()

    def connection(self) -> HTTPConnection:
        """Each thread keeps its own."""
        if not hasattr(self.own, "connection"):
            self.own.connection = HTTPConnection(self.place.hostname or "", self.place.port, timeout=GIVE_UP_S)
        kept: HTTPConnection = self.own.connection
        return kept

    def give(self, due: float) -> Told:
        """One gift is started when it is due."""
        threading.Event().wait(max(0.0, due - time.perf_counter()))
        back = self.place.geturl()
        asked = GiftStart(
            gift=new_id(),
            amount_tiyn=100_000,
            target=GiftTarget(kind="fund"),
            offer_version="1",
            back_url=back,
            failure_url=back,
        )
        body = asked.model_dump_json().encode()
        token = signing.sign_call(
            self.keys, audience="treasury", operation=GIFT_START.name, actor="role:bench", purpose="donation", body=body
        )
        headers = {
            "Authorization": f"Bearer {token}",
            "Content-Type": "application/json",
            "Idempotency-Key": str(asked.gift),
        }
        connection = self.connection()
        try:
            connection.request("POST", f"/api/{GIFT_START.name}", body, headers)
            answer = connection.getresponse()
            answer.read()
            status = answer.status
        except (OSError, HTTPException):
            connection.close()
            status = 0
        return Told(status, time.perf_counter() - due)

    def come(self, per_s: int, for_s: float) -> tuple[list[Told], float]:
        """All answers, and the seconds from the first gift due to the last answer."""
        began = time.perf_counter()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            told = list(pool.map(self.give, [began + number / per_s for number in range(int(per_s * for_s))]))
        return told, time.perf_counter() - began


def figures(live: LivePlatform, *, steady_s: float = STEADY_S) -> list[Row]:
    """A steady pace, then ten times as many at once."""
    donors = Donors(live)
    donors.come(10, 1.0)
    steady, took_s = donors.come(STEADY_PER_S, steady_s)
    good = sorted(one.seconds for one in steady if one.status == 200)
    p95_ms = statistics.quantiles(good, n=20)[-1] * 1000
    burst, _ = donors.come(BURST_PER_S, BURST_S)
    said = Counter(one.status for one in burst)
    others = sum(count for status, count in said.items() if not (200 <= status < 300 or status in (429, 503)))
    return [
        Row(
            AREA,
            f"taken of {STEADY_PER_S} due each second",
            len(good) / took_s,
            "/s",
            "due",
            len(good) / took_s / STEADY_PER_S,
        ),
        Row(AREA, f"p95 at {STEADY_PER_S} a second for {steady_s:.0f} s (goal 300)", p95_ms, "ms"),
        Row(
            AREA,
            f"answers of a burst of {BURST_PER_S} a second: 2xx",
            sum(n for s, n in said.items() if 200 <= s < 300),
            "",
        ),
        Row(AREA, "of the same burst: 429 and 503", said[429] + said[503], ""),
        Row(AREA, "of the same burst: anything else (goal 0)", others, ""),
    ]
