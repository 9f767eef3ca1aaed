"""Making endpoints, telling news, noting attempts, sending anew. Keyword-only, one transaction each."""

import json
import random
from collections.abc import Collection, Mapping
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from demeu.contracts.words import Role
from demeu.kernel import clock, sealing
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict
from demeu.kernel.ids import new_id
from demeu.portal.accounts.rules import Actor, need_role
from demeu.portal.webhooks.models import Attempt, Delivery, Endpoint, Message
from demeu.portal.webhooks.queries import delivery_of, endpoint_of, endpoints_of
from demeu.portal.webhooks.rules import ENDPOINTS_MAX, GONE, Kind, checked_kinds, checked_url, new_secret, wait_s

MAKERS = (Role.COMPANY_ADMIN, Role.NGO_ADMIN)
DELIVERED = "delivered"


@transaction.atomic
def make_endpoint(
    *, team: UUID, organization: str, url: str, kinds: Collection[str], test: bool, actor: Actor
) -> tuple[Endpoint, str]:
    """An address to tell news to, and its secret, which is told this once.

    Refuses `webhook.url`, `webhook.kinds`, `webhook.too_many`.
    """
    need_role(actor, *MAKERS)
    address, wanted = checked_url(url, private=settings.DEMEU_PORTAL_WEBHOOKS_PRIVATE), checked_kinds(kinds)
    if endpoints_of(team).count() >= ENDPOINTS_MAX:
        raise conflict("webhook.too_many", most=ENDPOINTS_MAX)
    secret = new_secret()
    assert actor.person is not None
    row = Endpoint.objects.create(
        id=new_id(), team=team, organization=organization, url=address, kinds=wanted, test=test,
        sealed_secret=sealing.seal(settings.DEMEU_KEYS, "portal", secret), made_by=actor.person, made_at=clock.now(),
    )  # fmt: skip
    record(actor=actor.name, action="webhook.make", subject=f"webhook:{row.id}", kinds=wanted, test=test)
    return row, secret


@transaction.atomic
def new_endpoint_secret(*, endpoint: UUID, team: UUID, actor: Actor) -> str:
    """Another secret; the one before signs nothing any more."""
    need_role(actor, *MAKERS)
    row, secret = endpoint_of(endpoint, team), new_secret()
    Endpoint.objects.filter(id=row.id).update(sealed_secret=sealing.seal(settings.DEMEU_KEYS, "portal", secret))
    record(actor=actor.name, action="webhook.secret", subject=f"webhook:{row.id}")
    return secret


@transaction.atomic
def set_endpoint_state(*, endpoint: UUID, team: UUID, state: str, actor: Actor) -> None:
    """Switch an endpoint `on` or `off`, or remove it; what waits for it is cancelled unless it is on."""
    need_role(actor, *MAKERS)
    row = endpoint_of(endpoint, team)
    Endpoint.objects.filter(id=row.id).update(state=state, disabled_at=None)
    if state != "on":
        Delivery.objects.filter(endpoint=row, state="waiting").update(state="cancelled", next_at=None)
    record(actor=actor.name, action=f"webhook.{state}", subject=f"webhook:{row.id}")


@transaction.atomic
def tell(*, kind: Kind, facts: Mapping[str, object], once: str, team: UUID | None = None, test: bool = False) -> None:
    """Write news down once and queue it for every endpoint that wants it; `team`: only for that team's endpoints."""
    wanting = Endpoint.objects.filter(state="on", kinds__contains=[str(kind)])
    if team is not None:
        wanting = wanting.filter(team=team, test=test)
    endpoints = list(wanting)
    if endpoints and not Message.objects.filter(once=once).exists():
        message = _message(kind, facts, once)
        for endpoint in endpoints:
            _queue(endpoint, message)


@transaction.atomic
def send_test(*, endpoint: UUID, team: UUID, actor: Actor) -> None:
    """A message that only says that it is a trial; it goes to an endpoint that is switched off too."""
    need_role(actor, *MAKERS)
    row = endpoint_of(endpoint, team)
    message = _message(Kind.TEST, {"endpoint": str(row.id)}, f"test-{new_id()}")
    _queue(row, message)


def _message(kind: Kind, facts: Mapping[str, object], once: str) -> Message:
    moment = clock.now()
    told = {"type": str(kind), "timestamp": moment.isoformat(timespec="seconds"), "data": dict(facts)}
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":"))
    return Message.objects.create(id=new_id(), kind=str(kind), body=body, once=once, at=moment)


def _queue(endpoint: Endpoint, message: Message) -> None:
    from demeu.portal.webhooks.tasks import deliver

    row = Delivery.objects.create(
        id=new_id(), endpoint=endpoint, message=message, next_at=message.at, created_at=message.at
    )
    deliver.defer(delivery=str(row.id), series=row.series, attempt=0)


@transaction.atomic
def send_again(*, delivery: UUID, team: UUID, actor: Actor) -> None:
    """The same message under the same id once more, with ten attempts of its own."""
    from demeu.portal.webhooks.tasks import deliver

    need_role(actor, *MAKERS)
    row = delivery_of(delivery, team)
    Delivery.objects.filter(id=row.id).update(state="waiting", series=F("series") + 1, tries=0, next_at=clock.now())
    deliver.defer(delivery=str(row.id), series=row.series + 1, attempt=0)
    record(actor=actor.name, action="webhook.send_again", subject=f"webhook:{row.endpoint_id}", delivery=row.id)


@transaction.atomic
def note_attempt(*, delivery: UUID, series: int, attempt: int, status: int | None, outcome: str, took_ms: int) -> None:
    """Keep what came of an attempt and plan the next; after the last one the endpoint is switched off and told."""
    row = Delivery.objects.select_for_update().get(id=delivery)
    Attempt.objects.create(delivery=row, at=clock.now(), status=status, outcome=outcome, took_ms=took_ms)
    if row.state != "waiting" or row.series != series or row.tries > attempt:
        return
    row.tries = attempt + 1
    if outcome == DELIVERED:
        row.state, row.next_at = "delivered", None
    else:
        _plan(row, status)
    row.save(update_fields=["state", "tries", "next_at"])


def _plan(row: Delivery, status: int | None) -> None:
    from demeu.portal.webhooks.tasks import deliver

    delay_s = None if status == GONE else wait_s(row.tries, random.random())  # noqa: S311 - spreads the load only
    if delay_s is None:
        row.state, row.next_at = "exhausted", None
        _disable(row.endpoint_id)
        return
    row.next_at = clock.now() + timedelta(seconds=delay_s)
    deliver.defer(delivery=str(row.id), series=row.series, attempt=row.tries, delay_s=delay_s)


def _disable(endpoint: UUID) -> None:
    """Switch an endpoint off and have its maker told; what else waits for it is cancelled, to be sent anew by hand."""
    from demeu.portal.webhooks.tasks import tell_disabled

    moment = clock.now()
    if Endpoint.objects.filter(id=endpoint, state="on").update(state="disabled", disabled_at=moment):
        Delivery.objects.filter(endpoint=endpoint, state="waiting").update(state="cancelled", next_at=None)
        record(actor="role:portal", action="webhook.disabled", subject=f"webhook:{endpoint}")
        tell_disabled.defer(endpoint=str(endpoint), at=moment.isoformat())
