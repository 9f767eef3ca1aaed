"""A payment in the sandbox's Kaspi app against a real merchant on the loopback."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client

from demeu.kernel.testing import run_jobs
from demeu.sandbox.banks.models import Movement, Order
from demeu.sandbox.banks.tests.books import broken_invariants
from demeu.sandbox.banks.tests.messages_for_tests import FUND
from demeu.sandbox.banks.tests.receiver import Receiver, receiver

pytestmark = pytest.mark.django_db
ACCOUNT = "100000555"
BACK = "http://127.0.0.1:8000/back"


@pytest.fixture
def merchant(settings: Any) -> Iterator[Receiver]:
    with receiver() as listening:
        settings.DEMEU_SANDBOX_KASPI_MERCHANT_URL = f"{listening.address}/callbacks/kaspi/"
        listening.answer = {"result": 0, "sum": "7500.50"}
        yield listening


def press(client: Client, button: str) -> Any:
    return client.post("/kaspi/pay/", {"account": ACCOUNT, "back": BACK, button: "1"})


def test_the_app_asks_shows_pays_and_tells(client: Client, merchant: Receiver) -> None:
    page = client.get("/kaspi/pay/", {"account": ACCOUNT, "back": BACK, "lang": "en"})
    assert "7,500.50" in page.content.decode().replace("\u00a0", ",")
    assert [asked["command"] for _, asked in merchant.questions] == ["check"]
    assert press(client, "leave").headers["Location"] == BACK
    assert Movement.objects.count() == 0
    assert press(client, "pay").headers["Location"] == BACK
    source, paid = merchant.questions[-1]
    assert source == "127.0.0.1"
    assert (paid["command"], paid["account"], paid["sum"], len(paid["txn_date"])) == ("pay", ACCOUNT, "7500.50", 14)
    line = Movement.objects.get(account__iban=FUND)
    assert line.amount_tiyn == 750_050 and line.text.startswith(f"KASPI/{ACCOUNT}/")
    asked = len(merchant.questions)
    press(client, "pay")
    assert len(merchant.questions) == asked and broken_invariants() == []


def test_a_merchant_that_says_no_leaves_the_money_with_the_payer(client: Client, merchant: Receiver) -> None:
    client.get("/kaspi/pay/", {"account": ACCOUNT})
    merchant.answer = {"result": 5}
    assert press(client, "pay").status_code == 200
    assert Order.objects.get().status == "FAILED" and Movement.objects.count() == 0


def test_an_unknown_account_is_shown_as_such(client: Client, merchant: Receiver) -> None:
    merchant.answer = {"result": 1}
    assert client.get("/kaspi/pay/", {"account": ACCOUNT}).status_code == 409
    assert client.get("/kaspi/pay/", {"account": "x"}).status_code == 404
    assert Order.objects.count() == 0


def test_misbehaviour_repeats_and_forges_from_another_address(client: Client, merchant: Receiver) -> None:
    plan = {"repeat": 50, "forge_amount": "1.00", "drop": True}
    client.post(f"/control/epay/callbacks/{ACCOUNT}", plan, content_type="application/json")
    client.get("/kaspi/pay/", {"account": ACCOUNT})
    press(client, "pay")
    run_jobs()
    paid = [(source, asked) for source, asked in merchant.questions if asked["command"] == "pay"]
    assert len(paid) == 51
    [(source, forged)] = [(source, asked) for source, asked in paid if source != "127.0.0.1"]
    assert source == "127.0.0.66" and forged["sum"] == "1.00"
    assert len({asked["txn_id"] for _, asked in paid}) == 1
