"""Reasons to look closely, the hold after a changed account, quotes: rules by properties, then the real steps."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from demeu.contracts.treasury import PayoutPrepare
from demeu.contracts.vault.documents import DocumentTwin
from demeu.contracts.vault.payees import PayeeQuestion, PayeeScreened
from demeu.kernel import clock
from demeu.kernel.errors import Refusal, forbidden
from demeu.kernel.ids import new_id
from demeu.treasury.ledger.rules import Account
from demeu.treasury.payouts.actions.prepare import prepare_payout
from demeu.treasury.payouts.actions.release import release_held
from demeu.treasury.payouts.actions.send import send_to_bank
from demeu.treasury.payouts.actions.settle import settle_payout
from demeu.treasury.payouts.models import Approval, Payout
from demeu.treasury.payouts.queries import payout_view
from demeu.treasury.payouts.reasons import (
    Numbers,
    QuoteSeen,
    Seen,
    check_quotes,
    held_until,
    numbers_on,
    outlier,
    reasons,
)
from demeu.treasury.payouts.tests.test_actions import Fund
from demeu.treasury.tests.cast import ACTOR, CLEAN, Story

NUMBERS = numbers_on(date(2026, 11, 22))
ITEM = UUID(int=7)
ALL = 750_000
prices = st.integers(1_000, 10**9)


def seen(**changes: object) -> Seen:
    plain: dict[str, object] = {
        "amount_tiyn": 100, "items": [], "items_tiyn": 100, "signs": [], "paid_before_tiyn": [100], "same_number": [],
        "quotes": [], "used_before": [],
    }  # fmt: skip
    return Seen(**{**plain, **changes})  # type: ignore[arg-type]


def codes(found: Seen, numbers: Numbers = NUMBERS) -> list[str]:
    return [reason.code for reason in reasons(found, numbers)]


def quote(price: int, *, chosen: bool = True, known: tuple[int, ...] = ()) -> QuoteSeen:
    return QuoteSeen(ITEM, price, 1, chosen, known)


def test_a_payout_like_the_ones_before_needs_no_second_look() -> None:
    assert codes(seen(items=[ITEM], quotes=[quote(100)])) == []


def test_each_reason_stands_by_itself() -> None:
    assert codes(seen(signs=["account_changed", "account_shared"])) == ["payee.account_shared", "payee.account_changed"]
    assert codes(seen(paid_before_tiyn=[])) == ["payee.new"]
    assert codes(seen(amount_tiyn=101)) == ["amount.above_items"]
    assert codes(seen(same_number=[ITEM])) == ["invoice.same_number"]
    assert codes(seen(used_before=[("same_bytes", "payout:1")])) == ["paper.used_before"]
    assert codes(seen(items=[ITEM])) == ["quotes.too_few"]
    assert codes(seen(items=[ITEM], quotes=[quote(9), quote(8, chosen=False)])) == ["quotes.not_cheapest"]
    large = NUMBERS.large_price_tiyn
    assert codes(seen(items=[ITEM], quotes=[quote(large)])) == ["quotes.too_few"]
    assert codes(seen(items=[ITEM], quotes=[quote(large), *[quote(large, chosen=False)] * 2])) == []
    assert "amount.unusual" in codes(seen(amount_tiyn=10_000, paid_before_tiyn=[90, 95, 100, 105, 110]))
    assert codes(seen(items=[ITEM], quotes=[quote(900, known=(90, 95, 100, 105, 110))])) == ["price.outlier"]


@given(st.lists(prices, min_size=5, max_size=40), st.integers(1, 1_000))
def test_the_middle_value_is_never_an_outlier_and_scale_does_not_matter(known: list[int], scale: int) -> None:
    middle = sorted(known)[len(known) // 2]
    if len(known) % 2:
        assert outlier(middle, known, NUMBERS) is None
    far = max(known) * 1_000
    assert (outlier(far, known, NUMBERS) is None) == (
        outlier(far * scale, [one * scale for one in known], NUMBERS) is None
    )


@given(st.lists(prices, min_size=5, max_size=40), prices, st.integers(2, 100))
def test_what_lies_further_away_is_no_less_an_outlier(known: list[int], value: int, times: int) -> None:
    top = max(*known, value)
    if outlier(top, known, NUMBERS) is not None:
        assert outlier(top * times, known, NUMBERS) is not None


@given(st.lists(prices, max_size=4), prices)
def test_too_few_known_values_say_nothing(known: list[int], value: int) -> None:
    assert outlier(value, known, NUMBERS) is None


@given(st.lists(prices, min_size=9, max_size=9), st.lists(st.integers(10**12, 10**13), max_size=4))
def test_a_few_wild_values_do_not_hide_a_wild_one(known: list[int], wild: list[int]) -> None:
    """The median is not moved by a minority: this is why it is used."""
    flat = [50_000] * 9
    assert outlier(10**12, flat + wild, NUMBERS) is not None


def test_equal_prices_leave_room_for_a_third_and_a_half_but_not_for_more() -> None:
    assert outlier(149, [100] * 5, NUMBERS) is None
    assert outlier(151, [100] * 5, NUMBERS) is not None and outlier(66, [100] * 5, NUMBERS) is not None


@pytest.mark.parametrize(
    "given_quotes",
    [[(ITEM, False)], [(ITEM, True), (ITEM, True)], [(ITEM, True), *[(ITEM, False)] * 3], [(UUID(int=8), True)]],
)
def test_quotes_that_do_not_fit_are_refused(given_quotes: list[tuple[UUID, bool]]) -> None:
    with pytest.raises(Refusal, match=r"payout\.quotes_wrong"):
        check_quotes([ITEM], given_quotes)


def test_the_hold_lasts_48_hours_from_the_change() -> None:
    at = clock.now()
    assert held_until(at, NUMBERS) == at + timedelta(hours=48) and held_until(None, NUMBERS) is None


def prepared(story: Story, screened: PayeeScreened = CLEAN, **changes: object) -> UUID:
    plain = {
        "payout": new_id(), "case": story.case, "items": (story.coat, story.boots), "payee": story.payee,
        "amount_tiyn": ALL, "invoice_number": "17", "preparer": story.preparer,
    }  # fmt: skip
    twin = DocumentTwin(
        document=new_id(), other=new_id(), other_subject="payout:1", other_kind="quote", how="looks_alike", bits=3
    )
    asked = PayoutPrepare.model_validate({**plain, **changes})
    prepare_payout(asked=asked, actor=ACTOR, screen=lambda question: screened, twins=lambda documents: [twin])
    return asked.payout


@pytest.mark.django_db(transaction=True)
def test_a_changed_account_holds_the_payout_until_it_is_checked_and_two_days_have_passed(story: Story) -> None:
    start = clock.now()
    unchecked = PayeeScreened(codes=(), signs=("account_changed", "account_unchecked"), changed_at=start)
    checked = PayeeScreened(codes=(), signs=("account_changed",), changed_at=start)
    payout = prepared(story, unchecked)
    assert payout_view(payout).state == "held" and payout_view(payout).held_until == start + timedelta(hours=48)
    with pytest.raises(Refusal, match=r"payout\.wrong_state"):
        story.approve(payout)
    assert release_held(screen=lambda question: checked) == 0
    with clock.frozen(start + timedelta(hours=49)):
        assert release_held(screen=lambda question: unchecked) == 0
        assert release_held(screen=lambda question: checked) == 1
        story.approve(payout)
    assert payout_view(payout).state == "approved"


@pytest.mark.django_db(transaction=True)
def test_a_silent_vault_releases_nothing_and_a_payee_listed_meanwhile_gets_nothing(story: Story) -> None:
    start = clock.now()
    changed = PayeeScreened(codes=(), signs=("account_changed",), changed_at=start)
    payout = prepared(story, changed)

    def silent(question: PayeeQuestion) -> PayeeScreened:
        raise forbidden("vault.silent")

    with clock.frozen(start + timedelta(hours=49)):
        assert release_held(screen=silent) == 0 and payout_view(payout).state == "held"
        listed = changed.model_copy(update={"codes": ("sanctions.name",)})
        assert release_held(screen=lambda question: listed) == 0
    assert payout_view(payout).state == "rejected"


@pytest.mark.django_db(transaction=True)
def test_the_database_itself_takes_no_approval_during_the_hold(story: Story) -> None:
    payout = prepared(story, PayeeScreened(codes=(), changed_at=clock.now()))
    Payout.objects.filter(id=payout).update(state="prepared")
    row = Payout.objects.get(id=payout)
    with pytest.raises(IntegrityError, match="is held after"), transaction.atomic():
        Approval.objects.create(
            payout=row, approver=story.approver, role="finance_approver", signature=new_id(), at=clock.now()
        )


@pytest.mark.django_db(transaction=True)
def test_quotes_are_kept_and_papers_used_before_are_shown(story: Story) -> None:
    document = new_id()
    quotes = [
        {
            "item": story.coat,
            "code": "coat",
            "quantity": 2,
            "price_tiyn": 500_000,
            "document": document,
            "chosen": True,
        },
        {"item": story.coat, "code": "coat", "quantity": 2, "price_tiyn": 400_000},
    ]
    shown = payout_view(prepared(story, quotes=quotes))
    assert [one.price_tiyn for one in shown.quotes] == [500_000, 400_000] and shown.quotes[0].document == document
    found = {reason.code for reason in shown.reasons}
    assert found == {"payee.new", "paper.used_before", "quotes.not_cheapest", "quotes.too_few"}


@pytest.mark.django_db(transaction=True)
def test_who_must_not_be_the_payee_is_asked_of_vault(story: Story) -> None:
    heard: list[PayeeQuestion] = []

    def screen(question: PayeeQuestion) -> PayeeScreened:
        heard.append(question)
        return CLEAN

    asked = PayoutPrepare(
        payout=new_id(), case=story.case, items=(story.coat, story.boots), payee=story.payee, amount_tiyn=ALL,
        invoice_number="1", preparer=story.preparer,
    )  # fmt: skip
    prepare_payout(asked=asked, actor=ACTOR, screen=screen)
    assert heard[0].officers == (story.preparer, story.curator)


@pytest.mark.django_db(transaction=True)
def test_a_payee_listed_after_the_approval_is_not_paid_and_its_money_is_free(story: Story) -> None:
    payout = story.prepare(ALL)
    story.approve(payout)
    fund = Fund()

    def screened(payout: UUID, payee: UUID, xml: str) -> str:
        raise forbidden("payee.screened")

    send_to_bank(payout=payout, bank=fund.bank, fill=screened)
    assert fund.handed == [] and payout_view(payout).state == "rejected"


@pytest.mark.django_db(transaction=True)
def test_a_paid_payee_is_no_longer_new(story: Story) -> None:
    payout = story.prepare(250_000, (story.boots,))
    assert "payee.new" in [reason.code for reason in payout_view(payout).reasons]
    story.approve(payout)
    settle_payout(payout=payout, amount_tiyn=250_000, entry="B", bank=Account.BANK_DEMO)
    later = story.prepare(500_000, (story.coat,))
    assert "payee.new" not in [reason.code for reason in payout_view(later).reasons]
