"""Reading the movements that rules look at: gifts by donor and card, payouts by payee. References and hashes only."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from demeu.treasury.donations.queries import received_since
from demeu.treasury.gateways.queries import instruments_of
from demeu.treasury.monitoring.rules import Movement
from demeu.treasury.payouts.queries import payouts_since


def movements_since(since: datetime, *, payee: UUID | None = None) -> list[Movement]:
    """All movements from a moment on, or those of one payee only."""
    return list(_out(since, payee)) if payee is not None else [*_into(since), *_out(since, None)]


def _into(since: datetime) -> Iterator[Movement]:
    gifts = received_since(since)
    cards = instruments_of([gift.gift for gift in gifts])
    for gift in gifts:
        parties = [f"donor:{gift.donor}"] if gift.donor else []
        parties += [f"card:{cards[gift.gift]}"] if gift.gift in cards else []
        for party in parties:
            yield Movement(f"gift:{gift.gift}", gift.received_at, gift.amount_tiyn, party, "in")


def _out(since: datetime, payee: UUID | None) -> Iterator[Movement]:
    for row in payouts_since(since, payee=payee):
        yield Movement(f"payout:{row.payout}", row.prepared_at, row.amount_tiyn, f"payee:{row.payee}", "out")
