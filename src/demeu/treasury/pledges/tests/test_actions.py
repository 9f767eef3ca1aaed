"""Promises of companies' pledges on PostgreSQL: invoice, doubling exactly up to the limit, the rest, two workers."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from demeu.contracts.treasury import GiftTarget, PledgeMake
from demeu.contracts.vault.payees import StatementLine, StatementLines
from demeu.contracts.words import NeedGroup
from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.kernel.testing import run_jobs
from demeu.treasury.allocation.tasks import allocate
from demeu.treasury.donations.actions.gifts import hold_gift
from demeu.treasury.donations.queries import gift_view
from demeu.treasury.gateways.models import Refund
from demeu.treasury.gateways.queries import order_of
from demeu.treasury.gateways.refund_rules import RefundReason
from demeu.treasury.gateways.refunds import ask_refund, decide_refund
from demeu.treasury.ledger.queries import lots
from demeu.treasury.pledges.actions import double_gifts, make_pledge
from demeu.treasury.pledges.models import CompanyPledge, Match
from demeu.treasury.pledges.queries import doubling_now, pledge_card, pledges_of
from demeu.treasury.pledges.rules import Candidate, Purpose, doubles, matched
from demeu.treasury.pledges.tasks import follow_pledges
from demeu.treasury.reconciliation.actions import match_lines, store_lines
from demeu.treasury.tests.cast import ACTOR, Story

pytestmark = pytest.mark.django_db(transaction=True)
BEGAN = datetime(2026, 12, 1, tzinfo=UTC)
UNTIL = BEGAN + timedelta(days=30)
CHILDREN = GiftTarget(kind="group", code=NeedGroup.CHILDREN_YOUTH)


def asked(amount_tiyn: int, **changes: object) -> PledgeMake:
    plain = {
        "pledge": new_id(), "company": new_id(), "kind": "match", "amount_tiyn": amount_tiyn, "target": CHILDREN,
        "until": UNTIL, "donor": new_id(), "offer_version": "1",
    }  # fmt: skip
    return PledgeMake.model_validate({**plain, **changes})


def pledged(amount_tiyn: int, **changes: object) -> UUID:
    """A pledge whose transfer stands in the bank's statement."""
    wish = asked(amount_tiyn, **changes)
    make_pledge(asked=wish, actor=ACTOR)
    order = order_of(wish.pledge)
    assert order is not None
    line = StatementLine(
        entry_ref=new_id().hex, amount_tiyn=amount_tiyn, currency="KZT", booked_at=clock.now(),
        reference=f"TRANSFER/{order.number}/1",
    )  # fmt: skip
    told = StatementLines(lines=(line,), account_ok=True, closing_balance_tiyn=0)
    store_lines(iban="KZ86125KZT5004100100", cursor=1, lines=told)
    match_lines()
    run_jobs()
    return wish.pledge


def confirmed(story: Story, amount_tiyn: int, **changes: object) -> UUID:
    """A gift of somebody else that the bank has confirmed."""
    gift = story.give(amount_tiyn, **changes)
    hold_gift(gift=gift, net_tiyn=amount_tiyn, fee_tiyn=0, entry=f"G{gift}")
    return gift


def allocated(gift: UUID) -> int:
    return sum(lot.amount_tiyn for lot in lots(gift=gift) if lot.lot.item)


def test_an_invoice_names_the_order_and_the_same_pledge_is_made_once() -> None:
    wish = asked(900_000, kind="gift", until=None)
    row = make_pledge(asked=wish, actor=ACTOR)
    assert make_pledge(asked=wish, actor=ACTOR).id == row.id
    card, order = pledge_card(row), order_of(wish.pledge)
    assert order is not None and card.invoice.purpose == f"DEMEU-{order.number}"
    assert (card.state, card.invoice.amount_tiyn, card.invoice.iban[:2]) == ("invoiced", 900_000, "KZ")
    with pytest.raises(Refusal, match=r"pledge\.differs"):
        make_pledge(asked=wish.model_copy(update={"amount_tiyn": 1}), actor=ACTOR)
    assert [one.pledge for one in pledges_of(wish.company)] == [wish.pledge]


def test_a_pledge_of_one_gift_is_shared_out_like_any_other() -> None:
    Story().declare()
    pledge = pledged(300_000, kind="gift", until=None)
    assert allocated(pledge) == 300_000
    assert pledge_card(CompanyPledge.objects.get(id=pledge)).state == "paid"


def test_gifts_are_doubled_in_order_exactly_up_to_the_limit() -> None:
    story = Story()
    story.declare(5_000_000, 5_000_000)
    with clock.frozen(BEGAN):
        pledge = pledged(500_000)
    assert allocated(pledge) == 0
    with clock.frozen(BEGAN + timedelta(days=1)):
        gifts = [confirmed(story, amount) for amount in (200_000, 250_000, 100_000, 70_000)]
        for _ in range(2):
            follow_pledges.run()
            run_jobs()
    parts = dict(Match.objects.filter(pledge=pledge).values_list("gift", "amount_tiyn"))
    assert parts == {gifts[0]: 200_000, gifts[1]: 250_000, gifts[2]: 50_000}
    assert allocated(pledge) == 500_000
    assert pledge_card(CompanyPledge.objects.get(id=pledge)).state == "matched"


def test_money_is_set_free_only_as_gifts_are_doubled() -> None:
    story = Story()
    story.declare(5_000_000, 5_000_000)
    with clock.frozen(BEGAN):
        pledge = pledged(500_000)
        assert [one.pledge for one in doubling_now()] == [pledge]
    with clock.frozen(BEGAN + timedelta(days=1)):
        confirmed(story, 120_000, addition_tiyn=20_000)
        story.give(300_000)
        follow_pledges.run()
        run_jobs()
    assert allocated(pledge) == 100_000 and gift_view(pledge).kept_tiyn == 400_000


def test_two_workers_double_each_gift_once() -> None:
    story = Story()
    story.declare(5_000_000, 5_000_000)
    with clock.frozen(BEGAN):
        pledge = pledged(500_000)
    with clock.frozen(BEGAN + timedelta(days=1)):
        for _ in range(4):
            confirmed(story, 100_000)

    def double(_: int) -> int:
        try:
            with clock.frozen(BEGAN + timedelta(days=2)):
                return double_gifts(pledge=pledge)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        added = list(pool.map(double, range(8)))
    assert sorted(added) == [0] * 7 + [400_000]
    run_jobs()
    assert allocated(pledge) == 400_000


def test_the_database_itself_refuses_more_than_the_limit_and_a_second_match() -> None:
    story = Story()
    story.declare()
    with clock.frozen(BEGAN):
        pledge = pledged(500_000)
    with clock.frozen(BEGAN + timedelta(days=1)):
        gift = confirmed(story, 100_000)
        follow_pledges.run()
        run_jobs()
    with pytest.raises(IntegrityError, match="pledges_within_limit"), transaction.atomic():
        CompanyPledge.objects.filter(id=pledge).update(matched_tiyn=500_001)
    with pytest.raises(IntegrityError, match="pledges_doubled_once"), transaction.atomic():
        Match.objects.create(pledge_id=pledge, gift=gift, amount_tiyn=1, at=BEGAN)


@pytest.mark.parametrize("rest", ["give", "return"])
def test_at_its_end_the_rest_is_given_or_goes_back_as_the_company_chose(rest: str) -> None:
    story = Story()
    story.declare(5_000_000, 5_000_000)
    with clock.frozen(BEGAN):
        pledge = pledged(500_000, rest=rest)
    with clock.frozen(BEGAN + timedelta(days=1)):
        confirmed(story, 100_000)
    with clock.frozen(UNTIL + timedelta(minutes=1)):
        late = confirmed(story, 100_000)
        for _ in range(2):
            follow_pledges.run()
            run_jobs()
    assert not Match.objects.filter(gift=late).exists()
    assert allocated(pledge) == (500_000 if rest == "give" else 100_000)
    assert list(Refund.objects.values_list("gift", "amount_tiyn")) == ([] if rest == "give" else [(pledge, 400_000)])
    assert pledge_card(CompanyPledge.objects.get(id=pledge)).state == "ended"


def test_money_that_went_back_to_the_company_doubles_nothing() -> None:
    story = Story()
    story.declare(5_000_000, 5_000_000)
    with clock.frozen(BEGAN):
        pledge = pledged(500_000)
        refund = new_id()
        ask_refund(refund=refund, gift=pledge, amount_tiyn=300_000, reason=RefundReason.DONOR_WISH, by="person:a")
        decide_refund(refund=refund, approve=True, refusal="", by="person:b")
    with clock.frozen(BEGAN + timedelta(days=1)):
        confirmed(story, 400_000)
        follow_pledges.run()
        allocate.run(gift=str(pledge))
    assert CompanyPledge.objects.get(id=pledge).matched_tiyn == 200_000 == allocated(pledge)
    with clock.frozen(UNTIL + timedelta(minutes=1)):
        follow_pledges.run()
    assert Refund.objects.count() == 1


def test_an_unpaid_pledge_doubles_nothing() -> None:
    story = Story()
    story.declare()
    with clock.frozen(BEGAN):
        make_pledge(asked=asked(500_000), actor=ACTOR)
    with clock.frozen(BEGAN + timedelta(days=1)):
        confirmed(story, 100_000)
        follow_pledges.run()
    assert not Match.objects.exists() and doubling_now() == []


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"target": GiftTarget(kind="case", id=new_id())}, "pledge.target"),
        ({"target": GiftTarget(kind="reserve")}, "pledge.target"),
        ({"until": None}, "pledge.until"),
        ({"until": BEGAN - timedelta(days=1)}, "pledge.until"),
        ({"kind": "gift"}, "pledge.until"),
    ],
)
def test_what_cannot_be_promised_is_refused(changes: dict[str, object], code: str) -> None:
    with clock.frozen(BEGAN), pytest.raises(Refusal) as refused:
        make_pledge(asked=asked(500_000, **changes), actor=ACTOR)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("target", "code", "purpose", "yes"),
    [
        ("group", "children_youth", Purpose("group", "children_youth"), True),
        ("group", "children_youth", Purpose("group", "older_people"), False),
        ("group", "children_youth", Purpose("case", "", "children_youth", "750000000"), True),
        ("group", "children_youth", Purpose("fund"), False),
        ("region", "750000000", Purpose("item", "", "older_people", "751110000"), True),
        ("region", "750000000", Purpose("case", "", "older_people", "350000000"), False),
        ("programme", "care_at_home", Purpose("case", "", "older_people", "350000000"), True),
        ("programme", "care_at_home", Purpose("programme", "growing_up"), False),
        ("fund", "", Purpose("region", "350000000"), True),
        ("fund", "", Purpose("sustainability"), False),
    ],
)
def test_a_gift_is_doubled_for_the_same_purpose_or_a_case_of_it(
    target: str, code: str, purpose: Purpose, yes: bool
) -> None:
    assert doubles(target=target, code=code, purpose=purpose) is yes


@given(st.lists(st.integers(1, 1_000), max_size=30), st.integers(0, 5_000))
def test_the_sum_is_exact_whatever_the_order(amounts: list[int], limit: int) -> None:
    rows = [Candidate(new_id(), amount) for amount in amounts]
    for order in (rows, rows[::-1]):
        parts = dict(matched(order, left_tiyn=limit))
        assert sum(parts.values()) == min(sum(amounts), limit)
        assert all(part <= row.for_needs_tiyn for row in rows if (part := parts.get(row.gift, 0)))
