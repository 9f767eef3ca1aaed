"""Who approves which amount: the dated rule, and what the database itself demands of approvals."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from demeu.contracts.treasury import PayoutApprove
from demeu.contracts.vault.identity import SignatureFacts
from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.treasury.donations.actions.gifts import hold_gift
from demeu.treasury.payouts.actions.approve import approve_payout
from demeu.treasury.payouts.approvals import lacking_approvals, read_releases, releases, required_approvals
from demeu.treasury.payouts.models import Approval, Payout
from demeu.treasury.payouts.queries import payout_view
from demeu.treasury.tests.cast import ACTOR, Story

DAY = date(2026, 11, 22)
LARGE_TIYN = 400_000_000


def test_more_money_asks_for_more_people_and_the_limit_itself_belongs_to_the_lower_level() -> None:
    assert required_approvals(300_000_000, DAY) == {"finance_approver": 1}
    assert required_approvals(300_000_001, DAY) == {"finance_approver": 2}
    assert required_approvals(2_000_000_001, DAY) == {"finance_approver": 2, "fund_staff": 1}


@given(st.integers(1, 10**13), st.integers(1, 10**13))
def test_a_larger_amount_never_asks_for_fewer_people(one: int, other: int) -> None:
    few, many = (sum(required_approvals(amount, DAY).values()) for amount in sorted((one, other)))
    assert 1 <= few <= many


def test_a_release_counts_from_its_day_on() -> None:
    rows = [
        {"from": date(2026, 1, 1), "levels": [{"approvals": {"a": 1}}]},
        {"from": date(2027, 1, 1), "levels": [{"approvals": {"a": 3}}]},
    ]
    known = read_releases(rows)
    assert required_approvals(1, date(2026, 12, 31), known) == {"a": 1}
    assert required_approvals(1, date(2027, 1, 1), known) == {"a": 3}
    assert required_approvals(1, date(2020, 1, 1), known) == {"a": 1}
    assert releases()[0].begins <= DAY


@pytest.mark.parametrize(
    "levels",
    [
        [{"up_to_tenge": 5, "approvals": {"a": 1}}],
        [{"approvals": {}}],
        [{"approvals": {"a": 0}}],
        [{"up_to_tenge": 5, "approvals": {"a": 1}}, {"up_to_tenge": 4, "approvals": {"a": 2}}, {"approvals": {"a": 2}}],
        [{"approvals": {"a": 1}}, {"approvals": {"a": 1}}],
    ],
)
def test_data_that_would_let_money_out_unapproved_are_not_read(levels: list[dict[str, object]]) -> None:
    with pytest.raises(ValueError):
        read_releases([{"from": DAY, "levels": levels}])


@given(st.dictionaries(st.sampled_from("abc"), st.integers(1, 3), min_size=1), st.lists(st.sampled_from("abcd")))
def test_nothing_is_lacking_exactly_when_every_role_has_signed_often_enough(
    required: dict[str, int], signed: list[str]
) -> None:
    enough = all(signed.count(role) >= count for role, count in required.items())
    assert (lacking_approvals(required, signed) == {}) == enough


@pytest.fixture
def story() -> Story:
    """A case that needs a payout of two signatures, its money in the bank."""
    found = Story()
    found.declare(coat_tiyn=LARGE_TIYN)
    gift = found.give(LARGE_TIYN, target={"kind": "item", "id": found.coat})
    assert hold_gift(gift=gift, net_tiyn=LARGE_TIYN, fee_tiyn=0, entry="E")
    return found


@pytest.mark.django_db(transaction=True)
def test_a_large_payout_is_approved_by_the_second_signature_and_not_by_the_first(story: Story) -> None:
    payout = story.prepare(LARGE_TIYN, (story.coat,))
    story.approve(payout)
    seen = payout_view(payout)
    assert (seen.state, seen.lacking, len(seen.approvals)) == ("prepared", {"finance_approver": 1}, 1)
    story.approve(payout)
    assert payout_view(payout).lacking == {"finance_approver": 1}
    with pytest.raises(Refusal, match=r"payout\.role_not_awaited"):
        story.approve(payout, new_id(), "fund_staff")
    story.approve(payout, new_id())
    assert payout_view(payout).state == "approved"
    assert len({given.signature for given in payout_view(payout).approvals}) == 2


@pytest.mark.django_db(transaction=True)
def test_somebody_elses_signature_or_one_over_another_payout_approves_nothing(story: Story) -> None:
    payout = story.prepare(LARGE_TIYN, (story.coat,))
    right = {"person": story.approver, "kind": "payout", "subject": f"payout:{payout}"}
    for wrong in ({"person": new_id()}, {"kind": "consent"}, {"subject": f"payout:{new_id()}"}):
        kept = SignatureFacts.model_validate({**right, **wrong, "signed_sha256": "", "at": clock.now()})
        asked = PayoutApprove(payout=payout, approver=story.approver, signature=new_id())
        with pytest.raises(Refusal, match=r"payout\.signature_foreign"):
            approve_payout(asked=asked, actor=ACTOR, vouch=lambda signature, kept=kept: kept)  # type: ignore[misc]
    assert not Approval.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_the_database_itself_refuses_what_no_code_may_do(story: Story) -> None:
    payout = story.prepare(LARGE_TIYN, (story.coat,))
    story.approve(payout)
    row = Payout.objects.get(id=payout)
    late = {"payout": row, "role": "finance_approver", "at": clock.now()}
    for person in (row.preparer, row.curator):
        with pytest.raises(IntegrityError, match="prepared it or leads"), transaction.atomic():
            Approval.objects.create(approver=person, signature=new_id(), **late)
    with pytest.raises(IntegrityError, match="lacks approvals"), transaction.atomic():
        Payout.objects.filter(id=payout).update(state="approved", approver=story.approver, signature=new_id())
    with pytest.raises(IntegrityError, match="do not change"), transaction.atomic():
        Payout.objects.filter(id=payout).update(required={"finance_approver": 1})
    with pytest.raises(IntegrityError, match="payouts_approves_once"), transaction.atomic():
        Approval.objects.create(approver=story.approver, signature=new_id(), **late)
    used = Approval.objects.get().signature
    with pytest.raises(IntegrityError, match="signature"), transaction.atomic():
        Approval.objects.create(approver=new_id(), signature=used, **late)
