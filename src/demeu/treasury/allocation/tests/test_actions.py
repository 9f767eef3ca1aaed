"""Promises of allocation, against real PostgreSQL."""

import threading

import pytest
from django.db import connection

from demeu.contracts.treasury import GiftTarget, NeedClose
from demeu.contracts.words import Urgency
from demeu.kernel.checks import broken_invariants
from demeu.kernel.ids import new_id
from demeu.kernel.models import Announcement
from demeu.kernel.testing import run_jobs
from demeu.treasury import figures
from demeu.treasury.allocation.actions import allocate_gift, allocate_together
from demeu.treasury.allocation.models import Allocation
from demeu.treasury.allocation.tasks import allocate_pool, release
from demeu.treasury.donations.actions.gifts import GatewayWord, start_gift
from demeu.treasury.donations.actions.needs import close_need
from demeu.treasury.donations.rules import Word
from demeu.treasury.gateways.actions import apply_word
from demeu.treasury.ledger.queries import lots
from demeu.treasury.tests.cast import ACTOR, Story

pytestmark = pytest.mark.django_db(transaction=True)


def free_tiyn(gift: object) -> int:
    return sum(one.amount_tiyn for one in lots(gift=gift) if one.lot.item is None)  # type: ignore[arg-type]


def test_a_gift_fills_items_in_their_order_and_says_so() -> None:
    story = Story()
    story.declare(500_000, 250_000)
    story.give(600_000)
    [money] = figures.cases_money([story.case]).cases
    assert [item.sums.received_tiyn for item in money.items] == [500_000, 100_000]
    assert money.gifts == 1
    funded = Announcement.objects.filter(name="item.funded").values_list("facts", flat=True)
    assert [facts["item"] for facts in funded] == [str(story.coat)]
    last = Announcement.objects.filter(name="case.money_changed").latest("at")
    assert last.facts["money"] == money.model_dump(mode="json")
    assert broken_invariants() == []


def test_allocating_again_gives_nothing_twice() -> None:
    story = Story()
    story.declare()
    gift = story.give(600_000)
    assert allocate_gift(gift=gift) == []
    assert Allocation.objects.filter(gift=gift).count() == 2


def test_surplus_waits_in_the_pool_until_another_need_opens() -> None:
    story, other = Story(), Story()
    story.declare(500_000, 250_000)
    gift = story.give(800_000)
    assert free_tiyn(gift) == 50_000
    other.declare(20_000, 20_000)
    allocate_pool.run()
    assert free_tiyn(gift) == 10_000
    [money] = figures.cases_money([other.case]).cases
    assert money.sums.received_tiyn == 40_000
    assert broken_invariants() == []


def test_many_gifts_together_go_where_they_would_have_gone_one_by_one() -> None:
    stories = [Story(), Story(), Story()]
    stories[0].declare(30_000, 20_000)
    gifts = [stories[0].give(amount) for amount in (40_000, 35_000, 50_000)]
    assert [free_tiyn(gift) for gift in gifts] == [0, 25_000, 50_000]
    stories[1].declare(20_000, 10_000, urgency=Urgency.HIGH)
    stories[2].declare(15_000, 40_000)
    assert allocate_together(gifts=gifts) == 2
    assert [free_tiyn(gift) for gift in gifts] == [0, 0, 0]
    given = Allocation.objects.filter(gift=gifts[1], case__in=[stories[1].case, stories[2].case]).order_by(
        "-amount_tiyn"
    )
    assert [(row.item, row.amount_tiyn, row.why["turn"]) for row in given] == [
        (stories[1].coat, 20_000, 0),
        (stories[1].boots, 5_000, 1),
    ]
    assert allocate_together(gifts=gifts) == 0
    assert broken_invariants() == []


def test_what_the_donor_wants_back_goes_nowhere_else() -> None:
    story, other = Story(), Story()
    story.declare(500_000, 250_000)
    gift = story.give(800_000, fallback="return")
    other.declare()
    allocate_pool.run()
    assert free_tiyn(gift) == 50_000


def test_the_money_of_a_closed_case_goes_on_by_the_fallback_of_each_gift() -> None:
    story, other = Story(), Story()
    story.declare(500_000, 250_000)
    other.declare(100_000, 50_000)
    gift, kept = story.give(300_000), story.give(100_000, fallback="return")
    assert close_need(close=NeedClose(case=story.case, reason="withdrawn"), actor=ACTOR)
    release.run(case=str(story.case))
    sums = {money.case: money.sums.received_tiyn for money in figures.cases_money([story.case, other.case]).cases}
    assert sums == {story.case: 0, other.case: 150_000}
    assert free_tiyn(gift) == 150_000 and free_tiyn(kept) == 100_000
    assert broken_invariants() == []


def test_a_gift_to_a_group_finds_the_groups_needs() -> None:
    story = Story()
    story.declare(500_000, 250_000)
    gift = story.give(10_000, target=GiftTarget(kind="group", code="children_youth"))
    [part] = figures.gift_card(gift).parts
    assert (part.case, part.amount_tiyn, part.state) == (story.case, 10_000, "received")


def test_many_gifts_at_once_never_overfill_a_need() -> None:
    story = Story()
    story.declare(500_000, 250_000)
    gifts = []
    for _ in range(20):
        asked = story.asked(100_000)
        start_gift(asked=asked, gateway="demo")
        apply_word(gift=asked.gift, heard=GatewayWord(Word.PAID, 100_000, "KZT"))
        gifts.append(asked.gift)

    def work(part: list[object]) -> None:
        try:
            for gift in part:
                allocate_gift(gift=gift)  # type: ignore[arg-type]
        finally:
            connection.close()

    threads = [threading.Thread(target=work, args=(gifts[at::4],)) for at in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    run_jobs()
    [money] = figures.cases_money([story.case]).cases
    assert money.sums.received_tiyn == money.needed_tiyn == 750_000
    assert sum(free_tiyn(gift) for gift in gifts) == 1_250_000
    assert broken_invariants() == []


def test_a_need_declared_again_keeps_what_it_has_and_drops_what_is_unfunded() -> None:
    story = Story()
    story.declare(500_000, 250_000)
    story.give(300_000)
    story.declare(200_000, 250_000)
    [money] = figures.cases_money([story.case]).cases
    assert [item.needed_tiyn for item in money.items] == [300_000, 250_000]
    old_boots, story.boots = story.boots, new_id()
    story.declare(400_000, 70_000)
    [money] = figures.cases_money([story.case]).cases
    assert [(item.item, item.needed_tiyn) for item in money.items] == [(story.coat, 400_000), (story.boots, 70_000)]
    assert old_boots not in {item.item for item in money.items}
