"""Promises about Kaspi's check/pay protocol: who is answered, what is answered, and that a payment counts once."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from demeu.kernel import clock
from demeu.kernel.checks import broken_invariants
from demeu.kernel.models import Announcement
from demeu.kernel.testing import run_jobs
from demeu.treasury.donations.queries import gift_view
from demeu.treasury.gateways.actions import resolve_gift, start_payment
from demeu.treasury.gateways.kaspi.gateway import KaspiGateway
from demeu.treasury.gateways.models import GatewayOrder, KaspiPayment
from demeu.treasury.gateways.queries import order_of
from demeu.treasury.gateways.tasks import sweep_gifts
from demeu.treasury.ledger.models import Transfer
from demeu.treasury.tests.cast import Story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def order(settings: Any) -> Iterator[GatewayOrder]:
    settings.DEMEU_TREASURY_KASPI_NETWORKS = "127.0.0.1/32 10.0.0.0/8"
    story = Story()
    story.declare()
    asked = story.asked(750_050, gateway="kaspi")
    page = start_payment(asked=asked, gateway=KaspiGateway("http://kaspi.test/pay/", "demeu"))
    found = order_of(asked.gift)
    assert found is not None and f"account={found.number}&amount=7500.50" in page.link_url
    yield found


def ask(client: Client, command: str, order: GatewayOrder | int, *, address: str = "127.0.0.1", **changes: str) -> Any:
    account = order if isinstance(order, int) else order.number
    query = {"command": command, "txn_id": "7001", "account": str(account), "sum": "7500.50", **changes}
    if command == "pay":
        query = {"txn_date": "20261122101500", **query}
    return client.get("/callbacks/kaspi/", query, REMOTE_ADDR=address)


def test_a_check_tells_the_sum_and_changes_nothing(order: GatewayOrder, client: Client) -> None:
    answer = ask(client, "check", order, sum="1.00").json()
    assert (answer["txn_id"], answer["result"], answer["sum"]) == ("7001", 0, "7500.50")
    assert answer["fields"]["field1"]["@name"]
    assert gift_view(order.gift).state == "pending" and KaspiPayment.objects.count() == 0
    assert ask(client, "check", 999_999_999).json()["result"] == 1


def test_fifty_copies_of_a_payment_get_the_same_answer_and_have_one_effect(order: GatewayOrder, client: Client) -> None:
    answers = {ask(client, "pay", order).content for _ in range(50)}
    assert len(answers) == 1
    run_jobs()
    assert gift_view(order.gift).state == "received"
    assert Transfer.objects.filter(kind="receive").count() == 1
    assert Announcement.objects.filter(name="gift.received").count() == 1
    assert ask(client, "pay", order).json()["result"] == 0
    assert ask(client, "pay", order, txn_id="7002").json()["result"] == 3
    assert ask(client, "check", order, txn_id="7003").json()["result"] == 3
    assert broken_invariants() == []


def test_a_payment_before_any_check_is_taken(order: GatewayOrder, client: Client) -> None:
    assert ask(client, "pay", order).json()["result"] == 0
    assert resolve_gift(gift=order.gift) == "received"


@pytest.mark.parametrize("address", ["127.0.0.2", "8.8.8.8", "::1", ""])
def test_strangers_are_not_answered(order: GatewayOrder, client: Client, address: str) -> None:
    assert ask(client, "pay", order, address=address).status_code == 403
    assert KaspiPayment.objects.count() == 0
    assert ask(client, "pay", order, address="10.1.2.3").json()["result"] == 0


@pytest.mark.parametrize("paid", ["7500.49", "7500.51", "750050", "-7500.50", "NaN", ""])
def test_another_sum_is_not_taken(order: GatewayOrder, client: Client, paid: str) -> None:
    assert ask(client, "pay", order, sum=paid).json()["result"] == 5
    assert ask(client, "pay", order, txn_id="7001", sum="7500.50").json()["result"] == 0
    assert ask(client, "pay", order, txn_id="7001", sum="1.00").json()["result"] == 5


@pytest.mark.parametrize(
    "changes",
    [{"command": "refund"}, {"txn_id": "a b"}, {"txn_id": ""}, {"txn_date": "yesterday"}, {"account": "x" * 99}],
)
def test_what_cannot_be_read_moves_nothing(order: GatewayOrder, client: Client, changes: dict[str, str]) -> None:
    query = {"command": "pay", "txn_id": "1", "account": str(order.number), "sum": "7500.50"}
    query |= {"txn_date": "20261122101500", **changes}
    assert client.get("/callbacks/kaspi/", query).json()["result"] in (1, 5)
    assert KaspiPayment.objects.count() == 0
    assert client.post("/callbacks/kaspi/", query).status_code == 405


def test_an_ended_session_is_not_offered_but_money_that_comes_late_counts(order: GatewayOrder, client: Client) -> None:
    with clock.frozen(clock.now() + timedelta(minutes=95)):
        sweep_gifts.run()
        assert gift_view(order.gift).state == "expired"
        assert ask(client, "check", order).json()["result"] == 2
    with clock.frozen(clock.now() + timedelta(days=3)):
        assert ask(client, "pay", order).json()["result"] == 0
        run_jobs()
        assert gift_view(order.gift).state == "received"


def test_orders_of_another_gateway_are_unknown_to_kaspi(client: Client) -> None:
    foreign = GatewayOrder.objects.create(
        number=123_456_789,
        gift="00000000-0000-7000-8000-000000000001",
        gateway="halyk",
        secret="s",
        made_at=clock.now(),
    )
    assert ask(client, "check", foreign).json()["result"] == 1
