"""Two things that happen to one gift at the same moment do not move the same money twice."""

import threading

import pytest
from django.db import connection, transaction

from demeu.kernel.checks import broken_invariants
from demeu.kernel.testing import wait_until
from demeu.treasury.allocation.actions import allocate_gift
from demeu.treasury.donations.actions.gifts import GatewayWord, hold_gift, start_gift
from demeu.treasury.donations.rules import Word
from demeu.treasury.gateways.actions import apply_word
from demeu.treasury.ledger.queries import lots
from demeu.treasury.ledger.rules import Account
from demeu.treasury.tests.cast import Story

pytestmark = pytest.mark.django_db(transaction=True)

WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory'"


def waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITING)
        return bool(cursor.fetchone()[0])


def test_a_gift_that_is_held_while_it_is_being_allocated_ends_with_all_its_money_held_for_the_items() -> None:
    story = Story()
    story.declare(500_000, 250_000)
    asked = story.asked(600_000)
    start_gift(asked=asked, gateway="demo")
    apply_word(gift=asked.gift, heard=GatewayWord(Word.PAID, 600_000, "KZT"))

    def allocate() -> None:
        try:
            allocate_gift(gift=asked.gift)
        finally:
            connection.close()

    other = threading.Thread(target=allocate)
    with transaction.atomic():
        hold_gift(gift=asked.gift, net_tiyn=600_000, fee_tiyn=0, entry="E1")
        other.start()
        wait_until(waits_for_a_lock, what="the allocation to wait for the bank's word")
    other.join()
    standing = {(one.account, one.lot.item): one.amount_tiyn for one in lots(gift=asked.gift)}
    assert standing == {(Account.HELD, story.coat): 500_000, (Account.HELD, story.boots): 100_000}
    assert broken_invariants() == []
