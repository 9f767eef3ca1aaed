"""Reading wish lists."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

from demeu.kernel.errors import not_found
from demeu.portal.wishes.models import Item
from demeu.portal.wishes.states import ASKED_OF_DONORS, ItemState


def items_of(case: UUID) -> QuerySet[Item]:
    """Every item of a case, in order, removed ones included."""
    return Item.objects.filter(case=case)


def asked_items(case: UUID) -> QuerySet[Item]:
    """Items that donors are or were asked for."""
    return Item.objects.filter(case=case, state__in=ASKED_OF_DONORS)


def items_of_cases(cases: Sequence[UUID]) -> dict[UUID, list[Item]]:
    """Asked items of several cases at once."""
    found: dict[UUID, list[Item]] = {case: [] for case in cases}
    for item in Item.objects.filter(case__in=cases, state__in=ASKED_OF_DONORS):
        found[item.case].append(item)
    return found


def open_sum_tiyn(case: UUID) -> int:
    """What donors are asked for in all."""
    return sum(asked_items(case).values_list("amount_tiyn", flat=True))


def items_by_id(items: Sequence[UUID]) -> dict[UUID, Item]:
    """Items by id, those that are there."""
    return {item.id: item for item in Item.objects.filter(id__in=items)}


def all_funded(case: UUID) -> bool:
    """Whether every asked item has its money."""
    return not asked_items(case).filter(state__in=[ItemState.OPEN, ItemState.RESERVED]).exists()


def all_confirmed(case: UUID) -> bool:
    """Whether every asked item has reached the family."""
    return not asked_items(case).exclude(state=ItemState.CONFIRMED).exists()


def item_of(identifier: UUID) -> Item:
    """One item; `wish.unknown` when there is none."""
    row = Item.objects.filter(id=identifier).first()
    if row is None:
        raise not_found("wish.unknown")
    return row


def others_sum_tiyn(item: Item) -> int:
    """What the other items of the list that are not removed cost together."""
    others = Item.objects.filter(case=item.case).exclude(id=item.id).exclude(state=ItemState.REMOVED)
    return sum(others.values_list("amount_tiyn", flat=True))


def asked_items_after(place: UUID | None) -> QuerySet[Item]:
    """Items that donors are or were asked for, in the order of their ids, after one of them."""
    rows = Item.objects.filter(state__in=ASKED_OF_DONORS).order_by("id")
    return rows.filter(id__gt=place) if place else rows
