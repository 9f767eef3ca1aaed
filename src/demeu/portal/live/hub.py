"""Open streams by topic, and one listener on the portal's database that wakes them. Knows no request and no person.

A change is read once, written once as bytes, and put into the queue of every stream of its topic. A stream that does
not keep up is closed: its page comes back with the id it saw last.
"""

import asyncio
import json
from collections import defaultdict, deque
from collections.abc import Sequence
from typing import Any

import psycopg
from django.conf import settings
from psycopg.rows import TupleRow

from demeu.kernel.logs import logger
from demeu.portal.live.queries import CHANGES_MAX, LATE_S
from demeu.portal.live.rules import CHANNEL, shown_topic

log = logger(__name__)
HEARTBEAT_S = 15.0
AGAIN_S_MAX = 30.0
WAITING_MAX = 100
TOLD_MAX = 2000
SPREAD_EACH = 50
BEAT = b": here\n\n"
NEWER = (
    "SELECT id, topic, sums FROM portal_live_change WHERE id > %(last)s OR id = %(noticed)s ORDER BY id LIMIT %(most)s"
)
MISSED = (
    "SELECT id, topic, sums FROM portal_live_change WHERE topic = ANY(%(topics)s) AND id <> %(after)s"
    " AND (id > %(after)s"
    " OR at > (SELECT at FROM portal_live_change WHERE id = %(after)s) - make_interval(secs => %(late)s))"
    " ORDER BY id DESC LIMIT %(most)s"
)


def event_bytes(change: int, topic: str, sums: dict[str, int] | None) -> bytes:
    """One event as it goes over the line."""
    told = json.dumps({"topic": shown_topic(topic), "sums": sums}, ensure_ascii=False)
    return f"id: {change}\ndata: {told}\n\n".encode()


class Stream:
    """What waits for one open page; `None` in the queue ends it."""

    def __init__(self, topics: Sequence[str], address: str) -> None:
        self.topics = topics
        self.address = address
        self.waiting: asyncio.Queue[bytes | None] = asyncio.Queue()

    def put(self, piece: bytes) -> None:
        """Queue a piece; a stream that is far behind ends instead."""
        if self.waiting.qsize() >= WAITING_MAX:
            self.end()
        else:
            self.waiting.put_nowait(piece)

    def end(self) -> None:
        """Let the page come back later."""
        self.waiting.put_nowait(None)


class Hub:
    """All streams of this process."""

    def __init__(self) -> None:
        self.by_topic: dict[str, set[Stream]] = defaultdict(set)
        self.by_address: dict[str, int] = defaultdict(int)
        self.streams: set[Stream] = set()
        self.last = 0
        self.told: deque[int] = deque(maxlen=TOLD_MAX)
        self.listening = False
        self.reader: psycopg.AsyncConnection[TupleRow] | None = None

    def has_room(self, address: str) -> bool:
        """Whether one more stream may be opened, in all and from this address."""
        within = self.by_address.get(address, 0) < settings.DEMEU_PORTAL_LIVE_PER_ADDRESS
        return within and len(self.streams) < settings.DEMEU_PORTAL_LIVE_STREAMS

    def add(self, stream: Stream) -> None:
        """A page has opened its stream."""
        self.streams.add(stream)
        self.by_address[stream.address] += 1
        for topic in stream.topics:
            self.by_topic[topic].add(stream)

    def remove(self, stream: Stream) -> None:
        """A page is gone."""
        self.streams.discard(stream)
        self.by_address[stream.address] -= 1
        if self.by_address[stream.address] <= 0:
            del self.by_address[stream.address]
        for topic in stream.topics:
            self.by_topic[topic].discard(stream)
            if not self.by_topic[topic]:
                del self.by_topic[topic]

    async def missed(self, topics: Sequence[str], after: int) -> list[bytes]:
        """Events of these topics since an id; the last seconds before it are told again."""
        if not after or after >= self.last or self.reader is None:
            return []
        found = await self.reader.execute(
            MISSED, {"topics": list(topics), "after": after, "late": LATE_S, "most": CHANGES_MAX}
        )
        rows = await found.fetchall()
        return [event_bytes(*row) for row in reversed(rows)]

    async def beat(self) -> None:
        """A comment now and then, so that nobody between takes the silence for an end."""
        while True:
            await asyncio.sleep(HEARTBEAT_S)
            await self._spread(list(self.streams), BEAT)

    async def listen(self) -> None:
        """Hear of changes for ever; when the database is away, again and again with longer pauses."""
        pause_s = 0.5
        while True:
            try:
                await self._hear()
                pause_s = 0.5
            except (psycopg.Error, OSError) as error:
                self.listening = False
                log.warning("live.database_away", reason=type(error).__name__)
                await asyncio.sleep(pause_s)
                pause_s = min(2 * pause_s, AGAIN_S_MAX)

    async def _hear(self) -> None:
        ear = await psycopg.AsyncConnection.connect(database(), autocommit=True)
        self.reader = await psycopg.AsyncConnection.connect(database(), autocommit=True)
        async with ear, self.reader:
            await ear.execute(f"LISTEN {CHANNEL}")
            await self._catch_up(0)
            self.listening = True
            async for notice in ear.notifies():
                if int(notice.payload) not in self.told:
                    await self._catch_up(int(notice.payload))

    async def _catch_up(self, noticed: int) -> None:
        """Tell what is newer than what was told last, and what was noticed: an older id may be committed later."""
        assert self.reader is not None
        if not self.last:
            found = await self.reader.execute("SELECT coalesce(max(id), 0) FROM portal_live_change")
            self.last = int((await found.fetchone() or (0,))[0])
            return
        rows = await (
            await self.reader.execute(NEWER, {"last": self.last, "noticed": noticed, "most": CHANGES_MAX})
        ).fetchall()
        for change, topic, sums in rows:
            if change in self.told:
                continue
            self.told.append(change)
            self.last = max(self.last, int(change))
            await self._spread(list(self.by_topic.get(topic, ())), event_bytes(change, topic, sums))

    async def _spread(self, streams: list[Stream], piece: bytes) -> None:
        """To many streams in portions, so that new ones are accepted meanwhile."""
        for place, stream in enumerate(streams):
            stream.put(piece)
            if place % SPREAD_EACH == SPREAD_EACH - 1:
                await asyncio.sleep(0)


def database() -> str:
    """The address of the portal's database for psycopg."""
    known: dict[str, Any] = settings.DATABASES["default"]
    return psycopg.conninfo.make_conninfo(
        dbname=known["NAME"], user=known["USER"], password=known["PASSWORD"], host=known["HOST"],
        port=str(known["PORT"] or 5432), connect_timeout=5, application_name="demeu-portal-live",
        keepalives_idle=10, tcp_user_timeout=10_000,
    )  # fmt: skip
