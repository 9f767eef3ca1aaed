"""Reading gifts as the portal began them, and what may be given to."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.db.models.functions import Coalesce

from demeu.contracts.treasury import PROGRAMMES, GiftTarget
from demeu.kernel import clock
from demeu.kernel.errors import not_found
from demeu.portal.cases.models import Case
from demeu.portal.cases.queries import public_case, public_cases
from demeu.portal.cases.rules import CaseState
from demeu.portal.catalogue.queries import money_of, with_money
from demeu.portal.giving.models import Basket, GiftIntent
from demeu.portal.giving.rules import IntentState, Wanted
from demeu.portal.ui.money_states import MoneyStates
from demeu.portal.wishes.models import Item
from demeu.portal.wishes.queries import asked_items, item_of, open_sum_tiyn
from demeu.portal.wishes.states import ItemState

STILL_OPEN = (ItemState.OPEN, ItemState.RESERVED)


@dataclass(frozen=True)
class Target:
    """What a gift is for, found: the case and item when it names one."""

    wanted: Wanted
    case: Case | None = None
    item: Item | None = None

    @property
    def for_treasury(self) -> GiftTarget:
        """As the treasury understands it."""
        if self.wanted.kind == "item" and self.item:
            return GiftTarget(kind="item", id=self.item.id)
        if self.wanted.kind == "case" and self.case:
            return GiftTarget(kind="case", id=self.case.id)
        code = self.wanted.text if self.wanted.kind in ("group", "region", "programme") else None
        return GiftTarget(kind=self.wanted.kind, code=code)

    @property
    def is_open(self) -> bool:
        """Whether money is still being raised for it."""
        if self.item is not None and self.item.state not in STILL_OPEN:
            return False
        if self.wanted.kind == "programme":
            return PROGRAMMES[self.wanted.text].is_open(clock.today())
        return self.case is None or self.case.state == CaseState.PUBLISHED


def found_target(wanted: Wanted) -> Target:
    """The target, when it may be seen by all: `case.unknown`, `wish.unknown` otherwise."""
    if wanted.kind == "case":
        return Target(wanted, public_case(wanted.text))
    if wanted.kind == "item":
        item = item_of(UUID(wanted.text))
        case = public_cases().filter(id=item.case).first()
        if case is None or item not in asked_items(case.id):
            raise not_found("wish.unknown")
        return Target(wanted, case, item)
    return Target(wanted)


def money_of_case(case: UUID) -> MoneyStates:
    """The four sums of a case as heard last, and its goal."""
    row: Any = with_money(public_cases().filter(id=case)).get()
    known = money_of(row)
    if known.goal_tiyn:
        return known
    return MoneyStates(goal_tiyn=open_sum_tiyn(case))


def open_prices(case: UUID) -> dict[str, int]:
    """Price of one piece of every thing that is still being raised, by its code, tiyn."""
    items = asked_items(case).filter(state__in=STILL_OPEN)
    return {item.code: item.unit_price_tiyn for item in items}


def intent(gift: UUID) -> GiftIntent:
    """A gift by its id; `gift.unknown` for any other."""
    row = GiftIntent.objects.filter(gift=gift).first()
    if row is None:
        raise not_found("gift.unknown")
    return row


def cases_by_id(cases: list[UUID]) -> dict[UUID, Case]:
    """Public cases with these ids."""
    return {case.id: case for case in public_cases().filter(id__in=cases)}


def gifts_of(donor: UUID) -> QuerySet[GiftIntent]:
    """All gifts of a signed-in donor, newest first."""
    return GiftIntent.objects.filter(donor=donor).order_by("-created_at", "gift")


def received_sum_tiyn(donor: UUID, year: int) -> int:
    """What a donor's gifts of a calendar year (UTC) come to."""
    rows = gifts_of(donor).filter(state=IntentState.RECEIVED, received_at__year=year)
    return int(rows.aggregate(total=Coalesce(Sum("amount_tiyn"), 0))["total"])


def gave(donor: UUID, gift: UUID) -> bool:
    """Whether this signed-in donor gave this gift."""
    return GiftIntent.objects.filter(gift=gift, donor=donor).exists()


def intents_by_id(gifts: list[UUID]) -> dict[UUID, GiftIntent]:
    """Gifts by id, those that are there."""
    return GiftIntent.objects.in_bulk(gifts)


def basket_of(basket: UUID) -> Basket:
    """A basket by its id; `basket.unknown` for any other."""
    row = Basket.objects.filter(id=basket).first()
    if row is None:
        raise not_found("basket.unknown")
    return row


def intents_of(basket: Basket) -> list[GiftIntent]:
    """The gifts of a basket in the order of its form."""
    known = {str(row.gift): row for row in GiftIntent.objects.filter(gift__in=basket.gifts)}
    return [known[gift] for gift in basket.gifts if gift in known]


def basket_with(gift: UUID) -> UUID | None:
    """The basket that a gift was begun in."""
    return Basket.objects.filter(gifts__contains=[str(gift)]).values_list("id", flat=True).first()
