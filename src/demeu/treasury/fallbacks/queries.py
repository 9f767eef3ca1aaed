"""Reading questions about surplus money."""

from datetime import datetime
from uuid import UUID

from demeu.contracts.treasury import PROGRAMMES, SurplusAsked
from demeu.kernel import clock
from demeu.treasury.allocation.rules import region_prefix
from demeu.treasury.donations.queries import GiftView, fundable_items, gift_view, items_by_id, surplus_gifts
from demeu.treasury.fallbacks.models import SurplusQuestion
from demeu.treasury.fallbacks.rules import default_of, ways_of
from demeu.treasury.fallbacks.terms import present_terms
from demeu.treasury.ledger.queries import lots
from demeu.treasury.ledger.rules import Account

FREE = (Account.RECEIVED, Account.HELD)


def free_tiyn(gift: UUID) -> int:
    """What of a gift is for needs and stands with no item."""
    free = sum(lot.amount_tiyn for lot in lots(gift=gift, accounts=FREE, unallocated=True))
    return max(free - gift_view(gift).kept_tiyn, 0)


def candidates() -> list[UUID]:
    """Gifts with free money whose donor chose to be asked or to have it back, oldest first."""
    free = {lot.lot.gift for lot in lots(accounts=FREE, unallocated=True) if lot.lot.gift}
    return surplus_gifts(sorted(free))


def is_wanted(gift: GiftView) -> bool:
    """Whether the gift's own purpose still has an item that may take money."""
    if gift.target_kind == "item" and gift.target_id:
        return any(item.open and item.funded_tiyn < item.amount_tiyn for item in items_by_id([gift.target_id]))
    if gift.target_kind == "case":
        return bool(fundable_items(case=gift.target_id))
    items = fundable_items()
    if gift.target_kind == "group":
        return any(item.group == gift.target_code for item in items)
    if gift.target_kind == "region":
        return any(item.region_kato.startswith(region_prefix(gift.target_code)) for item in items)
    if gift.target_kind == "programme":
        programme = PROGRAMMES[gift.target_code]
        return any(programme.takes(group=item.group, region_kato=item.region_kato) for item in items)
    return True


def open_question(gift: UUID) -> SurplusQuestion | None:
    """The question about a gift that waits for its answer."""
    return SurplusQuestion.objects.filter(gift=gift, answered_at=None).first()


def overdue(*, now: datetime) -> list[UUID]:
    """Gifts whose question was not answered in time."""
    rows = SurplusQuestion.objects.filter(answered_at=None, answer_by__lt=now)
    return list(rows.values_list("gift", flat=True))


def asked_of(gift: UUID) -> SurplusAsked | None:
    """The open question about a gift, as its donor sees it."""
    row = open_question(gift)
    if row is None:
        return None
    kind = gift_view(gift).target_kind
    return SurplusAsked(
        amount_tiyn=row.amount_tiyn,
        asked_at=row.asked_at,
        answer_by=row.answer_by,
        ways=tuple(way.value for way in ways_of(kind)),
        default=default_of(kind, present_terms(row.asked_at.astimezone(clock.ALMATY).date())).value,
    )
