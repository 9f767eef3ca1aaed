"""Promises about TipTop Pay: its webhooks' signatures, the Check answer, and that the status decides."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from django.test import Client

from demeu.kernel.ids import new_id
from demeu.kernel.testing import run_jobs
from demeu.treasury.donations.actions.gifts import hold_gift
from demeu.treasury.donations.queries import gift_view
from demeu.treasury.gateways import registry
from demeu.treasury.gateways.actions import start_payment
from demeu.treasury.gateways.models import GatewayCallback, GatewayOrder, Refund
from demeu.treasury.gateways.queries import order_of
from demeu.treasury.gateways.refund_rules import RefundReason
from demeu.treasury.gateways.refunds import ask_refund, decide_refund
from demeu.treasury.gateways.tiptop.client import TipTopClient
from demeu.treasury.gateways.tiptop.gateway import TipTopGateway
from demeu.treasury.gateways.tiptop.words import mark_of
from demeu.treasury.ledger.models import Transfer
from demeu.treasury.tests.cast import Story

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "tiptop-test-secret"


@dataclass
class TipTop:
    """`payment` is what /payments/find answers."""

    payment: dict[str, object] | None = None
    asked: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def answer(self, request: httpx.Request) -> httpx.Response:
        assert request.headers["Authorization"].startswith("Basic ")
        body = json.loads(request.content)
        self.asked.append((request.url.path, body))
        if request.url.path == "/orders/create":
            return httpx.Response(200, json={"Success": True, "Model": {"Url": "http://tiptop.test/o/1"}})
        if request.url.path == "/payments/refund":
            return httpx.Response(200, json={"Success": True})
        if self.payment is None:
            return httpx.Response(200, json={"Success": False, "Message": "Not found"})
        return httpx.Response(200, json={"Success": True, "Model": self.payment})

    def paid(self, amount: float, status: str = "Completed") -> None:
        self.payment = {
            "TransactionId": 504,
            "Amount": amount,
            "Currency": "KZT",
            "Status": status,
            "ReasonCode": 5051,
            "Token": "tk_canary",
        }


@pytest.fixture
def tiptop(monkeypatch: pytest.MonkeyPatch) -> Iterator[TipTop]:
    stand_in = TipTop()
    http = httpx.Client(transport=httpx.MockTransport(stand_in.answer))
    gateway = TipTopGateway(TipTopClient("http://tiptop.test", "pk_1", SECRET, http))
    monkeypatch.setattr(registry, "tiptop_gateway", lambda: gateway)
    yield stand_in


@pytest.fixture
def order(tiptop: TipTop) -> GatewayOrder:
    story = Story()
    story.declare()
    asked = story.asked(750_050, gateway="tiptop")
    page = start_payment(asked=asked, gateway=registry.gateway_named("tiptop"))
    assert page.link_url == "http://tiptop.test/o/1"
    found = order_of(asked.gift)
    assert found is not None
    return found


def hook(
    client: Client, order: GatewayOrder, kind: str, *, secret: str = SECRET, decoded: bool = False, **changes: str
) -> Any:
    fields = {
        "TransactionId": "504",
        "Amount": "7500.50",
        "Currency": "KZT",
        "InvoiceId": str(order.number),
        "Name": "AIGUL CANARY",
        "CardFirstSix": "440563",
        **changes,
    }
    body = urlencode(fields)
    name, marked = ("X-Content-HMAC", body.replace("+", " ")) if decoded else ("Content-HMAC", body)
    headers = {name: mark_of(marked.encode(), secret).decode()}
    return client.post(
        f"/callbacks/tiptop/{kind}", body, content_type="application/x-www-form-urlencoded", headers=headers
    )


def test_fifty_shuffled_webhooks_have_one_effect(order: GatewayOrder, tiptop: TipTop, client: Client) -> None:
    tiptop.paid(7500.5)
    for number in range(50):
        answer = hook(client, order, "fail" if number % 7 == 3 else "pay", decoded=number % 2 == 1)
        assert answer.json() == {"code": 0}
    run_jobs()
    assert gift_view(order.gift).state == "received"
    assert Transfer.objects.filter(kind="receive").count() == 1
    assert "CANARY" not in str(list(GatewayCallback.objects.values_list("body")))


@pytest.mark.parametrize("kind", ["pay", "check", "refund"])
def test_what_is_not_signed_is_refused_and_asks_nobody(
    order: GatewayOrder, tiptop: TipTop, client: Client, kind: str
) -> None:
    asked = len(tiptop.asked)
    assert hook(client, order, kind, secret="guess").status_code == 400
    bare = client.post(f"/callbacks/tiptop/{kind}", "a=1", content_type="application/x-www-form-urlencoded")
    assert bare.status_code == 400
    run_jobs()
    assert GatewayCallback.objects.count() == 0 and len(tiptop.asked) == asked


def test_a_check_says_what_may_be_taken(order: GatewayOrder, tiptop: TipTop, client: Client) -> None:
    codes = lambda **changes: hook(client, order, "check", **changes).json()["code"]  # noqa: E731
    assert codes() == 0
    assert codes(Amount="1.00") == codes(Currency="USD") == 12
    assert codes(InvoiceId="999999999") == codes(InvoiceId="x") == 10
    tiptop.paid(7500.5)
    hook(client, order, "pay")
    run_jobs()
    assert codes() == 13


def test_a_signed_webhook_is_not_believed_without_asking(order: GatewayOrder, tiptop: TipTop, client: Client) -> None:
    tiptop.paid(7500.5, "Declined")
    hook(client, order, "pay")
    run_jobs()
    assert (gift_view(order.gift).state, gift_view(order.gift).decline_reason) == ("declined", "5051")


def test_another_sum_is_never_posted(order: GatewayOrder, tiptop: TipTop, client: Client) -> None:
    tiptop.paid(7500.49)
    hook(client, order, "pay")
    run_jobs()
    assert gift_view(order.gift).state == "unknown" and Transfer.objects.count() == 0


@pytest.mark.breaks("reconciliation.")
def test_a_refund_goes_to_the_payment_it_came_from(order: GatewayOrder, tiptop: TipTop, client: Client) -> None:
    tiptop.paid(7500.5)
    hook(client, order, "pay")
    run_jobs()
    hold_gift(gift=order.gift, net_tiyn=750_050, fee_tiyn=0, entry="E1")
    refund = ask_refund(
        refund=new_id(), gift=order.gift, amount_tiyn=None, reason=RefundReason.DONOR_WISH, by="person:a"
    )
    decide_refund(refund=refund.id, approve=True, refusal="", by="person:b")
    run_jobs()
    assert ("/payments/refund", {"TransactionId": 504, "Amount": "7500.50"}) in tiptop.asked
    assert Refund.objects.get().state == "sent"
