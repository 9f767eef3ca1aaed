"""Timing: a function called many times, and a page asked for by several clients at once."""

import http.client
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

CLIENTS = 4
PAGE_S = 5.0
ASKED_ONE_BY_ONE = 60
WARM_UP = 10


@dataclass(frozen=True)
class Paged:
    """How one page was served: times of single requests in seconds, and requests a second with all clients."""

    p50_s: float
    p95_s: float
    per_s: float


def seconds_each(work: Callable[[], object], *, at_most_s: float = 3.0, times_max: int = 2000) -> list[float]:
    """Seconds of each call, after a few that do not count."""
    for _ in range(2):
        work()
    taken: list[float] = []
    end = time.perf_counter() + at_most_s
    while len(taken) < times_max and (len(taken) < 3 or time.perf_counter() < end):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return taken


def per_s(work: Callable[[], object], *, for_s: float) -> float:
    """Calls a second by this process over `for_s` seconds, after one that does not count."""
    work()
    began, done = time.perf_counter(), 0
    while time.perf_counter() - began < for_s:
        work()
        done += 1
    return done / (time.perf_counter() - began)


def median_s(work: Callable[[], object], *, at_most_s: float = 3.0) -> float:
    """The median of those."""
    return statistics.median(seconds_each(work, at_most_s=at_most_s))


def ninety_fifth(values: Sequence[float]) -> float:
    """The value that 95 of 100 do not exceed."""
    return sorted(values)[min(len(values) - 1, round(len(values) * 0.95))]


def page(address: str) -> Paged:
    """Asks for a page one by one, then by several clients for some seconds."""
    with Client(address) as client:
        for _ in range(WARM_UP):
            client.ask()
        single = seconds_each(client.ask, at_most_s=PAGE_S, times_max=ASKED_ONE_BY_ONE)
    return Paged(statistics.median(single), ninety_fifth(single), requests_per_s(address))


def requests_per_s(address: str) -> float:
    """Requests a second that `CLIENTS` clients with kept connections get served together."""
    counts = [0] * CLIENTS
    end = time.perf_counter() + PAGE_S

    def ask_on(number: int) -> None:
        with Client(address) as client:
            while time.perf_counter() < end:
                client.ask()
                counts[number] += 1

    began = time.perf_counter()
    threads = [threading.Thread(target=ask_on, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / (time.perf_counter() - began)


class Client:
    """One kept connection to one address; anything but 200 stops the benchmark."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self.path = parts.path + (f"?{parts.query}" if parts.query else "")
        self.connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=30)

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.close()

    def ask(self) -> None:
        """One request, read to its end."""
        self.connection.request("GET", self.path)
        answer = self.connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{self.path} answered {answer.status}")
