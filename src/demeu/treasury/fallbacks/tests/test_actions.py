"""Promises about surplus money on real PostgreSQL: the donor is asked, the answer holds, nothing moves before it."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from demeu.contracts.treasury import GiftTarget, NeedClose
from demeu.contracts.words import NeedGroup
from demeu.kernel import clock
from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.kernel.models import Announcement, Audit
from demeu.kernel.testing import run_jobs
from demeu.treasury import figures
from demeu.treasury.allocation.models import Allocation
from demeu.treasury.allocation.tasks import allocate_pool, release
from demeu.treasury.donations.actions.gifts import GatewayWord
from demeu.treasury.donations.actions.needs import close_need
from demeu.treasury.donations.models import Gift
from demeu.treasury.donations.rules import Word
from demeu.treasury.fallbacks.actions import answer
from demeu.treasury.fallbacks.models import SurplusQuestion
from demeu.treasury.fallbacks.rules import Way, default_of, is_surplus, ways_of
from demeu.treasury.fallbacks.tasks import follow_surplus
from demeu.treasury.fallbacks.terms import all_terms, present_terms
from demeu.treasury.gateways.actions import apply_word, start_payment
from demeu.treasury.gateways.models import Refund
from demeu.treasury.gateways.transfer.gateway import transfer_gateway
from demeu.treasury.ledger.queries import lots
from demeu.treasury.tests.cast import ACTOR, Story

pytestmark = pytest.mark.django_db(transaction=True)
DONOR = UUID("0190a000-0000-7000-8000-00000000d0d0")
DAY = timedelta(days=1)


def paid(story: Story, amount_tiyn: int, **changes: object) -> UUID:
    """A gift by bank transfer, received and allocated."""
    asked = story.asked(amount_tiyn, **changes)
    start_payment(asked=asked, gateway=transfer_gateway())
    apply_word(gift=asked.gift, heard=GatewayWord(Word.PAID, amount_tiyn, "KZT", "R"))
    run_jobs()
    return asked.gift


def full(**changes: object) -> tuple[Story, UUID]:
    """A case of 750 000 tiyn and a gift of 1 000 000 for it, beside another case that would take money."""
    story, other = Story(), Story()
    story.declare(500_000, 250_000)
    gift = paid(story, 1_000_000, **changes)
    other.declare(500_000, 250_000, region="350000000")
    allocate_pool.run()
    return story, gift


def free(gift: UUID) -> int:
    return sum(lot.amount_tiyn for lot in lots(gift=gift) if lot.lot.item is None)


def scopes(gift: UUID) -> set[str]:
    return set(Allocation.objects.filter(gift=gift, amount_tiyn__gt=0).values_list("why__scope", flat=True))


def test_a_surplus_waits_and_its_donor_is_asked_once() -> None:
    _, gift = full(fallback="ask", donor=DONOR)
    for _ in range(3):
        follow_surplus.run()
    assert free(gift) == 250_000 and scopes(gift) == {"case"}
    [told] = Announcement.objects.filter(name="gift.asks").values_list("facts", flat=True)
    assert (told["gift"], told["donor"], told["amount_tiyn"]) == (str(gift), str(DONOR), 250_000)
    asked = figures.gift_card(gift).surplus
    assert asked is not None and asked.default == "same_group" and set(asked.ways) == set(Way)


@pytest.mark.parametrize("way", ["same_group", "most_urgent"])
def test_the_answer_moves_the_money_and_holds_for_later(way: str) -> None:
    _, gift = full(fallback="ask", donor=DONOR)
    follow_surplus.run()
    answer(gift=gift, way=way, actor=f"person:{DONOR}")
    run_jobs()
    assert free(gift) == 0 and scopes(gift) == {"case", f"fallback:{way}"}
    assert figures.gift_card(gift).surplus is None
    assert Audit.objects.filter(action="surplus.answer", actor=f"person:{DONOR}").count() == 1
    with pytest.raises(Refusal, match=r"fallback\.answered"):
        answer(gift=gift, way=way, actor=f"person:{DONOR}")


def test_an_answer_to_return_opens_a_refund_of_the_surplus_only() -> None:
    _, gift = full(fallback="ask")
    follow_surplus.run()
    answer(gift=gift, way="return", actor="guest")
    for _ in range(2):
        follow_surplus.run()
    refund = Refund.objects.get()
    assert (refund.gift, refund.amount_tiyn, refund.reason) == (gift, 250_000, "surplus")


def test_return_chosen_at_gift_time_opens_the_refund_by_itself_once() -> None:
    _, gift = full(fallback="return")
    for _ in range(3):
        follow_surplus.run()
    refund = Refund.objects.get()
    assert (refund.gift, refund.amount_tiyn, refund.asked_by) == (gift, 250_000, "role:treasury")
    assert not SurplusQuestion.objects.exists()


def test_a_withdrawn_case_asks_about_all_of_it() -> None:
    story = Story()
    story.declare(500_000, 250_000)
    gift = paid(story, 400_000, fallback="ask")
    close_need(close=NeedClose(case=story.case, reason="withdrawn"), actor=ACTOR)
    release.run(case=str(story.case))
    follow_surplus.run()
    assert SurplusQuestion.objects.get().amount_tiyn == 400_000 == free(gift)


def test_without_an_answer_the_written_default_holds_after_its_term_and_not_before() -> None:
    began = datetime(2026, 12, 1, tzinfo=UTC)
    with clock.frozen(began):
        _, gift = full(fallback="ask", donor=DONOR)
        follow_surplus.run()
    with clock.frozen(began + 29 * DAY):
        follow_surplus.run()
        run_jobs()
        assert free(gift) == 250_000
    with clock.frozen(began + 31 * DAY):
        follow_surplus.run()
        run_jobs()
        assert free(gift) == 0 and scopes(gift) == {"case", "fallback:same_group"}
    row = SurplusQuestion.objects.get()
    assert (row.answer, row.answered_by) == ("same_group", "terms")


def test_a_question_ends_when_the_money_is_needed_after_all() -> None:
    story, gift = full(fallback="ask", donor=DONOR)
    follow_surplus.run()
    story.declare(500_000, 400_000)
    follow_surplus.run()
    allocate_pool.run()
    assert SurplusQuestion.objects.get().answered_by == "nobody"
    assert free(gift) == 100_000 and scopes(gift) == {"case"}
    follow_surplus.run()
    assert SurplusQuestion.objects.filter(answered_at=None).get().amount_tiyn == 100_000


def test_money_for_a_group_waits_for_a_need_before_anybody_is_asked() -> None:
    began = datetime(2026, 12, 1, tzinfo=UTC)
    target = GiftTarget(kind="group", code=NeedGroup.SEVERE_ILLNESS)
    with clock.frozen(began):
        gift = paid(Story(), 100_000, target=target, fallback="ask")
        follow_surplus.run()
        assert not SurplusQuestion.objects.exists()
    with clock.frozen(began + 31 * DAY):
        follow_surplus.run()
    asked = figures.gift_card(gift).surplus
    assert asked is not None and asked.ways == ("most_urgent", "return")
    with pytest.raises(Refusal, match=r"fallback\.way"):
        answer(gift=gift, way="same_group", actor="guest")


def test_only_the_donor_answers_for_a_known_donors_gift() -> None:
    _, gift = full(fallback="ask", donor=DONOR)
    follow_surplus.run()
    for actor in ("guest", f"person:{new_id()}"):
        with pytest.raises(Refusal, match=r"fallback\.not_yours"):
            answer(gift=gift, way="return", actor=actor)


@pytest.mark.breaks("allocation.", "fallbacks.")
def test_the_books_notice_money_that_left_its_purpose_unasked() -> None:
    _, gift = full(fallback="ask", donor=DONOR)
    Gift.objects.filter(id=gift).update(answer="most_urgent")
    allocate_pool.run()
    assert free(gift) == 0
    assert {"fallbacks.asked_first", "fallbacks.answer_is_kept"} <= {one.name for one in broken_invariants()}


def test_rules_by_themselves() -> None:
    terms, now = present_terms(clock.today()), datetime(2027, 1, 1, tzinfo=UTC)

    def surplus(kind: str, days: int = 0, wanted: bool = False, free_tiyn: int = 1) -> bool:
        at = now - timedelta(days=days)
        return is_surplus(kind=kind, free_tiyn=free_tiyn, wanted=wanted, received_at=at, now=now, terms=terms)

    assert surplus("case") and surplus("item") and surplus("group", 30) and surplus("region", 31)
    assert not any([surplus("case", wanted=True), surplus("case", free_tiyn=0), surplus("group", 29)])
    assert not any(surplus(kind, 999) for kind in ("fund", "sustainability", "reserve"))
    for one in all_terms():
        assert default_of("case", one) in ways_of("case") and default_of("group", one) in ways_of("group")
