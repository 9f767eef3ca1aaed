"""Public figures of fees: what each gateway took of confirmed gifts. The fund paid it; gifts stay whole. Reads only."""

from demeu.contracts import treasury as contract
from demeu.kernel import clock
from demeu.treasury.donations.actions.gifts import receive_step
from demeu.treasury.donations.queries import SettledView, for_platform_tiyn, received_tiyn, settled_gifts
from demeu.treasury.ledger.queries import fund_totals_tiyn, lots
from demeu.treasury.ledger.rules import Account
from demeu.treasury.proofs.queries import places_of


def fees_report() -> contract.FeesReport:
    """Fees by gateway, the dearest first, and what donors gave for running the platform.

    The platform's own share is measured: all that came and was not returned, less all that the funds hold and spent.
    """
    taken = _fees()
    by_gateway: dict[str, list[SettledView]] = {}
    for gift in settled_gifts():
        by_gateway.setdefault(gift.gateway, []).append(gift)
    own, added = for_platform_tiyn()
    rows = [
        contract.GatewayFees(
            gateway=name,
            gifts=len(gifts),
            amount_tiyn=sum(gift.amount_tiyn for gift in gifts),
            fee_tiyn=sum(taken.get(gift.id, 0) for gift in gifts),
        )
        for name, gifts in by_gateway.items()
    ]
    return contract.FeesReport(
        gateways=tuple(sorted(rows, key=lambda row: (-row.fee_tiyn, row.gateway))),
        sustainability_tiyn=own,
        additions_tiyn=added,
        platform_share_tiyn=received_tiyn() - sum(fund_totals_tiyn().values()),
        as_of=clock.now(),
    )


def fee_lines(*, after: int, limit: int) -> contract.FeeLines:
    """Confirmed gifts by the record of their receiving in the log, after a record."""
    taken = _fees()
    known = settled_gifts()
    places = places_of([receive_step(gift.id) for gift in known])
    placed = sorted((places[receive_step(gift.id)], gift) for gift in known if receive_step(gift.id) in places)
    lines = [
        contract.FeeLine(
            log_index=place,
            held_at=gift.held_at,
            gateway=gift.gateway,
            amount_tiyn=gift.amount_tiyn,
            addition_tiyn=gift.addition_tiyn,
            fee_tiyn=taken.get(gift.id, 0),
        )
        for place, gift in placed
        if place > after
    ]
    return contract.FeeLines(lines=tuple(lines[:limit]))


def _fees() -> dict[object, int]:
    """Gift → what its gateway kept, tiyn."""
    fees: dict[object, int] = {}
    for cost in lots(accounts=(Account.FEES,)):
        fees[cost.lot.gift] = fees.get(cost.lot.gift, 0) - cost.amount_tiyn
    return fees
