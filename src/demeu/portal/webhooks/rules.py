"""Signature, schedule and addresses of webhooks. Pure.

Format and schedule: Standard Webhooks 1.0 (standardwebhooks.com): at once, then after 5 s, 5 min, 30 min, 2, 5, 10, 14,
20 and 24 hours; ten attempts over 75 hours.
"""

import base64
import hashlib
import hmac
import ipaddress
import secrets
from collections.abc import Collection, Iterable
from enum import StrEnum
from urllib.parse import urlsplit

from demeu.kernel.errors import invalid

MINUTE_S, HOUR_S = 60, 3600
WAITS_S = (
    0, 5, 5 * MINUTE_S, 30 * MINUTE_S, 2 * HOUR_S, 5 * HOUR_S, 10 * HOUR_S, 14 * HOUR_S, 20 * HOUR_S, 24 * HOUR_S,
)  # fmt: skip
ATTEMPTS_MAX = len(WAITS_S)
JITTER = 0.1
SECRET_PREFIX, SECRET_BYTES = "whsec_", 32
URL_LENGTH_MAX = 300
ENDPOINTS_MAX = 10
GONE = 410
PORTS = frozenset({None, 443, 8443})


class Kind(StrEnum):
    """What is told."""

    CASE_PUBLISHED = "case.published"
    CASE_FUNDED = "case.funded"
    CASE_COMPLETED = "case.completed"
    CASE_CLOSED = "case.closed"
    ITEM_CHANGED = "item.changed"
    GIFT_RECEIVED = "gift.received"
    GIFT_FAILED = "gift.failed"
    GIFT_RETURNED = "gift.returned"
    TEST = "endpoint.test"


OFFERED = tuple(kind for kind in Kind if kind is not Kind.TEST)
CASE_KINDS = {
    "published": Kind.CASE_PUBLISHED,
    "funded": Kind.CASE_FUNDED,
    "completed": Kind.CASE_COMPLETED,
    "suspended": Kind.CASE_CLOSED,
    "withdrawn": Kind.CASE_CLOSED,
    "expired": Kind.CASE_CLOSED,
}


def new_secret() -> str:
    """A fresh secret, 256 bits."""
    return SECRET_PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def signature(secret: str, message_id: str, at_s: int, body: bytes) -> str:
    """`v1,` and the HMAC-SHA-256 of `<id>.<seconds>.<body>` in base64."""
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    told = hmac.new(key, f"{message_id}.{at_s}.".encode() + body, hashlib.sha256).digest()
    return f"v1,{base64.b64encode(told).decode()}"


def wait_s(attempt: int, chance: float) -> int | None:
    """Seconds before an attempt (counted from 0), up to a tenth longer by `chance` 0–1; None when there is no more."""
    if attempt >= ATTEMPTS_MAX:
        return None
    return int(WAITS_S[attempt] * (1 + JITTER * chance))


def checked_url(text: str, *, private: bool) -> str:
    """An address that may be told things: https, a name or a public address, no account in it.

    Refuses `webhook.url`. `private` also takes plain http and any port: for tests and for one's own machine.
    """
    try:
        parts = urlsplit(text.strip())
        port = parts.port
    except ValueError:
        raise invalid("webhook.url") from None
    named = parts.hostname and not parts.username and not parts.password and not parts.fragment
    schemes = ("https", "http") if private else ("https",)
    clean = text.isascii() and text.isprintable() and " " not in text and len(text) <= URL_LENGTH_MAX
    if not named or parts.scheme not in schemes or not clean or not (private or port in PORTS):
        raise invalid("webhook.url", most=URL_LENGTH_MAX)
    return text.strip()


def is_public(address: str) -> bool:
    """Whether an IP address is somewhere in the open Internet, also through addresses that stand for another one."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or _translated(found)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast


def _translated(found: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """The IPv4 address inside 64:ff9b::/96 (RFC 6052)."""
    if found in ipaddress.ip_network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
    return None


def reachable(addresses: Iterable[str], *, private: bool) -> list[str]:
    """The addresses to connect to: all of them must be public, for a name that leads inside once leads inside."""
    found = list(addresses)
    return found if private or (found and all(map(is_public, found))) else []


def checked_kinds(kinds: Collection[str]) -> list[str]:
    """What an endpoint wants to hear: `webhook.kinds`."""
    if not kinds or not set(kinds) <= {str(kind) for kind in OFFERED}:
        raise invalid("webhook.kinds")
    return sorted(set(kinds))
