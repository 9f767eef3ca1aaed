"""Promises about money that goes back: to its source, once, decided by a second person, mirrored in the books."""

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest

from demeu.contracts.vault.payees import StatementLine, StatementLines
from demeu.kernel import clock
from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.kernel.models import Announcement
from demeu.kernel.testing import run_jobs
from demeu.treasury.donations.models import NeedItem
from demeu.treasury.donations.queries import gift_view
from demeu.treasury.gateways import registry
from demeu.treasury.gateways.actions import resolve_gift, start_payment
from demeu.treasury.gateways.models import BlockedInstrument, InstrumentUse, Refund
from demeu.treasury.gateways.queries import order_of
from demeu.treasury.gateways.refund_rules import RefundReason
from demeu.treasury.gateways.refunds import ask_refund, decide_refund
from demeu.treasury.gateways.tasks import send_refunds
from demeu.treasury.gateways.tests.stand_in import Halyk
from demeu.treasury.gateways.working_days import due_after
from demeu.treasury.ledger.models import Posting
from demeu.treasury.ledger.queries import balances_tiyn, lots
from demeu.treasury.reconciliation.actions import match_lines, store_lines
from demeu.treasury.tests.cast import Story

pytestmark = pytest.mark.django_db(transaction=True)
DONOR, OFFICER = "person:donor", "person:officer"
WHOLE = 750_000


@pytest.fixture
def halyk(monkeypatch: pytest.MonkeyPatch) -> Iterator[Halyk]:
    stand_in = Halyk()
    monkeypatch.setattr(registry, "halyk_gateway", lambda: stand_in.gateway)
    yield stand_in


@pytest.fixture
def story() -> Story:
    found = Story()
    found.declare()
    return found


def given(story: Story, halyk: Halyk, *, held: bool = True, fee_tiyn: int = 0) -> UUID:
    asked = story.asked(WHOLE)
    start_payment(asked=asked, gateway=halyk.gateway)
    halyk.paid(7500)
    resolve_gift(gift=asked.gift)
    run_jobs()
    if held:
        assert line(asked.gift, WHOLE - fee_tiyn, fee_tiyn=fee_tiyn)
    return asked.gift


def line(gift: UUID, amount_tiyn: int, *, fee_tiyn: int = 0) -> int:
    """The bank books a line about a gift's order; how many lines were matched."""
    order = order_of(gift)
    assert order is not None
    booked = StatementLine.model_validate(
        {
            "entry_ref": new_id().hex,
            "amount_tiyn": amount_tiyn,
            "fee_tiyn": fee_tiyn,
            "currency": "KZT",
            "booked_at": clock.now(),
            "reference": f"EPAY/{order.number}/R1",
        }
    )
    told = StatementLines(lines=(booked,), account_ok=True, closing_balance_tiyn=0)
    store_lines(iban="KZ86125KZT5004100100", cursor=1, lines=told)
    return match_lines()


def ask(gift: UUID, amount_tiyn: int | None = None) -> Refund:
    return ask_refund(refund=new_id(), gift=gift, amount_tiyn=amount_tiyn, reason=RefundReason.DONOR_WISH, by=DONOR)


def approve(refund: Refund) -> None:
    decide_refund(refund=refund.id, approve=True, refusal="", by=OFFICER)
    run_jobs()


def sums(gift: UUID) -> dict[str, int]:
    found: dict[str, int] = {}
    for account, amount in Posting.objects.filter(gift=gift).values_list("account", "amount_tiyn"):
        found[account] = found.get(account, 0) + amount
    return {account: amount for account, amount in found.items() if amount}


def test_a_whole_refund_leaves_no_account_with_anything_of_the_gift(story: Story, halyk: Halyk) -> None:
    gift = given(story, halyk)
    refund = ask(gift)
    approve(refund)
    assert NeedItem.objects.filter(funded_tiyn__gt=0).count() == 0
    assert sums(gift) == {"assets:bank:fund": WHOLE, "liabilities:refunds": -WHOLE}
    assert any("/refund" in line for line in halyk.asked)
    assert Refund.objects.get().state == "sent" and gift_view(gift).state == "received"
    assert line(gift, -WHOLE) == 1
    assert sums(gift) == {} and lots(gift=gift) == []
    assert gift_view(gift).state == "refunded" and Refund.objects.get().state == "paid"
    assert Announcement.objects.filter(name="gift.returned").count() == 1
    assert broken_invariants() == []


def test_what_the_gateway_kept_stays_a_cost_of_the_fund(story: Story, halyk: Halyk) -> None:
    gift = given(story, halyk, fee_tiyn=7_500)
    approve(ask(gift))
    line(gift, -WHOLE)
    assert sums(gift) == {"assets:bank:fund": -7_500, "expenses:gateway_fees": 7_500}
    assert broken_invariants() == []


def test_a_part_goes_back_and_the_rest_is_shared_out_again(story: Story, halyk: Halyk) -> None:
    gift = given(story, halyk)
    approve(ask(gift, 250_000))
    assert sum(NeedItem.objects.values_list("funded_tiyn", flat=True)) == 500_000
    line(gift, -250_000)
    assert gift_view(gift).state == "received" and gift_view(gift).returned_tiyn == 250_000
    assert broken_invariants() == []


def test_spent_money_does_not_come_back(story: Story, halyk: Halyk) -> None:
    gift = given(story, halyk)
    story.prepare(500_000, (story.coat,))
    with pytest.raises(Refusal) as refused:
        ask(gift, WHOLE)
    assert refused.value.code == "refund.partly_spent" and refused.value.facts["refundable_tiyn"] == 250_000
    refund = ask(gift)
    assert refund.amount_tiyn == 250_000
    approve(refund)
    assert broken_invariants() == []
    assert sum(lot.amount_tiyn for lot in lots(gift=gift)) == 500_000


def test_all_spent_is_refused_and_so_is_what_never_came(story: Story, halyk: Halyk) -> None:
    gift = given(story, halyk)
    story.prepare(WHOLE)
    with pytest.raises(Refusal, match=r"refund\.all_spent"):
        ask(gift)
    asked = story.asked(100)
    start_payment(asked=asked, gateway=halyk.gateway)
    with pytest.raises(Refusal, match=r"refund\.not_received"):
        ask(asked.gift)
    with pytest.raises(Refusal, match=r"refund\.no_source"):
        ask(Story().give(100, target={"kind": "fund"}))


def test_one_person_does_not_ask_and_decide_and_nobody_decides_twice(story: Story, halyk: Halyk) -> None:
    refund = ask(given(story, halyk))
    with pytest.raises(Refusal, match=r"refund\.same_person"):
        decide_refund(refund=refund.id, approve=True, refusal="", by=DONOR)
    decide_refund(refund=refund.id, approve=False, refusal="delivered_soon", by=OFFICER)
    with pytest.raises(Refusal, match=r"refund\.decided"):
        decide_refund(refund=refund.id, approve=True, refusal="", by=OFFICER)
    assert Refund.objects.get().state == "refused" and broken_invariants() == []


def test_asking_again_is_the_same_refund(story: Story, halyk: Halyk) -> None:
    gift = given(story, halyk)
    assert ask(gift).id == ask(gift).id
    assert Refund.objects.count() == 1


def test_nothing_is_sent_before_the_bank_has_the_money_and_nothing_twice(story: Story, halyk: Halyk) -> None:
    gift = given(story, halyk, held=False)
    approve(ask(gift))
    assert not any("/refund" in line for line in halyk.asked)
    line(gift, WHOLE)
    halyk.down = True
    send_refunds.run()
    assert Refund.objects.get().state == "approved"
    halyk.down = False
    assert halyk.transaction is not None
    halyk.transaction = {**halyk.transaction, "amountRefunded": 7500}
    send_refunds.run()
    assert Refund.objects.get().state == "sent"
    assert not any("/refund" in line for line in halyk.asked)
    assert broken_invariants() == []


def test_a_chargeback_reverses_what_is_left_books_the_loss_and_blocks_the_card(story: Story, halyk: Halyk) -> None:
    gift = given(story, halyk)
    story.prepare(500_000, (story.coat,))
    assert line(gift, -WHOLE) == 1
    assert gift_view(gift).state == "charged_back"
    assert balances_tiyn()["expenses:chargebacks"] == 500_000 and balances_tiyn()["assets:bank:fund"] == 0
    assert BlockedInstrument.objects.count() == 1 and "4405" not in str(InstrumentUse.objects.values_list())
    assert broken_invariants() == []


def test_a_blocked_card_pays_no_family_and_goes_back(story: Story, halyk: Halyk) -> None:
    line(given(story, halyk), -WHOLE)
    again = given(story, halyk, held=False)
    refund = Refund.objects.get()
    assert (refund.gift, refund.reason, refund.state) == (again, "blocked_card", "asked")
    assert sum(NeedItem.objects.values_list("funded_tiyn", flat=True)) == 0
    assert broken_invariants() == []


def test_a_chargeback_during_a_refund_gives_nothing_back_twice(story: Story, halyk: Halyk) -> None:
    gift = given(story, halyk, held=False)
    refund = ask(gift)
    approve(refund)
    line(gift, WHOLE)
    assert line(gift, -WHOLE) == 1
    assert Refund.objects.get().state == "cancelled"
    assert order_of(gift) is not None and sums(gift) == {}
    assert broken_invariants() == []


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        ("2026-11-23T05:00:00", "2026-11-26"),
        ("2026-11-26T05:00:00", "2026-12-01"),
        ("2026-12-15T05:00:00", "2026-12-21"),
        ("2026-03-20T05:00:00", "2026-03-30"),
        ("2026-11-23T20:00:00", "2026-11-27"),
    ],
)
def test_the_term_counts_working_days_of_kazakhstan(asked: str, due: str) -> None:
    at = datetime.fromisoformat(asked).replace(tzinfo=UTC)
    assert due_after(at, 3).astimezone(clock.ALMATY).date().isoformat() == due
