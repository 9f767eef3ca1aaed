"""The act of delivery of a paid item, and the family's confirmation: only then is money delivered."""

from uuid import UUID

from django.db import transaction

from demeu.contracts import treasury as contract
from demeu.kernel import audit, clock
from demeu.kernel.errors import conflict, not_found
from demeu.kernel.events import announce
from demeu.treasury.allocation.telling import announce_cases
from demeu.treasury.donations.locks import lock_funding
from demeu.treasury.ledger.actions import post_transfer
from demeu.treasury.ledger.queries import lots
from demeu.treasury.ledger.rules import Account, Kind, Leg, Lot, LotBalance, moved, step_id
from demeu.treasury.payouts.models import Delivery
from demeu.treasury.proofs.actions import append_step
from demeu.treasury.proofs.rules import Step


@transaction.atomic
def record_delivery(*, asked: contract.DeliveryRecord, actor: str) -> None:
    """Keep the act of a paid item. The same act again changes nothing.

    Raises `delivery.not_paid`, `delivery.act_differs`.
    """
    lock_funding()
    known = Delivery.objects.filter(item=asked.item).first()
    if known is not None:
        if (known.case, known.act_document, known.act_sha256) != (asked.case, asked.act_document, asked.act_sha256):
            raise conflict("delivery.act_differs", item=str(asked.item))
        return
    paid = _paid(asked.case, asked.item)
    if not paid:
        raise conflict("delivery.not_paid", item=str(asked.item))
    Delivery.objects.create(
        item=asked.item,
        case=asked.case,
        act_document=asked.act_document,
        act_sha256=asked.act_sha256,
        recorded_at=clock.now(),
    )
    append_step(
        leaf=step_id(asked.item, "act"),
        step=Step.DELIVERED,
        lot=Lot(case=asked.case, item=asked.item),
        amount_tiyn=sum(balance.amount_tiyn for balance in paid),
        facts={"act_sha256": asked.act_sha256},
    )
    audit.record(actor=actor, action="delivery.record", subject=f"item:{asked.item}", act=asked.act_document)


@transaction.atomic
def confirm_delivery(*, asked: contract.DeliveryConfirm, actor: str) -> None:
    """The family has the item: paid money becomes delivered. A repeat changes nothing.

    Raises `delivery.no_act`.
    """
    lock_funding()
    row = Delivery.objects.select_for_update().filter(item=asked.item, case=asked.case).first()
    if row is None:
        raise not_found("delivery.no_act", item=str(asked.item))
    if row.confirmed_at is not None:
        return
    paid = _paid(asked.case, asked.item)
    transfer = step_id(asked.item, "deliver")
    post_transfer(transfer=transfer, kind=Kind.DELIVER, legs=_legs(paid), reason={"by": asked.by})
    row.confirmed_at, row.confirmed_by = clock.now(), asked.by
    row.save(update_fields=["confirmed_at", "confirmed_by"])
    append_step(
        leaf=transfer,
        step=Step.CONFIRMED,
        lot=Lot(case=asked.case, item=asked.item),
        amount_tiyn=sum(balance.amount_tiyn for balance in paid),
        facts={"by": asked.by, "transfer": str(transfer)},
    )
    audit.record(actor=actor, action="delivery.confirm", subject=f"item:{asked.item}", by=asked.by)
    announce(contract.DeliveryConfirmed(case=asked.case, item=asked.item))
    announce_cases(cases=[asked.case])


def _paid(case: UUID, item: UUID) -> list[LotBalance]:
    return lots(cases=[case], items=[item], accounts=[Account.PAID])


def _legs(paid: list[LotBalance]) -> list[Leg]:
    legs: list[Leg] = []
    for balance in paid:
        legs += moved(balance.amount_tiyn, out_of=Account.PAID, into=Account.DELIVERED, lot=balance.lot)
    return legs
