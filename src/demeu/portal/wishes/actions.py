"""Forming and changing wish lists. Keyword-only, one transaction each."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from demeu.contracts.portal import ItemChanged
from demeu.contracts.vault import NeedFact
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import not_found
from demeu.kernel.events import announce
from demeu.kernel.ids import new_id
from demeu.portal.cases.queries import states_of_case
from demeu.portal.cases.rules import moved
from demeu.portal.entitlements.queries import services
from demeu.portal.entitlements.rules import Cover, entitlements
from demeu.portal.wishes.models import Item
from demeu.portal.wishes.prices import price_list
from demeu.portal.wishes.queries import others_sum_tiyn
from demeu.portal.wishes.rules import check_case_sum, check_edit, check_editable, check_list_open, proposed
from demeu.portal.wishes.states import ITEM_MOVES, ItemState


@transaction.atomic
def form_wish_list(*, case: UUID, needs: Sequence[NeedFact], by: str) -> int:
    """Propose items from facts, once per case; the number of items."""
    if Item.objects.select_for_update().filter(case=case).exists():
        return Item.objects.filter(case=case).count()
    moment = clock.now()
    wishes = proposed(price_list(), needs)
    Item.objects.bulk_create(
        Item(
            id=new_id(),
            case=case,
            code=wish.code,
            detail=wish.detail,
            quantity=wish.quantity,
            quantity_max=wish.quantity_max,
            unit_price_tiyn=wish.unit_price_tiyn,
            amount_tiyn=wish.amount_tiyn,
            source=wish.source,
            position=position,
            created_at=moment,
            updated_at=moment,
        )
        for position, wish in enumerate(wishes)
    )
    record(actor=by, action="wishes.form", subject=f"case:{case}", items=len(wishes))
    return len(wishes)


@transaction.atomic
def edit_item(*, item: UUID, quantity: int, unit_price_tiyn: int, detail: str, by: str) -> Item:
    """Change how many, the price or the detail, within the limits that the rules name."""
    row = _locked_open(item)
    line = price_list().price(row.code)
    check_edit(
        line,
        ItemState(row.state),
        quantity=quantity,
        quantity_max=row.quantity_max,
        unit_price_tiyn=unit_price_tiyn,
        detail=detail,
    )
    check_case_sum(price_list(), others_sum_tiyn(row), quantity * unit_price_tiyn)
    row.quantity, row.unit_price_tiyn, row.detail = quantity, unit_price_tiyn, detail
    row.amount_tiyn, row.updated_at = quantity * unit_price_tiyn, clock.now()
    row.save()
    record(actor=by, action="wishes.edit", subject=f"item:{item}", quantity=quantity, unit_price_tiyn=unit_price_tiyn)
    return row


@transaction.atomic
def remove_item(*, item: UUID, by: str) -> Item:
    """The family does not want this item."""
    row = _locked_open(item)
    check_editable(ItemState(row.state))
    return _move(row, ItemState.REMOVED, by)


@transaction.atomic
def restore_item(*, item: UUID, by: str) -> Item:
    """Undo a removal."""
    row = _locked_open(item)
    check_case_sum(price_list(), others_sum_tiyn(row), row.amount_tiyn)
    return _move(row, ItemState.PROPOSED, by)


@transaction.atomic
def put_state_first(*, case: UUID, attributes: Sequence[str], category: int | None, by: str) -> list[UUID]:
    """Take out what state services already cover; the items taken out. An unsure answer takes nothing out."""
    taken: list[UUID] = []
    for row in Item.objects.select_for_update().filter(case=case, state=ItemState.PROPOSED):
        need = price_list().price(row.code).service_need
        covering = [
            found.service.number
            for found in entitlements(services(), [need] if need else [], attributes, category)
            if found.cover == Cover.COVERED
        ]
        if covering:
            row.covered_by = ",".join(str(number) for number in covering)
            _move(row, ItemState.COVERED_BY_STATE, by)
            taken.append(row.id)
    return taken


@transaction.atomic
def open_items(*, case: UUID, by: str) -> list[Item]:
    """Ask donors for every proposed item."""
    rows = Item.objects.select_for_update().filter(case=case, state=ItemState.PROPOSED)
    return [_move(row, ItemState.OPEN, by) for row in rows]


ITEM_WAY = (
    ItemState.OPEN,
    ItemState.FUNDED,
    ItemState.ORDERED,
    ItemState.PAID,
    ItemState.DELIVERED,
    ItemState.CONFIRMED,
)


@transaction.atomic
def advance_item(*, item: UUID, to: ItemState, by: str) -> bool:
    """Move an asked item forward as far as `to`, step by step; False when it is there, beyond, or off this way.

    News may come late or twice: it never moves an item back.
    """
    row = _locked(item)
    present = ItemState.OPEN if row.state == ItemState.RESERVED else ItemState(row.state)
    if present not in ITEM_WAY or ITEM_WAY.index(present) >= ITEM_WAY.index(to):
        return False
    for step in ITEM_WAY[ITEM_WAY.index(present) + 1 : ITEM_WAY.index(to) + 1]:
        _move(row, step, by)
    return True


def _locked(item: UUID) -> Item:
    row = Item.objects.select_for_update().filter(id=item).first()
    if row is None:
        raise not_found("wish.unknown")
    return row


def _locked_open(item: UUID) -> Item:
    """An item of a list that the family may still change."""
    row = _locked(item)
    application, case = states_of_case(row.case)
    check_list_open(application, case)
    return row


def _move(row: Item, to: ItemState, by: str) -> Item:
    row.state = moved(ITEM_MOVES, ItemState(row.state), to)
    row.updated_at = clock.now()
    row.save()
    record(actor=by, action=f"item.{to}", subject=f"item:{row.id}", case=row.case)
    announce(ItemChanged(case=row.case, item=row.id, state=str(to)))
    return row
