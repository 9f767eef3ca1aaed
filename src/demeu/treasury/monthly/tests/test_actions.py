"""Promises of monthly gifts against real PostgreSQL: one charge a month, retries, late money, what a donor may do."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, connection, transaction

from demeu.contracts.treasury import GiftTarget, MonthlyChange
from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.kernel.models import Announcement, Audit
from demeu.kernel.testing import run_jobs
from demeu.treasury.donations.models import Gift
from demeu.treasury.donations.queries import gift_view
from demeu.treasury.gateways import registry
from demeu.treasury.gateways.actions import resolve_gift
from demeu.treasury.gateways.models import Refund
from demeu.treasury.gateways.queries import gift_of_order
from demeu.treasury.ledger.queries import lots
from demeu.treasury.monthly.actions.charging import charge_month
from demeu.treasury.monthly.actions.plans import change_plan, open_plan
from demeu.treasury.monthly.models import Attempt, Charge, Plan
from demeu.treasury.monthly.queries import plan_card, plans_of
from demeu.treasury.monthly.tasks import follow_plans
from demeu.treasury.monthly.tests.cast import Charging, monthly_gift
from demeu.treasury.tests.cast import Story

pytestmark = pytest.mark.django_db(transaction=True)
BEGAN = datetime(2026, 12, 31, 8, 0, tzinfo=UTC)
JANUARY, FEBRUARY = (datetime(2027, 1, 31, 6, 0, tzinfo=UTC), datetime(2027, 2, 28, 6, 0, tzinfo=UTC))
DONOR = UUID("0190a000-0000-7000-8000-00000000d0d0")
ACTOR = f"person:{DONOR}"


@pytest.fixture
def gateway(monkeypatch: pytest.MonkeyPatch) -> Iterator[Charging]:
    stand_in = Charging()
    monkeypatch.setattr(registry, "freedom_gateway", lambda: stand_in)
    monkeypatch.setattr(registry, "kaspi_gateway", lambda: stand_in)
    yield stand_in


@pytest.fixture
def plan(gateway: Charging) -> Plan:
    with clock.frozen(BEGAN):
        return monthly_gift(gateway, DONOR)


def at(moment: datetime) -> None:
    """What the minutely job does at a moment, and what it has put off."""
    with clock.frozen(moment):
        follow_plans.run()
        run_jobs()


def change(plan: Plan, what: str, moment: datetime, **more: object) -> None:
    asked = MonthlyChange.model_validate({"change": new_id(), "plan": plan.id, "what": what, **more})
    with clock.frozen(moment):
        change_plan(asked=asked, actor=ACTOR)


def states(plan: Plan) -> dict[str, str]:
    return {str(row.month)[:7]: row.state for row in Charge.objects.filter(plan=plan).order_by("month")}


def news() -> list[str]:
    told = Announcement.objects.filter(name="monthly.news").order_by("at", "id").values_list("facts", flat=True)
    return [str(facts["what"]) for facts in told if facts["what"] != "coming"]


def test_a_plan_of_the_31st_is_charged_on_the_last_day_of_february(plan: Plan, gateway: Charging) -> None:
    at(JANUARY - timedelta(hours=2))
    assert not gateway.sent
    at(JANUARY)
    at(FEBRUARY)
    at(datetime(2027, 3, 30, 12, tzinfo=UTC))
    assert len(gateway.sent) == 2 and len(set(gateway.firsts)) == 1
    assert states(plan) == {"2026-12": "paid", "2027-01": "paid", "2027-02": "paid"}
    given = [gift_view(row.gift) for row in Attempt.objects.all()]
    assert [one.amount_tiyn for one in given] == [500_000] * 3 and all(one.donor == DONOR for one in given)
    assert sum(lot.amount_tiyn for one in given for lot in lots(gift=one.id)) == 1_500_000
    plan.refresh_from_db()
    assert plan.next_month == date(2027, 3, 1) and plan.due_at == datetime(2027, 3, 31, 5, tzinfo=UTC)


def test_two_workers_charge_a_month_once(plan: Plan, gateway: Charging) -> None:
    def charge(_: int) -> bool:
        try:
            with clock.frozen(JANUARY):
                return charge_month(plan=plan.id)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(charge, range(8)))
    assert sum(done) == 1 and len(gateway.sent) == 1
    assert Gift.objects.filter(received_at__isnull=False).count() == 2


def test_the_database_itself_refuses_a_second_row_of_a_month_and_a_second_live_attempt(plan: Plan) -> None:
    row = Charge.objects.get(plan=plan)
    with pytest.raises(IntegrityError, match="monthly_one_a_month"), transaction.atomic():
        Charge.objects.create(id=new_id(), plan=plan, month=row.month, state="planned", amount_tiyn=1, at=BEGAN)
    with pytest.raises(IntegrityError, match="monthly_one_live_attempt"), transaction.atomic():
        Attempt.objects.create(gift=new_id(), charge=row, number=7, at=BEGAN)


@pytest.mark.parametrize("how", ["declines", "refuses"])
def test_a_failed_charge_is_tried_by_the_written_plan_and_the_donor_is_told(
    plan: Plan, gateway: Charging, how: str
) -> None:
    gateway.does = how
    for days in (0, 0, 1, 1, 2, 3, 7, 8, 9):
        at(JANUARY + timedelta(days=days))
    assert len(gateway.sent) == 4 and len(set(gateway.sent)) == 4
    assert states(plan)["2027-01"] == "missed"
    assert news() == ["failed", "failed", "failed", "missed"]
    gateway.does = "pays"
    at(FEBRUARY)
    assert states(plan)["2027-02"] == "paid" and Plan.objects.get(id=plan.id).state == "active"


def test_a_plan_whose_card_is_dead_ends_after_two_months(plan: Plan, gateway: Charging) -> None:
    gateway.does = "declines"
    for month in (JANUARY, FEBRUARY, FEBRUARY + timedelta(days=31)):
        for days in (0, 1, 3, 7):
            at(month + timedelta(days=days))
    row = Plan.objects.get(id=plan.id)
    assert (row.state, row.ended_by) == ("stopped", "missed")
    assert len(gateway.sent) == 8 and news().count("stopped") == 1


def test_a_silent_gateway_is_asked_and_not_charged_again_until_its_session_has_ended(
    plan: Plan, gateway: Charging
) -> None:
    gateway.does = "silent"
    at(JANUARY)
    at(JANUARY + timedelta(minutes=80))
    assert states(plan)["2027-01"] == "trying" and len(gateway.sent) == 1
    gift = gift_of_order(gateway.sent[0])
    assert gift is not None
    with clock.frozen(JANUARY + timedelta(minutes=95)):
        resolve_gift(gift=gift)
    at(JANUARY + timedelta(minutes=96))
    assert states(plan)["2027-01"] == "planned" and len(gateway.sent) == 1
    gateway.does = "pays"
    at(JANUARY + timedelta(days=1))
    assert states(plan)["2027-01"] == "paid" and len(gateway.sent) == 2


def test_money_of_a_failed_attempt_that_comes_late_is_the_months_gift(plan: Plan, gateway: Charging) -> None:
    gateway.does = "declines"
    at(JANUARY)
    gateway.pay_late(gateway.sent[0])
    at(JANUARY + timedelta(hours=1))
    at(JANUARY + timedelta(days=1))
    assert states(plan)["2027-01"] == "paid" and len(gateway.sent) == 1
    assert not Refund.objects.exists()


def test_a_month_that_was_paid_twice_gives_the_second_back(plan: Plan, gateway: Charging) -> None:
    gateway.does = "declines"
    at(JANUARY)
    gateway.does = "pays"
    at(JANUARY + timedelta(days=1))
    gateway.pay_late(gateway.sent[0])
    for _ in range(2):
        at(JANUARY + timedelta(days=1, hours=1))
    refund = Refund.objects.get()
    assert (refund.reason, refund.amount_tiyn) == ("double", 500_000)
    assert refund.gift == gift_of_order(gateway.sent[0])


def test_a_skipped_month_is_not_charged_and_can_be_taken_back_before_its_day(plan: Plan, gateway: Charging) -> None:
    change(plan, "skip", BEGAN + timedelta(days=1))
    assert plan_card(Plan.objects.get(id=plan.id)).next_skipped
    at(JANUARY)
    assert not gateway.sent
    change(plan, "skip", JANUARY + timedelta(days=1))
    change(plan, "undo", JANUARY + timedelta(days=2))
    at(FEBRUARY)
    assert states(plan) == {"2026-12": "paid", "2027-01": "skipped", "2027-02": "paid"} and len(gateway.sent) == 1


def test_a_changed_sum_and_day_hold_from_the_next_charge_on(plan: Plan, gateway: Charging) -> None:
    change(plan, "change", BEGAN + timedelta(days=1), amount_tiyn=700_000, day=5)
    at(datetime(2027, 1, 5, 6, tzinfo=UTC))
    assert [gift_view(row.gift).amount_tiyn for row in Attempt.objects.filter(number=1)] == [700_000]
    change(plan, "change", datetime(2027, 1, 6, tzinfo=UTC), amount_tiyn=300_000)
    change(plan, "undo", datetime(2027, 1, 7, tzinfo=UTC))
    assert Plan.objects.get(id=plan.id).amount_tiyn == 700_000


def test_a_stopped_plan_is_never_charged_and_going_on_leaves_out_what_has_passed(plan: Plan, gateway: Charging) -> None:
    change(plan, "stop", BEGAN + timedelta(days=20))
    at(JANUARY)
    with pytest.raises(Refusal, match=r"monthly\.stopped"):
        change(plan, "skip", JANUARY)
    change(plan, "undo", JANUARY + timedelta(days=10))
    at(JANUARY + timedelta(days=11))
    assert not gateway.sent
    at(FEBRUARY)
    assert states(plan) == {"2026-12": "paid", "2027-02": "paid"} and len(gateway.sent) == 1


def test_what_has_worked_or_is_old_is_not_taken_back(plan: Plan, gateway: Charging) -> None:
    change(plan, "change", BEGAN + timedelta(days=1), amount_tiyn=700_000)
    at(JANUARY)
    with pytest.raises(Refusal, match=r"monthly\.too_late_to_undo"):
        change(plan, "undo", JANUARY + timedelta(hours=1))
    change(plan, "stop", JANUARY + timedelta(hours=2))
    with pytest.raises(Refusal, match=r"monthly\.too_late_to_undo"):
        change(plan, "undo", JANUARY + timedelta(days=40))


def test_a_plan_that_ended_by_itself_is_not_begun_again_by_taking_an_old_change_back(
    plan: Plan, gateway: Charging
) -> None:
    change(plan, "change", BEGAN + timedelta(days=1), amount_tiyn=700_000)
    gateway.does = "declines"
    for month in (JANUARY, FEBRUARY, FEBRUARY + timedelta(days=31)):
        for days in (0, 1, 3, 7):
            at(month + timedelta(days=days))
    with clock.frozen(FEBRUARY + timedelta(days=40)):
        assert plan_card(Plan.objects.get(id=plan.id)).undoable is None
        with pytest.raises(Refusal, match=r"monthly\.too_late_to_undo"):
            change(plan, "undo", FEBRUARY + timedelta(days=40))


def test_the_same_change_twice_is_one_change_and_strangers_change_nothing(plan: Plan) -> None:
    asked = MonthlyChange(change=new_id(), plan=plan.id, what="skip")
    with clock.frozen(BEGAN + timedelta(days=1)):
        change_plan(asked=asked, actor=ACTOR)
        change_plan(asked=asked, actor=ACTOR)
        with pytest.raises(Refusal, match=r"monthly\.not_yours"):
            change_plan(asked=MonthlyChange(change=new_id(), plan=plan.id, what="stop"), actor="person:other")
    assert states(plan) == {"2026-12": "paid", "2027-01": "skipped"}
    assert Audit.objects.filter(action="monthly.skip").count() == 1


def test_the_donor_is_told_once_before_each_charge(plan: Plan) -> None:
    for days in (10, 4, 3, 2, 1):
        at(JANUARY - timedelta(days=days, hours=-1))
    assert Announcement.objects.filter(name="monthly.news", facts__what="coming").count() == 1


def test_where_the_gateway_cannot_charge_the_donor_is_reminded_and_nothing_is_taken(gateway: Charging) -> None:
    gateway.name = "kaspi"
    with clock.frozen(BEGAN):
        plan = monthly_gift(gateway, DONOR)
    at(JANUARY)
    at(JANUARY + timedelta(days=1))
    assert states(plan)["2027-01"] == "reminded" and news() == ["remind"] and not gateway.sent
    assert not plan_card(Plan.objects.get(id=plan.id)).charges_itself


def test_a_plan_without_its_first_gift_is_never_charged_nor_shown(gateway: Charging) -> None:
    asked = Story().asked(500_000, target=GiftTarget(kind="fund"), donor=DONOR, monthly=True, gateway="freedom")
    open_plan(asked=asked)
    assert plans_of(DONOR) == []
    with pytest.raises(Refusal, match=r"monthly\.sign_in"):
        open_plan(asked=Story().asked(500_000, target=GiftTarget(kind="fund"), monthly=True))
    with pytest.raises(Refusal, match=r"monthly\.one_need"):
        open_plan(asked=Story().asked(500_000, donor=DONOR, monthly=True))
    with pytest.raises(Refusal, match=r"gift\.addition"):
        open_plan(asked=Story().asked(70_000, target=GiftTarget(kind="fund"), donor=DONOR, addition_tiyn=90_000))
    assert Plan.objects.count() == 1
