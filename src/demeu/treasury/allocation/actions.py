"""Allocating a gift, giving back what a closed case does not use, and telling the new figures of cases."""

from collections.abc import Sequence
from dataclasses import asdict
from uuid import UUID, uuid5

from django.db import transaction

from demeu.contracts.treasury import ItemFunded
from demeu.kernel import clock
from demeu.kernel.events import announce
from demeu.treasury.allocation.models import Allocation
from demeu.treasury.allocation.queries import wish_of
from demeu.treasury.allocation.rules import VERSION, Candidate, Wish
from demeu.treasury.allocation.sharing import Offer, Share, share_all, share_out
from demeu.treasury.allocation.telling import announce_cases
from demeu.treasury.donations.actions.needs import note_funding
from demeu.treasury.donations.locks import lock_funding
from demeu.treasury.donations.queries import (
    GiftView,
    ItemView,
    case_totals_tiyn,
    fundable_items,
    gift_view,
    items_by_id,
)
from demeu.treasury.ledger.actions import post_transfer
from demeu.treasury.ledger.queries import lots
from demeu.treasury.ledger.rules import Account, Kind, Leg, Lot, LotBalance, moved, step_id
from demeu.treasury.proofs.actions import append_step
from demeu.treasury.proofs.rules import Step

FREE = (Account.RECEIVED, Account.HELD)


@transaction.atomic
def allocate_gift(*, gift: UUID) -> list[Share]:
    """Give what is free of a gift to items by the published rule; nothing free, nothing done."""
    lock_funding()
    given = gift_view(gift)
    free = _free(gift)
    shares = _shares(_for_needs_tiyn(given, free), wish_of(given))
    if not shares:
        return []
    _book(given, free, shares)
    return shares


@transaction.atomic
def allocate_together(*, gifts: Sequence[UUID]) -> int:
    """Give what is free of many gifts to items in one run of the rule, all or none; how many gifts got somewhere.

    The needs are read and ranked once, where `allocate_gift` does so for every gift.
    """
    lock_funding()
    waiting: dict[UUID, tuple[GiftView, list[LotBalance]]] = {}
    offers = []
    for gift in gifts:
        given, free = gift_view(gift), _free(gift)
        amount_tiyn = _for_needs_tiyn(given, free)
        if amount_tiyn and given.received_at:
            waiting[gift] = given, free
            offers.append(Offer(gift, given.received_at, amount_tiyn, wish_of(given)))
    shared = share_all(offers, _candidates(fundable_items()), at=clock.now()) if offers else {}
    for gift, shares in shared.items():
        _book(*waiting[gift], shares)
    return len(shared)


@transaction.atomic
def release_case(*, case: UUID) -> list[UUID]:
    """Take what a closed case has not spent back to its gifts; which gifts have something to allocate anew."""
    lock_funding()
    spare = [standing for standing in lots(cases=[case], accounts=FREE) if standing.lot.gift]
    for standing in spare:
        _release(standing)
    if spare:
        announce_cases(cases=[case])
    return sorted({standing.lot.gift for standing in spare if standing.lot.gift})


@transaction.atomic
def release_gift(*, gift: UUID) -> int:
    """Take what nobody has spent of a gift back from its items; how much of the gift is free now, tiyn."""
    lock_funding()
    spare = [standing for standing in lots(gift=gift, accounts=FREE) if standing.lot.item]
    for standing in spare:
        _release(standing)
    announce_cases(cases=sorted({standing.lot.case for standing in spare if standing.lot.case}))
    return sum(standing.amount_tiyn for standing in lots(gift=gift, accounts=FREE))


def announce_held(*, gift: UUID) -> None:
    """After a gift was held: figures of its cases, and which of their items have all their money in the bank."""
    parts = [standing.lot for standing in lots(gift=gift, accounts=[Account.HELD]) if standing.lot.item]
    announce_cases(cases=sorted({lot.case for lot in parts if lot.case}))
    for lot in parts:
        if lot.case and lot.item and is_held(lot.item):
            announce(ItemFunded(case=lot.case, item=lot.item, held=True))


def is_held(item: UUID) -> bool:
    """Whether an item has all its money and the bank has confirmed all of it."""
    standing = lots(items=[item])
    waiting = any(balance.account is Account.RECEIVED for balance in standing)
    [known] = items_by_id([item])
    return not waiting and sum(balance.amount_tiyn for balance in standing) == known.amount_tiyn


def _free(gift: UUID) -> list[LotBalance]:
    """What of a gift has no item yet."""
    return [standing for standing in lots(gift=gift, accounts=FREE) if standing.lot.item is None]


def _for_needs_tiyn(given: GiftView, free: Sequence[LotBalance]) -> int:
    """What of it may go to needs: not what the donor gave for something else."""
    return max(0, sum(standing.amount_tiyn for standing in free) - given.kept_tiyn)


def _book(given: GiftView, free: Sequence[LotBalance], shares: Sequence[Share]) -> None:
    """Shares of a gift into the books, onto the items, into the log, and told to whoever follows."""
    transfer = _next_transfer(given.id)
    post_transfer(
        transfer=transfer,
        kind=Kind.ALLOCATE,
        legs=_legs(free, shares),
        reason={"rule": VERSION, "gift": given.id},
    )
    note_funding(changes_tiyn={share.item: share.amount_tiyn for share in shares})
    _keep(given, transfer, shares)
    announce_cases(cases=sorted({share.case for share in shares}))
    for share in shares:
        if share.fills:
            announce(ItemFunded(case=share.case, item=share.item, held=is_held(share.item)))


def _shares(amount_tiyn: int, wish: Wish) -> list[Share]:
    """By the rule. Where the donor's own choice takes all of it, other needs are not even read."""
    if amount_tiyn == 0:
        return []
    at = clock.now()
    if wish.kind in ("case", "item") and wish.case is not None:
        own = share_out(amount_tiyn, wish, _candidates(fundable_items(case=wish.case)), at=at)
        if sum(share.amount_tiyn for share in own) == amount_tiyn:
            return own
    return share_out(amount_tiyn, wish, _candidates(fundable_items()), at=at)


def _candidates(items: Sequence[ItemView]) -> list[Candidate]:
    totals = case_totals_tiyn(sorted({known.case for known in items}))
    return [
        Candidate(
            known.item,
            known.case,
            known.group,
            known.region_kato,
            known.urgency,
            known.opened_at,
            known.position,
            known.amount_tiyn - known.funded_tiyn,
            *totals[known.case],
        )
        for known in items
    ]


def _next_transfer(gift: UUID) -> UUID:
    runs = Allocation.objects.filter(gift=gift).values("transfer").distinct().count()
    return step_id(gift, f"allocate:{runs}")


def _legs(free: Sequence[LotBalance], shares: Sequence[Share]) -> list[Leg]:
    """Legs that move the shares out of the free parts, part by part, each staying on its own account."""
    legs: list[Leg] = []
    available = [standing.amount_tiyn for standing in free]
    for share in shares:
        left = share.amount_tiyn
        for at, standing in enumerate(free):
            part = min(left, available[at])
            if part:
                after = Lot(standing.lot.gift, share.case, share.item)
                account = standing.account
                legs += moved(part, out_of=account, into=account, lot=standing.lot, lot_after=after)
                available[at] -= part
                left -= part
    return legs


def _keep(given: GiftView, transfer: UUID, shares: Sequence[Share]) -> None:
    """The decision and its leaf in the log, share by share."""
    for share in shares:
        why = {
            "scope": share.scope,
            "turn": share.turn,
            "points": asdict(share.points),
            "next_in_turn": [{"item": str(item), "points": points} for item, points in share.next_in_turn],
            "target": given.target_kind,
            "fallback": given.fallback_now,
        }
        allocation = uuid5(transfer, str(share.item))
        Allocation.objects.create(
            id=allocation,
            transfer=transfer,
            gift=given.id,
            case=share.case,
            item=share.item,
            amount_tiyn=share.amount_tiyn,
            rule_version=VERSION,
            why=why,
            at=clock.now(),
        )
        lot = Lot(given.id, share.case, share.item)
        facts = {"rule": VERSION, "scope": share.scope, "turn": share.turn, "transfer": str(transfer)}
        append_step(leaf=allocation, step=Step.ALLOCATED, lot=lot, amount_tiyn=share.amount_tiyn, facts=facts)


def _release(standing: LotBalance) -> None:
    """One part back to its gift."""
    lot = standing.lot
    assert lot.gift and lot.case and lot.item
    transfer = _next_transfer(lot.gift)
    legs = moved(standing.amount_tiyn, out_of=standing.account, into=standing.account, lot=lot, lot_after=Lot(lot.gift))
    post_transfer(transfer=transfer, kind=Kind.RELEASE, legs=legs, reason={"case": lot.case})
    note_funding(changes_tiyn={lot.item: -standing.amount_tiyn})
    release = uuid5(transfer, str(lot.item))
    Allocation.objects.create(
        id=release,
        transfer=transfer,
        gift=lot.gift,
        case=lot.case,
        item=lot.item,
        amount_tiyn=-standing.amount_tiyn,
        rule_version=VERSION,
        why={"scope": "released"},
        at=clock.now(),
    )
    append_step(leaf=release, step=Step.RELEASED, lot=lot, amount_tiyn=standing.amount_tiyn)
