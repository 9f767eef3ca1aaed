"""Noting papers of payouts and deliveries. Keyword-only. Money moves in treasury only."""

from uuid import UUID

from django.db import transaction

from demeu.contracts import treasury
from demeu.contracts.words import Purpose
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.calling import ask
from demeu.kernel.errors import conflict, forbidden, not_found
from demeu.portal.accounts.rules import Actor
from demeu.portal.cases.actions import note_update
from demeu.portal.cases.queries import case as case_by_id
from demeu.portal.payments.models import DeliveryAct, DeliveryProblem, InvoicePaper
from demeu.portal.wishes.actions import advance_item
from demeu.portal.wishes.queries import item_of
from demeu.portal.wishes.states import ItemState


@transaction.atomic
def note_invoice(*, payout: UUID, document: UUID, by: str) -> None:
    """Remember which document is the invoice of a payout; the first one stays."""
    _, made = InvoicePaper.objects.get_or_create(
        payout=payout, defaults={"document": document, "by": by, "at": clock.now()}
    )
    if made:
        record(actor=by, action="payout.invoice", subject=f"payout:{payout}", document=document)


@transaction.atomic
def note_delivery(*, case: UUID, item: UUID, document: UUID, sha256: str, photo: UUID | None, by: str) -> None:
    """The act is kept and logged: the item is delivered, and the family is asked. Noted again, nothing changes."""
    from demeu.portal.payments.tasks import ask_family

    _, made = DeliveryAct.objects.get_or_create(
        item=item,
        defaults={
            "case": case,
            "document": document,
            "sha256": sha256,
            "photo": photo,
            "by": by,
            "at": clock.now(),
        },
    )
    if not made:
        return
    if advance_item(item=item, to=ItemState.DELIVERED, by=by):
        note_update(case=case, code="item_delivered", item=item)
    record(actor=by, action="delivery.act", subject=f"item:{item}", document=document, sha256=sha256)
    ask_family.defer(case=str(case), item=str(item))


@transaction.atomic
def note_problem(*, message: UUID, case: UUID, item: UUID, by: str) -> bool:
    """The family says that the item did not come; False when this reply is known."""
    _, made = DeliveryProblem.objects.get_or_create(
        message=message, defaults={"case": case, "item": item, "at": clock.now()}
    )
    if made:
        record(actor=by, action="delivery.problem", subject=f"item:{item}", case=case)
    return made


@transaction.atomic
def close_problem(*, message: UUID, answer: str, by: str) -> None:
    """Somebody has seen to it. Refuses `delivery.no_problem`."""
    row = DeliveryProblem.objects.select_for_update().filter(message=message, closed_at__isnull=True).first()
    if row is None:
        raise not_found("delivery.no_problem")
    row.closed_at, row.closed_by, row.answer = clock.now(), by, answer
    row.save()
    record(actor=by, action="delivery.problem_closed", subject=f"item:{row.item}", answer=answer)


def confirm_by_tap(*, case: UUID, item: UUID, actor: Actor) -> None:
    """The applicant presses «we received it». The item's state follows by the news that treasury sends.

    Refuses `case.unknown`, `wish.unknown`, `delivery.not_yours`, `delivery.not_delivered`.
    """
    row, thing = case_by_id(case), item_of(item)
    if actor.person is None or row.person != actor.person or thing.case != case:
        raise forbidden("delivery.not_yours")
    if thing.state == ItemState.CONFIRMED:
        return
    if thing.state != ItemState.DELIVERED:
        raise conflict("delivery.not_delivered")
    body = treasury.DeliveryConfirm(case=case, item=item, by="tap")
    ask(
        "treasury",
        treasury.DELIVERY_CONFIRM,
        body,
        actor=actor.name,
        purpose=Purpose.DELIVERY,
        idempotency_key=f"confirm-tap-{item}",
    )
    record(actor=actor.name, action="delivery.tap", subject=f"item:{item}", case=case)
