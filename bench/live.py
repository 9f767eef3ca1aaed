"""A thousand open pages hear of one change: how long it takes to reach them, and what pages of the site take meanwhile.

The streams are opened over HTTP on the process of streams, as browsers do; the change is a row and a notice in the
portal's database, as the application writes it. All streams come from one address, which `SETTINGS` allows.
"""

import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import load
from rows import Row, ms

from demeu.roles.launch.live import LivePlatform, clean_environment

STREAMS = 1000
OPENED_AT_ONCE = 50
TOPIC = "case:26-00000"
CHANGES = 5
REACH_S_MAX = 30.0
SETTINGS = {"DEMEU_PORTAL_LIVE_PER_ADDRESS": str(2 * STREAMS)}


def figures(live: LivePlatform) -> list[Row]:
    """Rows of this area; fails when a stream misses a change."""
    feed, tell = _feed(live), f"{live.running.url}/how/"
    before = load.median_s(lambda: _ask(tell))
    reached, during = asyncio.run(_measure(live, feed, tell))
    return [
        ms("live", f"a change reaches {STREAMS} open streams, slowest of {CHANGES}", max(reached)),
        ms("live", f"the same, median of {CHANGES}", statistics.median(reached)),
        ms("live", f"a page while {STREAMS} streams are open", during, "without streams", before),
    ]


def _ask(address: str) -> None:
    with load.Client(address) as client:
        client.ask()


def _in_portal(live: LivePlatform, code: str) -> str:
    """Runs a line of the portal's own code with its settings and gives what it printed."""
    environment = clean_environment(
        DJANGO_SETTINGS_MODULE="demeu.roles.settings.portal",
        DEMEU_DATABASE_URL_PORTAL=live.database_url("portal"),
        DEMEU_KEYS=str(live.folders.keys / "portal"),
        DEMEU_VAR=str(live.folders.var),
        DEMEU_SECRET_KEY=os.environ.get("DEMEU_SECRET_KEY", _secret(live)),
    )
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup(); {code}"],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"the portal's code failed: {done.stderr[-800:]}")
    return done.stdout.strip().splitlines()[-1]


def _secret(live: LivePlatform) -> str:
    found: dict[str, str] = json.loads(Path(live.folders.secrets_file).read_text())
    return found["django.portal"]


def _feed(live: LivePlatform) -> str:
    return _in_portal(live, f"from demeu.portal.live.feeds import feed_of; print(feed_of(['{TOPIC}']))")


class Crowd:
    """All open streams: how many have heard of the change that is on its way."""

    def __init__(self) -> None:
        self.heard = 0
        self.all_heard = asyncio.Event()

    def hear(self) -> None:
        """One stream has it."""
        self.heard += 1
        if self.heard == STREAMS:
            self.all_heard.set()

    async def stream(self, port: int, feed: str, opened: asyncio.Semaphore) -> None:
        """One browser's stream, read until the end."""
        async with opened:
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            head = f"GET /live/stream/?feed={feed} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n"
            writer.write(head.encode())
            status = await reader.readline()
            if b" 200 " not in status:
                raise RuntimeError(f"a stream was refused: {status!r}")
            while (await reader.readline()).strip():
                pass
        while line := await reader.readline():
            if line.startswith(b"data: "):
                self.hear()


async def _measure(live: LivePlatform, feed: str, page: str) -> tuple[list[float], float]:
    crowd, port = Crowd(), live.running.ports["portal-live"]
    gate = asyncio.Semaphore(OPENED_AT_ONCE)
    streams = [asyncio.create_task(crowd.stream(port, feed, gate)) for _ in range(STREAMS)]
    await _all_open(port, streams)
    reached = []
    with ThreadPoolExecutor(2) as pool:
        loop = asyncio.get_running_loop()
        asked = loop.run_in_executor(pool, lambda: load.median_s(lambda: _ask(page)))
        teller = await asyncio.create_subprocess_exec(
            sys.executable, str(Path(__file__).with_name("live_teller.py")), live.database_url("portal"), TOPIC,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        assert teller.stdin and teller.stdout
        await teller.stdout.readline()
        for _ in range(CHANGES):
            crowd.heard = 0
            crowd.all_heard.clear()
            began = time.perf_counter()
            teller.stdin.write(b"\n")
            await asyncio.wait_for(crowd.all_heard.wait(), REACH_S_MAX)
            reached.append(time.perf_counter() - began)
        teller.stdin.close()
        await teller.wait()
        during = await asked
    for stream in streams:
        stream.cancel()
    await asyncio.gather(*streams, return_exceptions=True)
    return reached, during


async def _all_open(port: int, streams: list[asyncio.Task[None]]) -> None:
    """Waits until the server counts every stream."""
    address, end = f"http://127.0.0.1:{port}/healthz", time.perf_counter() + REACH_S_MAX
    while True:
        for stream in streams:
            if stream.done():
                stream.result()
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        told = json.loads((await reader.read()).partition(b"\r\n\r\n")[2])
        writer.close()
        if told["streams"] >= STREAMS:
            return
        if time.perf_counter() > end:
            raise RuntimeError(f"only {told['streams']} streams are open at {address}")
        await asyncio.sleep(0.1)
