"""Promises about callbacks and gateways, against real PostgreSQL."""

import json
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import parse_qs

import pytest
from django.test import Client

from demeu.contracts.treasury import GiftTarget
from demeu.kernel import clock
from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Refusal
from demeu.kernel.ids import new_id
from demeu.kernel.models import Announcement, Audit
from demeu.kernel.testing import run_jobs
from demeu.treasury import figures
from demeu.treasury.donations.queries import gift_view
from demeu.treasury.gateways import registry
from demeu.treasury.gateways.actions import refresh_gift, resolve_gift, start_payment
from demeu.treasury.gateways.models import GatewayCallback, GatewayOrder
from demeu.treasury.gateways.queries import order_of
from demeu.treasury.gateways.tasks import sweep_gifts
from demeu.treasury.gateways.tests.stand_in import Halyk
from demeu.treasury.ledger.models import Transfer
from demeu.treasury.tests.cast import Story

pytestmark = pytest.mark.django_db(transaction=True)


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


def started(story: Story, halyk: Halyk, amount_tiyn: int = 750_000) -> GatewayOrder:
    asked = story.asked(amount_tiyn)
    start_payment(asked=asked, gateway=halyk.gateway)
    order = order_of(asked.gift)
    assert order is not None
    return order


def call_back(client: Client, order: GatewayOrder, *, kind: str = "ok", **changes: object) -> int:
    body = {
        "invoiceId": str(order.number),
        "code": kind,
        "name": "AIGUL CANARY",
        "secret_hash": order.secret,
        **changes,
    }
    return client.post(f"/callbacks/halyk/{kind}/", json.dumps(body), content_type="application/json").status_code


def test_a_started_gift_has_a_page_by_script_and_by_link(story: Story, halyk: Halyk) -> None:
    asked = story.asked(750_050)
    page = start_payment(asked=asked, gateway=halyk.gateway)
    assert (page.state, page.gateway, page.link_url) == ("pending", "halyk", "http://halyk.test/page/1")
    assert page.script_params["amount"] == "7500.50"
    assert page.expires_at == gift_view(asked.gift).started_at + timedelta(minutes=90)
    form = parse_qs(halyk.forms[0])
    order = order_of(asked.gift)
    assert order is not None and form["invoiceID"] == [str(order.number)] and form["secret_hash"] == [order.secret]
    assert 6 <= len(str(order.number)) <= 15


def test_the_same_gift_again_is_the_same_order_and_another_content_is_refused(story: Story, halyk: Halyk) -> None:
    asked = story.asked(750_000)
    first = start_payment(asked=asked, gateway=halyk.gateway)
    again = start_payment(asked=asked, gateway=halyk.gateway)
    assert first.script_params["invoiceId"] == again.script_params["invoiceId"]
    with pytest.raises(Refusal, match=r"gift\.differs"):
        start_payment(asked=asked.model_copy(update={"amount_tiyn": 1}), gateway=halyk.gateway)


def test_a_gateway_that_is_down_leaves_no_trace(story: Story, halyk: Halyk) -> None:
    halyk.down = True
    asked = story.asked(750_000)
    with pytest.raises(Refusal, match=r"gateway\.unavailable"):
        start_payment(asked=asked, gateway=halyk.gateway)
    with pytest.raises(Refusal, match=r"gift\.unknown"):
        gift_view(asked.gift)


def test_gifts_to_unknown_or_closed_needs_are_refused(story: Story, halyk: Halyk) -> None:
    for target in (GiftTarget(kind="case", id=new_id()), GiftTarget(kind="item", id=new_id())):
        with pytest.raises(Refusal, match=r"need\.unknown"):
            start_payment(asked=story.asked(1, target=target), gateway=halyk.gateway)


def test_fifty_copies_of_a_callback_have_one_effect(story: Story, halyk: Halyk, client: Client) -> None:
    order = started(story, halyk)
    halyk.paid(7500)
    assert {call_back(client, order) for _ in range(50)} == {200}
    run_jobs()
    assert gift_view(order.gift).state == "received"
    assert Transfer.objects.filter(kind="receive").count() == 1
    assert Announcement.objects.filter(name="gift.received").count() == 1
    assert GatewayCallback.objects.count() == 50
    assert broken_invariants() == []


def test_shuffled_callbacks_end_where_the_gateway_says(story: Story, halyk: Halyk, client: Client) -> None:
    order = started(story, halyk)
    halyk.paid(7500)
    for kind in ("fail", "ok", "fail"):
        call_back(client, order, kind=kind)
    run_jobs()
    assert gift_view(order.gift).state == "received"
    assert Announcement.objects.filter(name="gift.failed").count() == 0


def test_a_forged_callback_moves_nothing_and_asks_nobody(story: Story, halyk: Halyk, client: Client) -> None:
    order = started(story, halyk)
    halyk.paid(7500)
    before = len(halyk.asked)
    call_back(client, order, secret_hash="guess")
    call_back(client, order, invoiceId="999999999")
    run_jobs()
    assert gift_view(order.gift).state == "pending" and len(halyk.asked) == before
    assert list(GatewayCallback.objects.values_list("secret_ok", flat=True)) == [False, False]


def test_a_callback_that_says_ok_is_not_believed(story: Story, halyk: Halyk, client: Client) -> None:
    order = started(story, halyk)
    halyk.paid(7500, status="FAILED")
    call_back(client, order, amount=7500)
    run_jobs()
    gift = gift_view(order.gift)
    assert (gift.state, gift.decline_reason) == ("declined", "484")
    assert Transfer.objects.count() == 0


@pytest.mark.parametrize(("amount", "currency"), [(7499.99, "KZT"), (7500, "USD")])
def test_another_sum_or_currency_is_never_posted(
    story: Story, halyk: Halyk, client: Client, amount: float, currency: str
) -> None:
    order = started(story, halyk)
    halyk.paid(amount, currency=currency)
    call_back(client, order)
    run_jobs()
    assert gift_view(order.gift).state == "unknown"
    assert Transfer.objects.count() == 0
    assert Audit.objects.filter(action="gift.sum_differs").exists()


def test_money_that_the_card_only_holds_is_taken_first(story: Story, halyk: Halyk, client: Client) -> None:
    order = started(story, halyk)
    halyk.paid(7500, status="AUTH")
    call_back(client, order)
    run_jobs()
    assert "POST /operation/op/charge" in halyk.asked
    assert gift_view(order.gift).state == "received"


def test_a_lost_callback_is_made_good_by_asking(story: Story, halyk: Halyk) -> None:
    order = started(story, halyk)
    halyk.paid(7500)
    refresh_gift(gift=order.gift)
    run_jobs()
    assert figures.gift_card(order.gift).state == "received"


def test_the_sweep_ends_sessions_and_names_what_nobody_knows(story: Story, halyk: Halyk) -> None:
    waiting = started(story, halyk)
    with clock.frozen(clock.now() + timedelta(minutes=91)):
        halyk.down = True
        sweep_gifts.run()
        assert gift_view(waiting.gift).state == "unknown"
    with clock.frozen(clock.now() + timedelta(minutes=93)):
        halyk.down = False
        sweep_gifts.run()
        assert gift_view(waiting.gift).state == "expired"
    assert Announcement.objects.filter(name="gift.failed").count() == 1


def test_a_payment_three_days_late_still_counts(story: Story, halyk: Halyk) -> None:
    order = started(story, halyk)
    with clock.frozen(clock.now() + timedelta(days=1)):
        sweep_gifts.run()
    with clock.frozen(clock.now() + timedelta(days=3)):
        halyk.paid(7500)
        assert resolve_gift(gift=order.gift) == "received"


def test_bodies_that_are_no_callback_are_refused_and_not_kept(client: Client) -> None:
    send = lambda body, path="halyk/ok": client.post(f"/callbacks/{path}/", body, content_type="application/json")  # noqa: E731
    assert send("[]").status_code == send("{").status_code == send(b"\xff").status_code == 400
    assert send("x" * 70_000).status_code == 413
    assert send("{}", "ioka/ok").status_code == send("{}", "halyk/what").status_code == 404
    assert client.get("/callbacks/halyk/ok/").status_code == 405
    assert GatewayCallback.objects.count() == 0


@pytest.mark.parametrize("status", [400, 401, 500, 503])
def test_whatever_the_gateway_answers_is_a_refusal(story: Story, halyk: Halyk, status: int) -> None:
    halyk.status = status
    with pytest.raises(Refusal, match=r"gateway\."):
        start_payment(asked=story.asked(1), gateway=halyk.gateway)
