"""Promises about payouts and deliveries, against real PostgreSQL; bank and vault are given as ports."""

import threading
from datetime import timedelta
from uuid import UUID

import httpx
import pytest
from django.db import IntegrityError, connection, transaction

from demeu.contracts.treasury import DeliveryConfirm, DeliveryRecord, PayoutApprove, PayoutReject
from demeu.kernel import clock
from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.kernel.models import Announcement
from demeu.treasury import figures
from demeu.treasury.donations.actions.gifts import hold_gift
from demeu.treasury.ledger.queries import lots
from demeu.treasury.ledger.rules import Account
from demeu.treasury.payouts.actions.approve import approve_payout, reject_payout
from demeu.treasury.payouts.actions.deliver import confirm_delivery, record_delivery
from demeu.treasury.payouts.actions.send import follow_sent, send_to_bank
from demeu.treasury.payouts.actions.settle import return_payout, settle_payout
from demeu.treasury.payouts.bank import Bank
from demeu.treasury.payouts.models import Payout
from demeu.treasury.payouts.queries import filtered_payouts, payout_view
from demeu.treasury.payouts.tests.test_rules import pain002
from demeu.treasury.tests.cast import ACTOR, Story

pytestmark = pytest.mark.django_db(transaction=True)
ALL = 750_000


class Fund:
    """A bank inside one test: remembers what it was handed and answers as told."""

    def __init__(self, state: str = "ACSC", reason: str = "") -> None:
        self.state, self.reason, self.handed, self.lose_answer = state, reason, list[bytes](), False

    def answer(self, request: httpx.Request) -> httpx.Response:
        payout = request.url.path.rpartition("/")[2]
        if request.method == "GET":
            known = [one for one in self.handed if payout.encode() in one]
            return httpx.Response(200, content=self.say(payout)) if known else httpx.Response(404)
        self.handed.append(request.content)
        if self.lose_answer:
            raise httpx.ReadTimeout("lost")
        return httpx.Response(200, content=self.say("any"))

    def say(self, end_to_end: str) -> bytes:
        return pain002(self.state, reason=self.reason, end_to_end=end_to_end)

    @property
    def bank(self) -> Bank:
        transport = httpx.MockTransport(self.answer)
        return Bank("http://bank.test", "k", "KZ86125KZT5004100100", httpx.Client(transport=transport))


def fill(payout: UUID, payee: UUID, xml: str) -> str:
    return xml.replace(str(payee), "Supplier")


def balances(story: Story) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in lots(cases=[story.case]):
        found[one.account.value] = found.get(one.account.value, 0) + one.amount_tiyn
    return found


def test_preparing_sets_held_money_aside_once(story: Story) -> None:
    payout = story.prepare(ALL)
    assert balances(story) == {"funds:reserved": ALL}
    with pytest.raises(Refusal, match=r"payout\.above_held"):
        story.prepare(1)
    assert payout_view(payout).state == "prepared"
    assert broken_invariants() == []


def test_money_that_the_bank_has_not_confirmed_is_not_paid_out() -> None:
    story = Story()
    story.declare()
    story.give(ALL)
    with pytest.raises(Refusal, match=r"payout\.item_not_held"):
        story.prepare(ALL)


def test_an_item_without_all_its_money_is_not_paid_for() -> None:
    story = Story()
    story.declare()
    gift = story.give(ALL - 1)
    hold_gift(gift=gift, net_tiyn=ALL - 1, fee_tiyn=0, entry="E")
    with pytest.raises(Refusal, match=r"payout\.item_not_funded"):
        story.prepare(ALL - 1)
    story.prepare(500_000, (story.coat,))


def test_the_curator_cannot_prepare_nor_the_preparer_approve(story: Story) -> None:
    with pytest.raises(Refusal, match=r"payout\.same_person"):
        story.prepare(ALL, preparer=story.curator)
    payout = story.prepare(ALL)
    for person in (story.preparer, story.curator):
        with pytest.raises(Refusal, match=r"payout\.same_person"):
            approve_payout(asked=PayoutApprove(payout=payout, approver=person, signature=new_id()), actor=ACTOR)
    with pytest.raises(Refusal, match=r"payout\.not_yourself"):
        approve_payout(
            asked=PayoutApprove(payout=payout, approver=story.approver, signature=new_id()), actor=f"person:{new_id()}"
        )


def test_the_database_itself_refuses_two_parts_for_one_person(story: Story) -> None:
    payout = story.prepare(ALL)
    row = Payout.objects.get(id=payout)
    for person in (row.preparer, row.curator):
        with pytest.raises(IntegrityError, match="payouts_three_people"), transaction.atomic():
            Payout.objects.filter(id=payout).update(approver=person)
    with pytest.raises(IntegrityError, match="lacks approvals"), transaction.atomic():
        Payout.objects.filter(id=payout).update(state="sent")


def test_one_invoice_of_a_payee_is_paid_once(story: Story) -> None:
    story.prepare(250_000, (story.boots,), invoice_number="INV 7")
    with pytest.raises(Refusal, match=r"payout\.invoice_used"):
        story.prepare(500_000, (story.coat,), invoice_number="inv7")
    story.prepare(500_000, (story.coat,), invoice_number="inv7", payee=new_id())
    assert broken_invariants() == []


def test_the_same_payout_again_is_the_same_payout_and_another_content_is_refused(story: Story) -> None:
    number = new_id()
    story.prepare(ALL, payout=number, invoice_number="A")
    story.prepare(ALL, payout=number, invoice_number="A")
    with pytest.raises(Refusal, match=r"payout\.differs"):
        story.prepare(1, payout=number, invoice_number="A")


def test_two_officers_at_once_cannot_spend_the_same_money(story: Story) -> None:
    outcomes: list[str] = []

    def prepare() -> None:
        try:
            story.prepare(ALL)
            outcomes.append("prepared")
        except Refusal as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=prepare) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["payout.above_held"] * 4 + ["prepared"]
    assert broken_invariants() == []


def test_a_no_frees_the_money(story: Story) -> None:
    payout = story.prepare(ALL)
    view = reject_payout(
        asked=PayoutReject(payout=payout, approver=story.approver, reason="price_too_high"), actor=ACTOR
    )
    assert view.state == "rejected" and balances(story) == {"funds:held": ALL}
    assert broken_invariants() == []
    story.prepare(ALL)


def test_an_approved_payout_reaches_the_bank_once_even_when_its_answer_is_lost(story: Story) -> None:
    payout, fund = story.prepare(ALL), Fund()
    send_to_bank(payout=payout, bank=fund.bank, fill=fill)
    assert fund.handed == [], "a payout that nobody approved is not sent"
    story.approve(payout)
    fund.lose_answer = True
    with pytest.raises(Refusal, match=r"bank\.unavailable"):
        send_to_bank(payout=payout, bank=fund.bank, fill=fill)
    assert payout_view(payout).state == "approved"
    send_to_bank(payout=payout, bank=fund.bank, fill=fill)
    send_to_bank(payout=payout, bank=fund.bank, fill=fill)
    assert payout_view(payout).state == "sent" and len(fund.handed) == 1
    assert b"Supplier" in fund.handed[0]


def test_what_the_bank_rejects_is_reversed_exactly(story: Story) -> None:
    payout = story.prepare(ALL)
    story.approve(payout)
    send_to_bank(payout=payout, bank=Fund("RJCT", "AC04").bank, fill=fill)
    assert payout_view(payout).state == "rejected"
    assert Payout.objects.get(id=payout).reason == "bank:AC04"
    assert balances(story) == {"funds:held": ALL}
    assert broken_invariants() == []


def paid(story: Story) -> UUID:
    payout = story.prepare(ALL)
    story.approve(payout)
    send_to_bank(payout=payout, bank=Fund().bank, fill=fill)
    assert settle_payout(payout=payout, amount_tiyn=ALL, entry="B1", bank=Account.BANK_DEMO)
    return payout


def test_a_payment_is_settled_once_and_only_by_its_own_sum(story: Story) -> None:
    payout = story.prepare(ALL)
    story.approve(payout)
    assert not settle_payout(payout=payout, amount_tiyn=ALL - 1, entry="B0", bank=Account.BANK_DEMO)
    assert settle_payout(payout=payout, amount_tiyn=ALL, entry="B1", bank=Account.BANK_DEMO)
    assert not settle_payout(payout=payout, amount_tiyn=ALL, entry="B2", bank=Account.BANK_DEMO)
    assert balances(story) == {"funds:paid": ALL}
    states = Announcement.objects.filter(name="payout.changed").values_list("facts__state", flat=True)
    assert sorted(states) == ["approved", "prepared", "settled"]
    assert broken_invariants() == []


def test_what_the_bank_returns_is_held_again_and_can_be_paid_anew(story: Story) -> None:
    payout = paid(story)
    assert return_payout(payout=payout, amount_tiyn=ALL, entry="B2", reason="AC04")
    assert not return_payout(payout=payout, amount_tiyn=ALL, entry="B3", reason="AC04")
    assert payout_view(payout).state == "returned" and balances(story) == {"funds:held": ALL}
    assert broken_invariants() == []
    story.prepare(ALL)
    assert [view.state for view in filtered_payouts(states=(), case=story.case, limit=9)] == ["prepared", "returned"]
    assert filtered_payouts(states=("settled",), case=None, limit=9) == []


def act(story: Story, item: UUID, sha: str = "a" * 64) -> DeliveryRecord:
    return DeliveryRecord(case=story.case, item=item, act_document=UUID(int=5), act_sha256=sha)


def test_money_is_delivered_when_the_family_says_so_and_not_before(story: Story) -> None:
    with pytest.raises(Refusal, match=r"delivery\.not_paid"):
        record_delivery(asked=act(story, story.coat), actor=ACTOR)
    paid(story)
    confirmation = DeliveryConfirm(case=story.case, item=story.coat, by="sms")
    with pytest.raises(Refusal, match=r"delivery\.no_act"):
        confirm_delivery(asked=confirmation, actor=ACTOR)
    for _ in range(2):
        record_delivery(asked=act(story, story.coat), actor=ACTOR)
    with pytest.raises(Refusal, match=r"delivery\.act_differs"):
        record_delivery(asked=act(story, story.coat, "b" * 64), actor=ACTOR)
    assert balances(story) == {"funds:paid": ALL}
    for _ in range(2):
        confirm_delivery(asked=confirmation, actor=ACTOR)
    assert balances(story) == {"funds:paid": 250_000, "funds:delivered": 500_000}
    assert Announcement.objects.filter(name="delivery.confirmed").count() == 1
    assert broken_invariants() == []


def test_a_return_after_delivery_is_left_to_people(story: Story) -> None:
    payout = paid(story)
    record_delivery(asked=act(story, story.coat), actor=ACTOR)
    confirm_delivery(asked=DeliveryConfirm(case=story.case, item=story.coat, by="tap"), actor=ACTOR)
    assert not return_payout(payout=payout, amount_tiyn=ALL, entry="B2", reason="AC04")


def test_the_figures_of_an_unknown_case_are_left_out(story: Story) -> None:
    assert [money.case for money in figures.cases_money([new_id(), story.case]).cases] == [story.case]


def test_an_undecided_bank_is_asked_again_and_nothing_moves(story: Story) -> None:
    payout = story.prepare(ALL)
    story.approve(payout)
    fund = Fund("PDNG")
    for _ in range(2):
        with pytest.raises(Refusal, match=r"bank\.undecided"):
            send_to_bank(payout=payout, bank=fund.bank, fill=fill)
    assert payout_view(payout).state == "approved" and len(fund.handed) == 1
    fund.state = "ACSP"
    send_to_bank(payout=payout, bank=fund.bank, fill=fill)
    assert payout_view(payout).state == "sent" and len(fund.handed) == 1


def test_a_payment_that_the_bank_first_took_and_then_refused_frees_its_money(story: Story) -> None:
    payout = story.prepare(ALL)
    story.approve(payout)
    fund = Fund("ACSP")
    send_to_bank(payout=payout, bank=fund.bank, fill=fill)
    fund.state, fund.reason = "RJCT", "AC04"
    assert follow_sent(bank=fund.bank) == 0 and payout_view(payout).state == "sent"
    with clock.frozen(clock.now() + timedelta(minutes=11)):
        assert follow_sent(bank=fund.bank) == 1
    assert payout_view(payout).state == "rejected" and balances(story) == {"funds:held": ALL}
