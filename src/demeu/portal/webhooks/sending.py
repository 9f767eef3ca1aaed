"""One signed POST to an endpoint. It connects only to the very address that was checked, and follows nowhere."""

import socket
import time
from dataclasses import dataclass

import httpx

from demeu.kernel import clock
from demeu.portal.webhooks.rules import reachable, signature

ANSWER_S_MAX, CONNECT_S_MAX = 10.0, 5.0
AGENT = "Demeu-Webhooks/1"


@dataclass(frozen=True)
class Outcome:
    """What came of an attempt: `delivered`, `answered_no`, `timed_out`, `unreachable` or `inside` (not tried)."""

    word: str
    status: int | None
    took_ms: int


def send(*, url: str, secret: str, message_id: str, body: bytes, private: bool) -> Outcome:
    """Post a message; any 2xx within ten seconds is a yes."""
    began = time.monotonic()
    word, status = _sent(url, secret, message_id, body, private)
    return Outcome(word, status, round((time.monotonic() - began) * 1000))


def _sent(url: str, secret: str, message_id: str, body: bytes, private: bool) -> tuple[str, int | None]:
    address = httpx.URL(url)
    try:
        found = reachable(addresses_of(address.host, address.port or 443), private=private)
    except OSError:
        return "unreachable", None
    if not found:
        return "inside", None
    at_s = int(clock.now().timestamp())
    headers = {
        "Host": address.netloc.decode(),
        "Content-Type": "application/json",
        "User-Agent": AGENT,
        "webhook-id": message_id,
        "webhook-timestamp": str(at_s),
        "webhook-signature": signature(secret, message_id, at_s, body),
    }
    try:
        status = _posted(address.copy_with(host=found[0]), headers, body, address.host)
    except httpx.TimeoutException:
        return "timed_out", None
    except (httpx.HTTPError, ValueError):
        return "unreachable", None
    return ("delivered" if 200 <= status < 300 else "answered_no"), status


def addresses_of(host: str, port: int) -> list[str]:
    """Every address that a name stands for now. Raises OSError for a name that stands for none."""
    found = socket.getaddrinfo(host, port, proto=socket.IPPROTO_TCP)
    return list(dict.fromkeys(str(one[4][0]).partition("%")[0] for one in found))


def _posted(address: httpx.URL, headers: dict[str, str], body: bytes, name: str) -> int:
    """The status; the certificate must be of the name, and nothing of the answer's content is read."""
    limits = httpx.Timeout(ANSWER_S_MAX, connect=CONNECT_S_MAX)
    with (
        httpx.Client(timeout=limits, trust_env=False, follow_redirects=False) as client,
        client.stream("POST", address, content=body, headers=headers, extensions={"sni_hostname": name}) as answer,
    ):
        return answer.status_code
