"""The whole way of a tenge through the treasury, against real PostgreSQL; bank and vault are given as ports."""

from collections import Counter
from datetime import timedelta

import pytest

from demeu.contracts.treasury import DeliveryConfirm, DeliveryRecord
from demeu.kernel import clock
from demeu.kernel.checks import broken_invariants
from demeu.kernel.ids import new_id
from demeu.treasury import figures
from demeu.treasury.allocation.actions import announce_held
from demeu.treasury.donations.actions.gifts import hold_gift
from demeu.treasury.ledger.rules import Account
from demeu.treasury.payouts.actions.deliver import confirm_delivery, record_delivery
from demeu.treasury.payouts.actions.send import hear_bank
from demeu.treasury.payouts.actions.settle import settle_payout
from demeu.treasury.payouts.answer import BankAnswer
from demeu.treasury.proofs.actions import publish_log
from demeu.treasury.tests.cast import ACTOR, Story

pytestmark = pytest.mark.django_db(transaction=True)


def four(story: Story) -> tuple[int, int, int, int]:
    [money] = figures.cases_money([story.case]).cases
    sums = money.sums
    return (sums.received_tiyn, sums.held_tiyn, sums.paid_tiyn, sums.delivered_tiyn)


def test_every_tenge_is_in_exactly_one_state_from_gift_to_delivery() -> None:
    story = Story()
    story.declare(500_000, 250_000)
    gift = story.give(750_000)
    assert four(story) == (750_000, 0, 0, 0)
    assert hold_gift(gift=gift, net_tiyn=742_500, fee_tiyn=7_500, entry="E1")
    announce_held(gift=gift)
    assert four(story) == (0, 750_000, 0, 0)
    payout = story.prepare(750_000)
    assert four(story) == (0, 750_000, 0, 0)
    story.approve(payout)
    hear_bank(payout=payout, answer=BankAnswer(True, ""))
    assert settle_payout(payout=payout, amount_tiyn=750_000, entry="E2", bank=Account.BANK_DEMO)
    assert four(story) == (0, 0, 750_000, 0)
    for item in (story.coat, story.boots):
        record_delivery(
            asked=DeliveryRecord(case=story.case, item=item, act_document=new_id(), act_sha256="0" * 64), actor=ACTOR
        )
        confirm_delivery(asked=DeliveryConfirm(case=story.case, item=item, by="sms"), actor=ACTOR)
    assert four(story) == (0, 0, 0, 750_000)
    publish_log()
    [month] = figures.months_money(clock.today(), 1).months
    assert (month.received_tiyn, month.paid_tiyn, month.delivered_tiyn, month.gifts) == (750_000, 750_000, 750_000, 1)
    assert figures.months_money(clock.today() - timedelta(days=200), 3).months == ()
    assert broken_invariants() == []
    steps = figures.case_trail(story.case).steps
    assert Counter(step.kind for step in steps) == {
        "received": 1,
        "held": 1,
        "allocated": 2,
        "payout_prepared": 1,
        "payout_approved": 1,
        "paid": 1,
        "delivered": 2,
        "confirmed": 2,
    }
    assert all(step.log_index is not None for step in steps)
    assert sum(step.amount_tiyn for step in steps if step.kind == "confirmed") == 750_000
