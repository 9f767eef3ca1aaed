"""The stream of server-sent events as an ASGI application of its own process: no page's thread waits for it.

`GET /live/stream/?feed=…&after=…` (or `Last-Event-ID`); `GET /healthz` counts the open streams. It reads no cookie and
no session: what a page may hear is signed in its feed.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from typing import Any
from urllib.parse import parse_qs

import django
from django.conf import settings

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

django.setup()

from demeu.portal.live.feeds import topics_of  # noqa: E402
from demeu.portal.live.hub import Hub, Stream  # noqa: E402
from demeu.portal.live.views import number_of  # noqa: E402

PATH = "/live/stream/"
AGAIN_MS = 3000
ANYBODY = (b"access-control-allow-origin", b"*")
EVENTS: Headers = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    ANYBODY,
]
hub = Hub()
working: set[asyncio.Task[None]] = set()


async def application(scope: Scope, receive: Receive, send: Send) -> None:
    """Lifespan, the stream, health; anything else is not here."""
    if scope["type"] == "lifespan":
        await _live(receive, send)
    elif scope["type"] == "http" and scope["path"] == "/healthz":
        told = {"status": "alive", "streams": len(hub.streams), "listening": hub.listening}
        await _say(send, 200 if hub.listening else 503, told)
    elif scope["type"] == "http" and scope["path"] == PATH and scope["method"] == "GET":
        await _stream(scope, receive, send)
    elif scope["type"] == "http":
        await _say(send, 404, {"code": "live.unknown_path"})


async def _live(receive: Receive, send: Send) -> None:
    """Begin to listen when the process begins, end all streams when it ends."""
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            working.update({asyncio.create_task(hub.listen()), asyncio.create_task(hub.beat())})
            await send({"type": "lifespan.startup.complete"})
        else:
            for task in working:
                task.cancel()
            for stream in list(hub.streams):
                stream.end()
            await send({"type": "lifespan.shutdown.complete"})
            return


async def _say(send: Send, status: int, told: dict[str, object], more: Headers | None = None) -> None:
    body = json.dumps(told).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode()), ANYBODY]
    await send({"type": "http.response.start", "status": status, "headers": headers + (more or [])})
    await send({"type": "http.response.body", "body": body})


async def _stream(scope: Scope, receive: Receive, send: Send) -> None:
    given = parse_qs(scope["query_string"].decode("ascii", "replace"))
    headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
    topics, address = topics_of(given.get("feed", [""])[0]), address_of(scope, headers)
    if not topics:
        await _say(send, 403, {"code": "live.unknown_feed"})
        return
    if not hub.has_room(address):
        await _say(send, 429, {"code": "live.too_many_streams"}, [(b"retry-after", b"60")])
        return
    stream = Stream(topics, address)
    hub.add(stream)
    ending = asyncio.create_task(_end_with(receive, stream))
    try:
        await send({"type": "http.response.start", "status": 200, "headers": EVENTS})
        after = number_of(headers.get("last-event-id", "")) or number_of(given.get("after", [""])[0])
        begin = b"".join([f"retry: {AGAIN_MS}\n\n".encode(), *await hub.missed(topics, after)])
        await send({"type": "http.response.body", "body": begin, "more_body": True})
        while (piece := await stream.waiting.get()) is not None:
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        with suppress(OSError, RuntimeError):
            await send({"type": "http.response.body", "body": b""})
    finally:
        ending.cancel()
        hub.remove(stream)


async def _end_with(receive: Receive, stream: Stream) -> None:
    """The page is gone: end its stream."""
    while (await receive())["type"] != "http.disconnect":
        pass
    stream.end()


def address_of(scope: Scope, headers: dict[str, str]) -> str:
    """Who asks; behind a proxy of ours, whom it names last."""
    direct = str((scope.get("client") or ("",))[0])
    if direct in settings.DEMEU_PORTAL_LIVE_BEHIND:
        return headers.get("x-forwarded-for", direct).rpartition(",")[2].strip() or direct
    return direct
