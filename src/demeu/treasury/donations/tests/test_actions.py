"""Promises about gifts under concurrency, against real PostgreSQL."""

import threading
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import connection

from demeu.kernel.checks import broken_invariants
from demeu.treasury.donations.actions.gifts import GatewayWord, hear_gateway, hold_gift, start_gift
from demeu.treasury.donations.queries import gift_view
from demeu.treasury.donations.rules import Word
from demeu.treasury.ledger.models import Transfer
from demeu.treasury.tests.cast import Story

pytestmark = pytest.mark.django_db(transaction=True)
PAID = GatewayWord(Word.PAID, 750_000, "KZT")


@pytest.fixture
def story() -> Story:
    found = Story()
    found.declare()
    return found


def at_once(times: int, work: Callable[[], object]) -> list[object]:
    """Run the same work several times at the same moment; what each gave. None may fail."""
    start, given = threading.Barrier(times), list[object]()

    def run() -> None:
        try:
            start.wait()
            given.append(work())
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(given) == times
    return given


def started(story: Story) -> UUID:
    asked = story.asked(750_000)
    start_gift(asked=asked, gateway="demo")
    return asked.gift


def test_a_gift_that_the_gateway_confirms_ten_times_at_once_is_received_once(story: Story) -> None:
    gift = started(story)
    given = at_once(10, lambda: hear_gateway(gift=gift, heard=PAID))
    assert sorted(map(str, given)) == ["False"] * 9 + ["True"]
    assert Transfer.objects.filter(kind="receive").count() == 1


def test_the_same_gift_started_ten_times_at_once_is_one_gift(story: Story) -> None:
    asked = story.asked(750_000)
    at_once(10, lambda: start_gift(asked=asked, gateway="demo"))
    assert gift_view(asked.gift).state == "started"


def test_a_settlement_heard_four_times_at_once_is_booked_once(story: Story) -> None:
    gift = started(story)
    hear_gateway(gift=gift, heard=PAID)
    given = at_once(4, lambda: hold_gift(gift=gift, net_tiyn=750_000, fee_tiyn=0, entry="E"))
    assert sorted(map(str, given)) == ["False"] * 3 + ["True"]
    assert broken_invariants() == []


def test_a_gift_that_is_not_received_cannot_be_held(story: Story) -> None:
    assert not hold_gift(gift=started(story), net_tiyn=750_000, fee_tiyn=0, entry="E")
    assert Transfer.objects.count() == 0
