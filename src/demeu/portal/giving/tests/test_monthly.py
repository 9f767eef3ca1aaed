"""Promises of the pages of monthly gifts. The treasury's answers are given as its contract's messages."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from demeu.contracts.treasury import GiftTarget, MonthlyChange, MonthlyMonth, MonthlyPlan
from demeu.kernel.errors import Refusal, too_late
from demeu.kernel.ids import new_id
from demeu.portal.giving import actions, asking, tasks
from demeu.portal.giving.models import GiftIntent
from demeu.portal.giving.queries import found_target
from demeu.portal.giving.rules import Wanted
from demeu.portal.giving.stopping import stop_monthly_gifts
from demeu.portal.giving.tests.cast import published_case, signed_in
from demeu.portal.legal.queries import current_version

pytestmark = pytest.mark.django_db
DONOR = UUID("0190a000-0000-7000-8000-00000000d0d0")


def plan(**changes: Any) -> MonthlyPlan:
    plain = {
        "plan": new_id(), "state": "active", "amount_tiyn": 500_000, "day": 31,
        "target": GiftTarget(kind="group", code="children_youth"), "gateway": "freedom", "charges_itself": True,
        "made_at": datetime(2026, 11, 30, tzinfo=UTC), "next_on": date(2027, 2, 28), "next_month": date(2027, 2, 1),
        "next_skipped": False, "tries_again": False, "ended_by": "", "undoable": None,
        "months": (MonthlyMonth(month=date(2027, 1, 1), state="paid", amount_tiyn=500_000, gift=new_id()),),
    }  # fmt: skip
    return MonthlyPlan.model_validate({**plain, **changes})


@pytest.fixture
def donor(client: Client) -> Client:
    return signed_in(client, DONOR)


@pytest.fixture
def wishes(monkeypatch: pytest.MonkeyPatch) -> list[MonthlyChange]:
    asked: list[MonthlyChange] = []

    def take(wish: MonthlyChange, actor: str) -> MonthlyPlan:
        assert actor == f"person:{DONOR}"
        asked.append(wish)
        return plan()

    monkeypatch.setattr(asking, "change_monthly", take)
    return asked


def test_the_choice_is_once_unless_the_donor_takes_another(donor: Client) -> None:
    text = donor.get("/give/?fund=1").content.decode()
    assert 'name="every" value="once" checked' in text and 'name="every" value="month">' in text


def test_a_guest_is_told_to_sign_in_and_one_case_is_not_given_to_every_month(client: Client) -> None:
    case = published_case()
    guest = client.get("/give/?group=children_youth").content.decode()
    assert 'name="every"' not in guest and "/sign-in/?next=/give/" in guest
    assert 'name="every"' not in signed_in(client, DONOR).get(f"/give/?case={case.number}").content.decode()


def test_a_monthly_gift_names_its_donor_and_goes_to_what_goes_on() -> None:
    case = published_case()
    given: dict[str, Any] = {
        "amount_tiyn": 500_000, "fallback": "most_urgent", "anonymous": True, "lang": "ru", "by": "guest",
        "offer_version": current_version("offer"), "monthly": True,
    }  # fmt: skip
    fund, one = found_target(Wanted("fund", "1")), found_target(Wanted("case", case.number))
    with pytest.raises(Refusal, match=r"monthly\.sign_in"):
        actions.begin_gift(gift=new_id(), target=fund, donor=None, **given)
    with pytest.raises(Refusal, match=r"monthly\.one_need"):
        actions.begin_gift(gift=new_id(), target=one, donor=DONOR, **given)
    actions.begin_gift(gift=new_id(), target=fund, donor=DONOR, **given)
    assert GiftIntent.objects.get().monthly


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_page_shows_what_goes_on_and_every_way_out(
    donor: Client, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    rows = (
        plan(undoable="change"),
        plan(state="stopped", ended_by="donor", undoable="stop", next_on=None),
        plan(gateway="kaspi", charges_itself=False, target=GiftTarget(kind="reserve")),
        plan(tries_again=True, next_skipped=True, target=GiftTarget(kind="region", code="350000000")),
    )
    monkeypatch.setattr(asking, "monthly_plans", lambda person, actor: rows)
    answer = donor.get("/my/monthly/", headers={"accept-language": lang})
    text = answer.content.decode()
    assert answer.status_code == 200 and f'lang="{lang}"' in text
    assert [text.count(f'value="{what}"') for what in ("skip", "stop", "undo", "change")] == [3, 3, 2, 3]
    assert "reserve=1&amp;amount=5000" in text


def test_without_plans_or_without_the_treasury_the_page_says_so(donor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "monthly_plans", lambda person, actor: ())
    assert "/give/?fund=1" in donor.get("/my/monthly/").content.decode()
    monkeypatch.setattr(asking, "monthly_plans", lambda person, actor: None)
    assert "data-plan" not in donor.get("/my/monthly/").content.decode()


def test_each_wish_is_asked_once_and_the_donor_returns_to_the_page(donor: Client, wishes: list[MonthlyChange]) -> None:
    for what, more in (("skip", {}), ("stop", {}), ("undo", {}), ("change", {"amount": "7 000", "day": "5"})):
        answer = donor.post(f"/my/monthly/{new_id()}/", {"change": str(new_id()), "do": what, **more})
        assert (answer.status_code, answer["Location"]) == (302, "/my/monthly/")
    assert [(wish.what, wish.amount_tiyn, wish.day) for wish in wishes] == [
        ("skip", None, None), ("stop", None, None), ("undo", None, None), ("change", 700_000, 5),
    ]  # fmt: skip


@pytest.mark.parametrize("typed", [{"amount": "сто"}, {"amount": "1"}, {"day": "32"}, {"day": "0"}])
def test_a_mistake_keeps_what_was_typed(
    donor: Client, wishes: list[MonthlyChange], monkeypatch: pytest.MonkeyPatch, typed: dict[str, str]
) -> None:
    known = plan()
    monkeypatch.setattr(asking, "monthly_plans", lambda person, actor: (known,))
    whole = {"change": str(new_id()), "do": "change", "amount": "9 999", "day": "7", **typed}
    answer = donor.post(f"/my/monthly/{known.plan}/", whole)
    page = answer.content.decode()
    assert answer.status_code == 422 and "field-error" in page and not wishes
    assert f'value="{whole["amount"]}"' in page and f'value="{whole["day"]}"' in page


def test_what_the_treasury_refuses_is_said_in_words(donor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(wish: MonthlyChange, actor: str) -> MonthlyPlan:
        raise too_late("monthly.too_late_to_undo", days=30)

    monkeypatch.setattr(asking, "change_monthly", refuse)
    monkeypatch.setattr(asking, "monthly_plans", lambda person, actor: (plan(),))
    answer = donor.post(f"/my/monthly/{new_id()}/", {"change": str(new_id()), "do": "undo"})
    assert answer.status_code == 409 or answer.status_code == 410
    assert "30" in answer.content.decode()


def test_strangers_are_sent_to_sign_in(client: Client) -> None:
    assert client.get("/my/monthly/")["Location"].startswith("/sign-in/")
    assert client.post(f"/my/monthly/{new_id()}/", {"do": "stop"})["Location"].startswith("/sign-in/")


def test_the_donor_is_told_by_template_and_once_a_month_and_attempt(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Any] = []
    monkeypatch.setattr(tasks, "ask", lambda *given, **more: told.append((given[2], more["idempotency_key"])))
    news = {"plan": "p", "donor": str(DONOR), "month": "2027-01-01", "on": "2027-01-31", "amount_tiyn": 1}
    tasks.tell_monthly.run(**news, what="failed", next_on="2027-02-01", attempt=2)
    tasks.tell_monthly.run(**news, what="stopped", next_on=None)
    first, second = told
    assert (first[0].template, first[0].facts) == ("monthly_failed", {"day": "01.02.2027"})
    assert first[1] == "tell-monthly-p-2027-01-01-failed-2"
    assert (second[0].template, second[0].facts, second[0].person) == ("monthly_stopped", {}, DONOR)


def test_before_a_person_is_erased_everything_that_charges_them_is_stopped(
    monkeypatch: pytest.MonkeyPatch, wishes: list[MonthlyChange]
) -> None:
    going, over = plan(), plan(state="stopped", ended_by="donor")
    monkeypatch.setattr(asking, "monthly_plans", lambda person, actor: (going, over))
    assert stop_monthly_gifts(person=DONOR, actor=f"person:{DONOR}") == 1
    assert [(wish.plan, wish.what) for wish in wishes] == [(going.plan, "stop")]
    monkeypatch.setattr(asking, "monthly_plans", lambda person, actor: None)
    with pytest.raises(Refusal, match=r"treasury\.away"):
        stop_monthly_gifts(person=DONOR, actor=f"person:{DONOR}")
