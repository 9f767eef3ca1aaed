"""The stream as a browser meets it: refused without our word or beyond the limits, events in order, an end in order."""

import asyncio
from typing import Any

import pytest

from demeu.portal.live import feeds, streaming
from demeu.portal.live.hub import Hub, event_bytes


class Browser:
    """One request and what came of it; `leave` closes the tab."""

    def __init__(self, path: str = streaming.PATH, query: str = "", **headers: str) -> None:
        given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
        self.scope = {
            "type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": given,
            "client": ("10.0.0.1", 5000),
        }  # fmt: skip
        self.sent: list[dict[str, Any]] = []
        self.left = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        await self.left.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        self.sent.append(dict(message))

    async def ask(self) -> int:
        """The whole answer of a request that ends by itself; its status."""
        await streaming.application(self.scope, self.receive, self.send)
        return int(self.sent[0]["status"])

    @property
    def text(self) -> str:
        return b"".join(message.get("body", b"") for message in self.sent).decode()


@pytest.fixture(autouse=True)
def hub(monkeypatch: pytest.MonkeyPatch) -> Hub:
    fresh = Hub()
    monkeypatch.setattr(streaming, "hub", fresh)
    return fresh


async def until(found: Any) -> None:
    async with asyncio.timeout(20):
        while not found():
            await asyncio.sleep(0)


def feed(*topics: str) -> str:
    return f"feed={feeds.feed_of(topics)}"


@pytest.mark.parametrize(
    ("path", "query", "status"), [("/", "", 404), (streaming.PATH, "", 403), (streaming.PATH, "feed=x", 403)]
)
def test_what_is_not_ours_is_refused(path: str, query: str, status: int) -> None:
    async def go() -> None:
        assert await Browser(path, query).ask() == status

    asyncio.run(go())


def test_a_page_hears_of_its_topics_alone_and_is_forgotten_when_it_goes(hub: Hub) -> None:
    async def go() -> None:
        browser = Browser(query=feed("case:1"))
        asked = asyncio.create_task(browser.ask())
        await until(lambda: hub.streams)
        await hub._spread(list(hub.by_topic.get("case:2", ())), event_bytes(1, "case:2", None))
        await hub._spread(list(hub.by_topic["case:1"]), event_bytes(2, "case:1", {"held": 5}))
        await until(lambda: "id: 2" in browser.text)
        assert "id: 1\n" not in browser.text and browser.text.startswith("retry: ")
        assert dict(browser.sent[0]["headers"])[b"content-type"].startswith(b"text/event-stream")
        browser.left.set()
        assert await asked == 200
        assert not hub.streams and not hub.by_topic and not hub.by_address

    asyncio.run(go())


def test_an_address_with_too_many_streams_waits(hub: Hub, settings: Any) -> None:
    settings.DEMEU_PORTAL_LIVE_PER_ADDRESS = 1

    async def go() -> None:
        first, second = Browser(query=feed("case:1")), Browser(query=feed("case:1"))
        asked = asyncio.create_task(first.ask())
        await until(lambda: hub.streams)
        assert await second.ask() == 429
        assert (b"retry-after", b"60") in second.sent[0]["headers"]
        first.left.set()
        await asked

    asyncio.run(go())


def test_health_says_whether_it_listens_and_how_many_are_open(hub: Hub) -> None:
    async def go() -> None:
        assert await Browser("/healthz").ask() == 503
        hub.listening = True
        healthy = Browser("/healthz")
        assert await healthy.ask() == 200 and '"streams": 0' in healthy.text

    asyncio.run(go())


def test_only_a_proxy_of_ours_may_name_the_visitor(settings: Any) -> None:
    scope, headers = {"client": ("10.0.0.1", 1)}, {"x-forwarded-for": "1.1.1.1, 2.2.2.2"}
    settings.DEMEU_PORTAL_LIVE_BEHIND = [""]
    assert streaming.address_of(scope, headers) == "10.0.0.1"
    settings.DEMEU_PORTAL_LIVE_BEHIND = ["10.0.0.1"]
    assert streaming.address_of(scope, headers) == "2.2.2.2"
    assert streaming.address_of(scope, {}) == "10.0.0.1"
