"""One record that cannot be processed among a thousand: the others pass, an alarm is raised, nothing is silent."""

from uuid import UUID

import pytest

from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.treasury.allocation.models import Allocation
from demeu.treasury.allocation.tasks import allocate_pool
from demeu.treasury.donations.actions.gifts import receive_step
from demeu.treasury.donations.models import Gift
from demeu.treasury.ledger.actions import post_transfer, post_transfers
from demeu.treasury.ledger.rules import Account, Entry, Kind, Leg, Lot, moved, step_id
from demeu.treasury.tests.cast import Story

pytestmark = pytest.mark.django_db(transaction=True)

GIFTS = 1_000
EACH_TIYN = 1_000
CASES = 25


def received_gifts(count: int) -> list[UUID]:
    """Gifts that wait in the pool, made in one go."""
    gifts, now = [new_id() for _ in range(count)], clock.now()
    plain = {"amount_tiyn": EACH_TIYN, "target_kind": "fund", "fallback": "most_urgent", "offer_version": "1"}
    plain |= {"lang": "ru", "gateway": "demo", "state": "received", "started_at": now, "expires_at": now}
    Gift.objects.bulk_create(Gift(id=gift, received_at=now, **plain) for gift in gifts)
    legs = {gift: moved(EACH_TIYN, out_of=Account.GATEWAY_DEMO, into=Account.RECEIVED, lot=Lot(gift)) for gift in gifts}
    post_transfers(entries=[Entry(receive_step(gift), Kind.RECEIVE, legs[gift]) for gift in gifts])
    return gifts


def poison(gift: UUID) -> None:
    """Its next step is in the books already, as something else."""
    legs = [Leg(Account.SUSPENSE, 1), Leg(Account.SUSPENSE, -1)]
    post_transfer(transfer=step_id(gift, "allocate:0"), kind=Kind.SUSPEND, legs=legs)


@pytest.mark.breaks("proofs.waiting_is_short")
@pytest.mark.timeout(600)
def test_one_poisoned_gift_among_a_thousand_stops_no_other_and_raises_an_alarm() -> None:
    for _ in range(CASES):
        Story().declare(GIFTS // CASES * EACH_TIYN - 500, 500)
    gifts = received_gifts(GIFTS)
    poison(gifts[GIFTS // 2])
    with pytest.raises(Refusal, match=r"allocation\.gifts_failed") as refused:
        allocate_pool.run()
    assert refused.value.facts["gifts"] == [str(gifts[GIFTS // 2])]
    allocated = set(Allocation.objects.values_list("gift", flat=True))
    assert len(allocated) == GIFTS - 1 and gifts[GIFTS // 2] not in allocated
