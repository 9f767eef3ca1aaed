"""Asking another service: signed, with a deadline, an idempotency key, retries where allowed, and a breaker."""

import time
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeVar
from uuid import UUID

import httpx
from django.conf import settings
from pydantic import BaseModel
from tenacity import Retrying, retry_if_exception, stop_after_delay, wait_random_exponential

from demeu.kernel import context, metrics, signing
from demeu.kernel.errors import Kind, Refusal, unavailable
from demeu.kernel.ids import new_id
from demeu.kernel.operations import Operation

Request = TypeVar("Request", bound=BaseModel)
Response = TypeVar("Response", bound=BaseModel)

FAILURES_BEFORE_OPEN = 5
OPEN_S = 3.0
CONNECT_S_MAX = 1.0


@dataclass
class Breaker:
    """After several failures in a row calls fail at once for a while, so that a dead service slows nobody down."""

    failures: int = 0
    closed_again_at: float = field(default=0.0)

    def check(self, service: str) -> None:
        """Refuse at once while open."""
        if self.failures >= FAILURES_BEFORE_OPEN and time.monotonic() < self.closed_again_at:
            raise unavailable("call.service_down", service=service)

    def note(self, *, ok: bool) -> None:
        """Count an outcome."""
        self.failures = 0 if ok else self.failures + 1
        if not ok:
            self.closed_again_at = time.monotonic() + OPEN_S


_breakers: dict[str, Breaker] = {}


@lru_cache(maxsize=1)
def keyring() -> signing.Keyring:
    """This process's keys."""
    return signing.load_keys(settings.DEMEU_KEYS, settings.DEMEU_ROLE)


@lru_cache(maxsize=8)
def _client(service: str) -> httpx.Client:
    limits = httpx.Limits(max_connections=16, max_keepalive_connections=8, keepalive_expiry=20)
    return httpx.Client(base_url=settings.DEMEU_ADDRESSES[service], limits=limits, trust_env=False)


def ask(
    service: str,
    operation: Operation[Request, Response],
    body: Request,
    *,
    actor: str,
    purpose: str,
    idempotency_key: UUID | str | None = None,
    deadline_s: float = 8.0,
) -> Response:
    """The answer of another service.

    Raises the `Refusal` that the other side raised, or `call.service_down` when it gives no answer in time.
    """
    breaker = _breakers.setdefault(service, Breaker())
    breaker.check(service)
    key = str(idempotency_key or new_id())
    content = body.model_dump_json().encode()
    deadline = time.time() + deadline_s
    attempts = Retrying(
        retry=retry_if_exception(lambda error: _may_retry(operation, error)),
        wait=wait_random_exponential(multiplier=0.05, max=0.5),
        stop=stop_after_delay(deadline_s / 2),
        reraise=True,
    )
    with metrics.CALL_SECONDS.labels(service, operation.name).time():
        try:
            answer = attempts(_send, service, operation, content, actor, purpose, key, deadline)
        except httpx.HTTPError:
            breaker.note(ok=False)
            metrics.CALLS.labels(service, operation.name, "down").inc()
            raise unavailable("call.service_down", service=service) from None
    breaker.note(ok=True)
    metrics.CALLS.labels(service, operation.name, str(answer.status_code)).inc()
    if answer.status_code != 200:
        raise _refusal(answer, service)
    return operation.response.model_validate_json(answer.content)


def _may_retry(operation: Operation[Request, Response], error: BaseException) -> bool:
    """A refused connection reached nobody; a lost answer is asked for again only where that has no second effect."""
    if isinstance(error, httpx.ConnectError):
        return True
    return isinstance(error, httpx.TransportError) and (operation.repeatable or operation.keyed)


def _send(
    service: str,
    operation: Operation[Request, Response],
    content: bytes,
    actor: str,
    purpose: str,
    key: str,
    deadline: float,
) -> httpx.Response:
    token = signing.sign_call(
        keyring(),
        audience=service,
        operation=operation.name,
        actor=actor,
        purpose=purpose,
        body=content,
        acting=context.acting(),
    )
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Idempotency-Key": key,
        "Demeu-Deadline": f"{deadline:.3f}",
        "X-Request-Id": context.request_id(),
    }
    left_s = max(0.1, deadline - time.time())
    timeout = httpx.Timeout(left_s, connect=min(CONNECT_S_MAX, left_s))
    return _client(service).post(f"/api/{operation.name}", content=content, headers=headers, timeout=timeout)


def _refusal(answer: httpx.Response, service: str) -> Refusal:
    """The problem (RFC 9457) that the other side gave, as the refusal it was there."""
    try:
        problem = answer.json()
        return Refusal(Kind(problem["kind"]), str(problem["code"]), **problem.get("facts", {}))
    except (ValueError, KeyError, TypeError):
        return unavailable("call.no_answer", service=service, status=answer.status_code)
