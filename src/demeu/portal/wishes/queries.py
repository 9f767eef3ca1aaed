"""Reading wish lists."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import QuerySet

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


def all_confirmed(case: UUID) -> bool:
    """Whether every asked item has reached the family."""
    return not asked_items(case).exclude(state=ItemState.CONFIRMED).exists()
