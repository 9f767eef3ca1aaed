"""Sending messages, and hearing the news that become messages. Every job may run twice."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from demeu.contracts import vault
from demeu.contracts.words import Purpose
from demeu.kernel import clock, sealing
from demeu.kernel.calling import ask
from demeu.kernel.clock import ALMATY
from demeu.kernel.jobs import task
from demeu.portal.cases.queries import cases_by_id, published_number
from demeu.portal.partners.queries import team_of_gift
from demeu.portal.webhooks import actions
from demeu.portal.webhooks.models import Delivery, Endpoint
from demeu.portal.webhooks.rules import CASE_KINDS, Kind
from demeu.portal.webhooks.sending import send

# Other people's servers may be slow: the platform's own work goes first.
PRIORITY = -5
PUBLIC_ITEM_STATES = ("funded", "ordered", "paid", "delivered", "confirmed")


@task(priority=PRIORITY)
def deliver(*, delivery: str, series: int, attempt: int) -> None:
    """One attempt; an endpoint that was switched off meanwhile is left alone."""
    row = Delivery.objects.select_related("endpoint", "message").filter(id=delivery).first()
    if row is None or row.state != "waiting" or row.series != series or row.tries != attempt:
        return
    outcome = send(
        url=row.endpoint.url,
        secret=sealing.unseal(settings.DEMEU_KEYS, row.endpoint.sealed_secret),
        message_id=f"msg_{row.message_id}",
        body=row.message.body.encode(),
        private=settings.DEMEU_PORTAL_WEBHOOKS_PRIVATE,
    )
    actions.note_attempt(
        delivery=row.id,
        series=series,
        attempt=attempt,
        status=outcome.status,
        outcome=outcome.word,
        took_ms=outcome.took_ms,
    )


@task(attempts=500, wait_s_max=30)
def tell_disabled(*, endpoint: str, at: str) -> None:
    """The one who made an endpoint hears that we switched it off."""
    row = Endpoint.objects.get(id=endpoint)
    day = f"{datetime.fromisoformat(at).astimezone(ALMATY):%d.%m.%Y}"
    once = f"webhook-off-{endpoint}-{at}"
    body = vault.MessageDeliver(person=row.made_by, template="webhook_off", facts={"day": day}, once=once)
    ask("vault", vault.MESSAGE_DELIVER, body, actor="role:portal", purpose=Purpose.NOTICE, idempotency_key=once[:80])


@task()
def case_changed(*, case: str, state: str) -> None:
    """`case.changed`: programs hear of what has become public, and of what is so no more."""
    kind, number = CASE_KINDS.get(state), published_number(UUID(case))
    if kind is None or number is None:
        return
    url = f"{settings.DEMEU_PORTAL_PUBLIC_URL}/cases/{number}/"
    facts = {"number": number} if kind is Kind.CASE_CLOSED else {"number": number, "stage": state, "url": url}
    actions.tell(kind=kind, facts=facts, once=f"case-{case}-{state}-{clock.today()}")


@task()
def item_changed(*, case: str, item: str, state: str) -> None:
    """`item.changed`: only of cases that are public, only states that their page shows."""
    row = cases_by_id([UUID(case)]).get(UUID(case))
    if row is not None and state in PUBLIC_ITEM_STATES:
        facts = {"case": row.number, "item": item, "stage": state}
        actions.tell(kind=Kind.ITEM_CHANGED, facts=facts, once=f"item-{item}-{state}")


@task()
def gift_received(*, gift: str, amount_tiyn: int, target_kind: str, case: str | None, donor: str | None) -> None:
    """`gift.received`"""
    _tell_team(Kind.GIFT_RECEIVED, gift, "received", amount_tiyn)


@task()
def gift_failed(*, gift: str, state: str) -> None:
    """`gift.failed`"""
    _tell_team(Kind.GIFT_FAILED, gift, state, 0)


@task()
def gift_returned(*, gift: str, amount_tiyn: int, state: str) -> None:
    """`gift.returned`: all of it or, while it is still received, a part."""
    _tell_team(Kind.GIFT_RETURNED, gift, state, amount_tiyn)


def _tell_team(kind: Kind, gift: str, state: str, amount_tiyn: int) -> None:
    """Only the team whose program began the gift hears of it."""
    made = team_of_gift(UUID(gift))
    if made is None:
        return
    test = made.kind == "test"
    facts = {"gift": gift, "state": state, "amount_tiyn": amount_tiyn, "reference": made.reference, "test": test}
    actions.tell(kind=kind, facts=facts, once=f"{kind}-{gift}-{state}-{amount_tiyn}", team=made.team, test=test)
