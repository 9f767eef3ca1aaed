"""Alerts on real PostgreSQL: opened once, decided by two, payouts stopped and freed, reports."""

import csv
import io
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from lxml import etree

from demeu.contracts.vault.documents import DocumentTwin
from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.treasury.donations.actions.gifts import hold_gift
from demeu.treasury.monitoring.actions import decide, note_listed, note_photo, propose, scan, watch_payout
from demeu.treasury.monitoring.models import Alert
from demeu.treasury.monitoring.queries import alert_cards, report, safe_cell
from demeu.treasury.payouts.models import Payout
from demeu.treasury.payouts.queries import payout_view
from demeu.treasury.tests.cast import Story

pytestmark = pytest.mark.django_db(transaction=True)
ONE, TWO = "person:one", "person:two"
LARGE = 400_000_000


def funded(amount_tiyn: int) -> Story:
    """A case whose one item is paid for by one signed-in donor, the money in the bank."""
    story = Story()
    story.declare(coat_tiyn=amount_tiyn)
    gift = story.give(amount_tiyn, target={"kind": "item", "id": story.coat}, donor=new_id())
    assert hold_gift(gift=gift, net_tiyn=amount_tiyn, fee_tiyn=0, entry=str(gift))
    return story


def decided(alert: UUID, decision: str, ground: str = "not_explained") -> None:
    propose(alert=alert, decision=decision, ground=ground, by=ONE)
    decide(alert=alert, agree=True, by=TWO)


def test_a_large_gift_opens_one_alert_however_often_it_is_looked_at() -> None:
    funded(LARGE)
    assert scan() == 1 and scan() == 0
    (alert,) = alert_cards(states=(), limit=9)
    assert (alert.rule, alert.state, alert.facts["total_tiyn"]) == ("threshold_in", "open", LARGE)
    assert alert.party.startswith("donor:") and alert.due_at - alert.opened_at == timedelta(hours=24)
    decided(alert.alert, "clear", "usual_business")
    assert scan() == 0


def test_who_proposes_does_not_decide_and_a_no_opens_the_alert_again() -> None:
    funded(LARGE)
    scan()
    (alert,) = Alert.objects.all()
    with pytest.raises(Refusal, match=r"alert\.wrong_state"):
        decide(alert=alert.id, agree=True, by=TWO)
    with pytest.raises(Refusal, match=r"alert\.decision_unknown"):
        propose(alert=alert.id, decision="clear", ground="because", by=ONE)
    propose(alert=alert.id, decision="clear", ground="usual_business", by=ONE)
    with pytest.raises(Refusal, match=r"alert\.same_person"):
        decide(alert=alert.id, agree=True, by=ONE)
    assert decide(alert=alert.id, agree=False, by=TWO).state == "open"
    propose(alert=alert.id, decision="report", ground="not_explained", by=TWO)
    assert decide(alert=alert.id, agree=True, by=ONE).state == "decided"
    with pytest.raises(Refusal, match=r"alert\.unknown"):
        decide(alert=new_id(), agree=True, by=ONE)


def test_the_database_itself_wants_two_people() -> None:
    funded(LARGE)
    scan()
    row = Alert.objects.get()
    for wrong in ({"proposed_by": ONE, "decided_by": ONE}, {"decided_by": TWO}):
        with pytest.raises(IntegrityError, match="monitoring_"), transaction.atomic():
            Alert.objects.filter(id=row.id).update(state="decided", proposal="clear", decided_at=clock.now(), **wrong)


def parts(payee: UUID) -> list[UUID]:
    """Three payouts to one payee, each below the threshold, together above it."""
    found = []
    for _ in range(3):
        story = funded(110_000_000)
        story.payee = payee
        found.append(story.prepare(110_000_000, (story.coat,)))
        watch_payout(payout=found[-1])
    return found


def test_a_payout_that_completes_a_split_sum_is_stopped_until_two_people_clear_it() -> None:
    payouts = parts(new_id())
    assert [payout_view(payout).state for payout in payouts] == ["prepared", "prepared", "held"]
    alert = Alert.objects.get(rule="split_out")
    assert alert.payout == payouts[2] and payout_view(payouts[2]).stopped
    with pytest.raises(IntegrityError, match="payouts_stopped_waits"), transaction.atomic():
        Payout.objects.filter(id=payouts[2]).update(state="prepared")
    decided(alert.id, "clear", "explained_by_papers")
    assert payout_view(payouts[2]).state == "prepared" and not payout_view(payouts[2]).stopped


def test_a_reported_payout_is_rejected_and_its_money_is_free() -> None:
    payouts = parts(new_id())
    decided(Alert.objects.get(rule="split_out").id, "report")
    assert [payout_view(payout).state for payout in payouts] == ["prepared", "prepared", "rejected"]


def test_a_payee_who_is_an_officer_stops_the_payout() -> None:
    story = funded(5_000_000)
    payout = story.prepare(5_000_000, (story.coat,))
    Payout.objects.filter(id=payout).update(reasons=[{"code": "payee.related_officer", "facts": {}}])
    watch_payout(payout=payout)
    assert Alert.objects.get().rule == "related" and payout_view(payout).state == "held"


def test_an_attempt_to_pay_a_listed_payee_is_kept_and_stands_in_the_report_without_names() -> None:
    payee, payout, today = new_id(), new_id(), clock.today()
    note_listed(payee=payee, payout=payout, amount_tiyn=12_345)
    decided(Alert.objects.get().id, "report", "listed_person")
    (row,) = csv.DictReader(io.StringIO(report(first=today, last=today, form="csv")))
    assert (row["rule"], row["total_tenge"], row["party"]) == ("listed", "123.45", f"payee:{payee}")
    root = etree.fromstring(report(first=today, last=today, form="xml").encode())
    assert [one.findtext("ground") for one in root] == ["listed_person"]
    yesterday = today - timedelta(days=1)
    assert len(report(first=yesterday, last=yesterday, form="csv").splitlines()) == 1


@pytest.mark.parametrize("text", ["=1+1", "+7", "-5", "@x", "\tx"])
def test_a_cell_of_the_report_is_never_a_formula(text: str) -> None:
    assert safe_cell(text) == f"'{text}" and safe_cell("payout:1") == "payout:1"


def test_a_photo_of_a_delivery_that_was_used_before_opens_one_alert() -> None:
    item, photo = new_id(), new_id()
    twin = DocumentTwin(
        document=photo, other=new_id(), other_subject="case:1", other_kind="delivery_photo", how="looks_alike", bits=4
    )
    assert not note_photo(item=item, photo=photo, twins=lambda documents: [])
    assert note_photo(item=item, photo=photo, twins=lambda documents: [twin])
    assert not note_photo(item=item, photo=photo, twins=lambda documents: [twin])
    row = Alert.objects.get()
    assert (row.rule, row.facts["bits"], row.movements) == ("photo_twice", 4, [f"document:{photo}"])
