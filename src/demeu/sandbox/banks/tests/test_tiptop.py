"""A payment at the sandbox's TipTop Pay: Check, webhooks with both signatures, refund, a later charge by token."""

import base64
import hashlib
import hmac
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client

from demeu.kernel.testing import run_jobs
from demeu.sandbox.banks.models import Movement, Order
from demeu.sandbox.banks.tests.books import broken_invariants
from demeu.sandbox.banks.tests.messages_for_tests import FUND
from demeu.sandbox.banks.tests.receiver import Receiver, receiver

pytestmark = pytest.mark.django_db
INVOICE, PAYS = "100000888", "4405630000000007"
KEY = base64.b64encode(b"pk_demeu:sandbox-tiptop-secret").decode()


@pytest.fixture
def merchant(settings: Any) -> Iterator[Receiver]:
    with receiver() as listening:
        settings.DEMEU_SANDBOX_TIPTOP_WEBHOOKS_URL = f"{listening.address}/callbacks/tiptop"
        listening.reply = {"code": 0}
        yield listening


def ask(client: Client, path: str, *, key: str = KEY, **fields: object) -> Any:
    headers = {"Authorization": f"Basic {key}"}
    return client.post(f"/tiptop{path}", fields, content_type="application/json", headers=headers)


def paid(client: Client, merchant: Receiver) -> Any:
    made = ask(client, "/orders/create", Amount="7500.50", Currency="KZT", InvoiceId=INVOICE)
    page = made.json()["Model"]["Url"].removeprefix("http://testserver")
    assert "TipTop Pay" in client.get(page).content.decode()
    return client.post(page, {"card": PAYS, "expiry": "12/30", "cvc": "123", "name": "TEST"})


def test_the_merchant_is_asked_then_told_with_two_signatures(client: Client, merchant: Receiver) -> None:
    assert ask(client, "/payments/find", InvoiceId=INVOICE).json()["Message"] == "Not found"
    paid(client, merchant)
    run_jobs()
    assert [path.rpartition("/")[2] for path in merchant.paths] == ["check", "pay"]
    told = urlencode(merchant.bodies[1]).encode()
    mark = hmac.new(b"sandbox-tiptop-secret", told, hashlib.sha256).digest()
    headers = {name.lower(): value for name, value in merchant.headers[1].items()}
    assert base64.b64decode(headers["content-hmac"]) == mark and headers["x-content-hmac"]
    found = ask(client, "/payments/find", InvoiceId=INVOICE).json()["Model"]
    assert (found["Status"], found["Amount"]) == ("Completed", 7500.5)
    assert Movement.objects.get(account__iban=FUND).text.startswith(f"TIPTOP/{INVOICE}/")
    assert broken_invariants() == []


def test_a_merchant_that_says_no_to_check_gets_no_money(client: Client, merchant: Receiver) -> None:
    merchant.reply = {"code": 13}
    assert paid(client, merchant).status_code == 409
    assert Movement.objects.count() == 0 and Order.objects.get().tried_at is None


def test_refund_and_a_later_charge_by_token(client: Client, merchant: Receiver) -> None:
    paid(client, merchant)
    found = ask(client, "/payments/find", InvoiceId=INVOICE).json()["Model"]
    again = {"Amount": "100.00", "Currency": "KZT", "Token": found["Token"]}
    assert (
        ask(client, "/payments/tokens/charge", InvoiceId="100000889", **again).json()["Model"]["Status"] == "Completed"
    )
    client.post("/control/bank/faults", {"kind": "decline_recurring"}, content_type="application/json")
    failed = ask(client, "/payments/tokens/charge", InvoiceId="100000890", **again).json()["Model"]
    assert (failed["Status"], failed["ReasonCode"]) == ("Declined", 5051)
    assert ask(client, "/payments/refund", TransactionId=found["TransactionId"], Amount="7500.50").json()["Success"]
    assert not ask(client, "/payments/refund", TransactionId=found["TransactionId"], Amount="0.01").json()["Success"]
    assert sum(Movement.objects.filter(account__iban=FUND).values_list("amount_tiyn", flat=True)) == 10_000


def test_strangers_are_not_answered(client: Client, merchant: Receiver) -> None:
    assert ask(client, "/payments/find", key="eDp5", InvoiceId=INVOICE).status_code == 401
