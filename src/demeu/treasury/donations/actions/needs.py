"""Declaring and closing needs, and noting what was allocated to their items."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.db.models import F

from demeu.contracts.treasury import NeedClose, NeedDeclare
from demeu.kernel import audit, clock
from demeu.kernel.errors import conflict, not_found
from demeu.treasury.donations.locks import lock_funding
from demeu.treasury.donations.models import Need, NeedItem
from demeu.treasury.donations.rules import redeclared_tiyn


@transaction.atomic
def declare_need(*, need: NeedDeclare, actor: str) -> None:
    """A case may receive money for its items; again, it replaces what is still unfunded.

    Raises `need.item_of_other_case`.
    """
    lock_funding()
    row, _ = Need.objects.update_or_create(
        case=need.case,
        defaults={
            "group": need.group.value,
            "region_kato": need.region_kato,
            "urgency": need.urgency.value,
            "opened_at": need.opened_at,
            "curator": need.curator,
            "closed_reason": "",
            "declared_at": clock.now(),
        },
    )
    _write_items(row, need)
    audit.record(actor=actor, action="need.declare", subject=f"case:{need.case}", items=len(need.items))


@transaction.atomic
def close_need(*, close: NeedClose, actor: str) -> bool:
    """The case takes no more money; False when it was closed already. Raises `need.unknown`."""
    lock_funding()
    row = Need.objects.filter(case=close.case).first()
    if row is None:
        raise not_found("need.unknown", case=str(close.case))
    if row.closed_reason:
        return False
    row.closed_reason = close.reason
    row.save(update_fields=["closed_reason"])
    audit.record(actor=actor, action="need.close", subject=f"case:{close.case}", reason=close.reason)
    return True


def note_funding(*, changes_tiyn: Mapping[UUID, int]) -> None:
    """Add to (or take from) what items have got; the database refuses more than an item's amount.

    Call under `lock_funding`, in the transaction of the ledger's transfer.
    """
    for item, change_tiyn in changes_tiyn.items():
        NeedItem.objects.filter(item=item).update(funded_tiyn=F("funded_tiyn") + change_tiyn)


def _write_items(row: Need, need: NeedDeclare) -> None:
    kept = {item.item: item for item in NeedItem.objects.filter(item__in=[asked.item for asked in need.items])}
    if any(item.need_id != need.case for item in kept.values()):
        raise conflict("need.item_of_other_case", case=str(need.case))
    for position, asked in enumerate(need.items):
        funded = kept[asked.item].funded_tiyn if asked.item in kept else 0
        amount = redeclared_tiyn(asked_tiyn=asked.amount_tiyn, funded_tiyn=funded)
        NeedItem.objects.update_or_create(
            item=asked.item, defaults={"need": row, "position": position, "amount_tiyn": amount, "dropped": False}
        )
    gone = NeedItem.objects.filter(need=row).exclude(item__in=[asked.item for asked in need.items])
    gone.update(dropped=True)
