"""Reading money by case: the four sums, exactly one state per tenge."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from demeu.contracts.treasury import CaseMoney, ItemMoney, MoneySums
from demeu.treasury.allocation.rules import Wish
from demeu.treasury.donations.queries import GiftView, ItemView, items_by_id, items_of_cases
from demeu.treasury.ledger.queries import fund_totals_tiyn, gifts_per_case, lots
from demeu.treasury.ledger.rules import Account, LotBalance

FREE = (Account.RECEIVED, Account.HELD)


def case_money(cases: Sequence[UUID]) -> list[CaseMoney]:
    """Figures of these cases in the order asked; a case that was never declared is left out."""
    by_case: dict[UUID, list[ItemView]] = {}
    for item in items_of_cases(cases):
        by_case.setdefault(item.case, []).append(item)
    standing: dict[UUID, list[LotBalance]] = {}
    for balance in lots(cases=list(by_case)) if by_case else []:
        if balance.lot.item:
            standing.setdefault(balance.lot.item, []).append(balance)
    gifts = gifts_per_case(list(by_case))
    return [_case(case, by_case[case], standing, gifts.get(case, 0)) for case in cases if case in by_case]


def platform_sums() -> MoneySums:
    """All money by its state."""
    totals = fund_totals_tiyn()
    return MoneySums(**{f"{state}_tiyn": amount for state, amount in totals.items()})


def wish_of(gift: GiftView) -> Wish:
    """What the donor chose, with group and region of the chosen case for the fallback."""
    chosen: list[ItemView] = []
    if gift.target_id is not None:
        by_item = gift.target_kind == "item"
        chosen = items_by_id([gift.target_id]) if by_item else items_of_cases([gift.target_id])
    return Wish(
        kind=gift.target_kind,
        target=gift.target_id,
        code=gift.target_code,
        fallback=gift.fallback_now,
        group=chosen[0].group if chosen else "",
        region_kato=chosen[0].region_kato if chosen else "",
        case=chosen[0].case if chosen else None,
    )


def gifts_with_free_money() -> list[UUID]:
    """Gifts of which something has no item yet, oldest first."""
    free = [balance.lot.gift for balance in lots(accounts=FREE, unallocated=True) if balance.lot.gift]
    return sorted(set(free))


def sums_of(balances: Iterable[LotBalance]) -> MoneySums:
    """The four sums of some lots."""
    totals = {"received": 0, "held": 0, "paid": 0, "delivered": 0}
    for balance in balances:
        totals[balance.state] += balance.amount_tiyn
    return MoneySums(**{f"{state}_tiyn": amount for state, amount in totals.items()})


def _case(case: UUID, items: list[ItemView], standing: dict[UUID, list[LotBalance]], gifts: int) -> CaseMoney:
    shown = [item for item in items if not item.dropped or item.funded_tiyn]
    everything = [balance for item in shown for balance in standing.get(item.item, [])]
    return CaseMoney(
        case=case,
        needed_tiyn=sum(item.amount_tiyn for item in shown),
        sums=sums_of(everything),
        gifts=gifts,
        items=tuple(
            ItemMoney(item=item.item, needed_tiyn=item.amount_tiyn, sums=sums_of(standing.get(item.item, [])))
            for item in shown
        ),
    )
