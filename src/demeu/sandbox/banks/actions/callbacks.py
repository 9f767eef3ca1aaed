"""Telling the merchant how a payment ended, truly or as misbehaviour was asked for.

Never sends inside the transaction: it queues; ``tasks.deliver_callback`` posts.
"""

from dataclasses import dataclass

from django.db import transaction

from demeu.kernel import clock
from demeu.sandbox.banks.letters import letter_of
from demeu.sandbox.banks.models import Callback, CallbackPlan, Order
from demeu.sandbox.banks.rules.epay_states import Status

SHUFFLE_GAP_S = 1


@dataclass(frozen=True)
class Plan:
    """Misbehaviour of one invoice's callback."""

    repeat: int = 0
    forge_amount_tiyn: int | None = None
    delay_s: int = 0
    drop: bool = False
    shuffle: bool = False


@transaction.atomic
def plan_or_send(*, invoice_id: str, plan: Plan) -> tuple[bool, int]:
    """Remember the plan for an invoice not yet paid, else act on it now: (planned, notices queued)."""
    order = Order.objects.select_for_update().filter(invoice_id=invoice_id).first()
    if order is None or order.status == Status.NEW:
        CallbackPlan.objects.update_or_create(invoice_id=invoice_id, defaults=vars(plan))
        return True, 0
    return False, _queue_extras(order, plan)


def announce_outcome(*, order: Order, told: bool = False) -> None:
    """Queue the notice of a payment that has just ended (unless it was `told`), by the plan if there is one."""
    stored = CallbackPlan.objects.filter(invoice_id=order.invoice_id).first()
    plan = (
        Plan(
            repeat=stored.repeat,
            forge_amount_tiyn=stored.forge_amount_tiyn,
            delay_s=stored.delay_s,
            drop=stored.drop,
            shuffle=stored.shuffle,
        )
        if stored
        else Plan()
    )
    if not (plan.drop or told):
        _queue(order, "true", delay_s=plan.delay_s)
    _queue_extras(order, plan)


@transaction.atomic
def note_attempt(*, callback: Callback, status_code: int) -> None:
    """Remember how the merchant answered (0 = not at all)."""
    callback.attempts += 1
    callback.status_code = status_code
    if 200 <= status_code < 300:
        callback.delivered_at = clock.now()
    callback.save()


def _queue_extras(order: Order, plan: Plan) -> int:
    queued = 0
    if plan.forge_amount_tiyn is not None:
        queued += _queue(order, "forged", delay_s=plan.delay_s, amount_tiyn=plan.forge_amount_tiyn)
    for _ in range(plan.repeat):
        queued += _queue(order, "repeat", delay_s=plan.delay_s)
    if plan.shuffle:
        queued += _queue(order, "stale", delay_s=plan.delay_s + SHUFFLE_GAP_S, failed=True)
    return queued


def _queue(order: Order, kind: str, *, delay_s: int, amount_tiyn: int | None = None, failed: bool = False) -> int:
    from demeu.sandbox.banks.tasks import deliver_callback

    failed = failed or order.status == Status.FAILED
    url = order.failure_post_link if failed else order.post_link
    if not url:
        return 0
    told = order.amount_tiyn if amount_tiyn is None else amount_tiyn
    letter = letter_of(order, failed=failed, amount_tiyn=told, kind=kind)
    callback = Callback.objects.create(
        order=order, kind=kind, url=letter.url or url, body=letter.body, headers=letter.headers
    )
    deliver_callback.defer(delay_s=delay_s, callback=callback.pk)
    return 1
