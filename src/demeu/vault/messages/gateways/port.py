"""The port that every gateway serves, and the choice among those configured.

A gateway that failed three times in a row is left alone for a minute, unless every other one failed as well.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import import_module
from typing import Protocol, cast

import httpx
from django.conf import settings

from demeu.kernel.errors import Kind, Refusal, unavailable
from demeu.kernel.logs import logger

log = logger(__name__)

TIME_LIMIT_S = 6.0
CONNECT_S_MAX = 3.0
FAILURES_MAX = 3
LEFT_ALONE_S = 60.0


class Receipt(StrEnum):
    """What a gateway knows of a message it took."""

    UNDER_WAY = "under_way"
    DELIVERED = "delivered"
    FAILED = "failed"


@dataclass(frozen=True)
class Sent:
    """A message that a gateway took: whose id this is, and the number it went to (+7…)."""

    provider_id: str
    phone: str


class Gateway(Protocol):
    """What `gateways/<name>/client.py` must offer."""

    def send_sms(self, *, phone: str, text: str) -> str:
        """The gateway's id of the message. Refuses `sms.not_accepted`, `sms.operator_silent`, `sms.wrong_number`."""

    def receipts(self, sent: Sequence[Sent]) -> dict[str, Receipt]:
        """What became of these, by id; one it says nothing of is absent. Refuses as above."""


@dataclass
class _Health:
    failures: int = 0
    again_at: float = 0.0


_health: dict[str, _Health] = {}


@lru_cache(maxsize=1)
def http() -> httpx.Client:
    """Kept open between messages; the certificates are read once."""
    return httpx.Client(
        timeout=httpx.Timeout(TIME_LIMIT_S, connect=CONNECT_S_MAX),
        trust_env=False,
        limits=httpx.Limits(max_connections=16, keepalive_expiry=30),
    )


def gateway(name: str) -> Gateway:
    """The gateway of this folder."""
    return cast(Gateway, import_module(f"demeu.vault.messages.gateways.{name}.client"))


def send_sms(*, phone: str, text: str) -> tuple[str, str]:
    """Hand a text over; (gateway, its id). The last refusal when no gateway takes it.

    `sms.wrong_number` (kind invalid) is final only when nobody else could take the number either.
    """
    refusals: list[Refusal] = []
    for name in _order():
        try:
            provider_id = gateway(name).send_sms(phone=phone, text=text)
        except Refusal as refusal:
            log.warning("sms.gateway_refused", gateway=name, reason=refusal.code)
            _note(name, ok=refusal.kind is not Kind.UNAVAILABLE)
            refusals.append(refusal)
            continue
        _note(name, ok=True)
        return name, provider_id
    passing = [refusal for refusal in refusals if refusal.kind is Kind.UNAVAILABLE]
    raise (passing or refusals or [unavailable("sms.operator_silent")])[-1]


def start_anew() -> None:
    """Forget failures and hang up."""
    _health.clear()
    http().close()
    http.cache_clear()


def _order() -> list[str]:
    """Configured gateways, those left alone last: a message is tried everywhere before it waits."""
    names = [name.strip() for name in settings.DEMEU_VAULT_SMS_GATEWAYS.split(",") if name.strip()]
    moment = time.monotonic()
    return sorted(names, key=lambda name: _health.get(name, _Health()).again_at > moment)


def _note(name: str, *, ok: bool) -> None:
    health = _health.setdefault(name, _Health())
    health.failures = 0 if ok else health.failures + 1
    health.again_at = 0.0 if ok or health.failures < FAILURES_MAX else time.monotonic() + LEFT_ALONE_S
