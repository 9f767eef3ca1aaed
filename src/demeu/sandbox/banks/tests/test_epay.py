"""A payment at the gateway from token to settlement, over its real addresses."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from lxml import etree

from demeu.kernel.errors import Refusal
from demeu.kernel.testing import run_jobs
from demeu.sandbox.banks.models import Order
from demeu.sandbox.banks.rules.json_text import json_object
from demeu.sandbox.banks.tests.books import broken_invariants
from demeu.sandbox.banks.tests.messages_for_tests import FUND
from demeu.sandbox.banks.tests.receiver import Receiver, receiver

pytestmark = pytest.mark.django_db
INVOICE = "100000123"
TERMINAL = "67e34d63-102f-4bd1-898e-370781d0074d"
PAYS, DECLINED, ASKS, POOR, HOLDS = (f"44056300000000{tail}" for tail in ("07", "15", "23", "31", "49"))


@pytest.fixture
def merchant() -> Iterator[Receiver]:
    with receiver() as listening:
        yield listening


def token(client: Client, merchant: Receiver, **changes: str) -> Any:
    form = {
        "grant_type": "client_credentials",
        "scope": "payment",
        "client_id": "demeu",
        "client_secret": "sandbox-epay-secret",
        "invoiceID": INVOICE,
        "secret_hash": "s3cret",
        "amount": "7500.50",
        "currency": "KZT",
        "terminal": TERMINAL,
        "postLink": f"{merchant.address}/post",
        "failurePostLink": f"{merchant.address}/failed",
    }
    return client.post("/epay/oauth2/token", form | changes)


def page(client: Client, merchant: Receiver, **changes: str) -> str:
    access = token(client, merchant).json()["access_token"]
    form = {
        "invoiceId": INVOICE,
        "amount": "7500.50",
        "currency": "KZT",
        "terminal": TERMINAL,
        "backLink": "http://127.0.0.1:8000/thanks",
        "failureBackLink": "http://127.0.0.1:8000/sorry",
        "description": "Подарок",
        "language": "rus",
        "auth": access,
    }
    answer = client.post("/epay/payform/", form | changes)
    assert answer.status_code == 303, answer.content.decode()
    return str(answer["Location"])


def pay(client: Client, address: str, card: str = PAYS) -> Any:
    return client.post(address, {"card": card, "expiry": "12/30", "cvc": "123", "name": "TEST"})


def bearer(client: Client, merchant: Receiver) -> dict[str, str]:
    access = token(client, merchant, invoiceID="").json()["access_token"]
    return {"Authorization": f"Bearer {access}"}


def status(client: Client, merchant: Receiver, invoice: str = INVOICE) -> dict[str, Any]:
    answer = client.get(f"/epay/check-status/payment/transaction/{invoice}", headers=bearer(client, merchant))
    return json_object(answer.content)


def fund_entries(client: Client) -> list[Any]:
    answer = client.get(f"/bank/api/statements?account={FUND}", headers={"X-Api-Key": "sandbox-bank-key"})
    assert answer.status_code == 200
    return etree.fromstring(answer.content).findall(".//{*}Ntry")


def test_a_gift_is_paid_told_confirmed_and_settled(client: Client, merchant: Receiver) -> None:
    address = page(client, merchant)
    shown = client.get(address).content.decode()
    assert "Подарок" in shown and "7 500,50" in shown.replace("\u00a0", " ")
    answer = pay(client, address)
    assert (answer.status_code, answer["Location"]) == (303, "http://127.0.0.1:8000/thanks")
    assert merchant.bodies == []
    run_jobs()
    (told,) = merchant.bodies
    assert (told["invoiceId"], told["amount"], told["code"]) == (INVOICE, Decimal("7500.50"), "ok")
    assert (told["secret_hash"], told["cardMask"]) == ("s3cret", "440563...0007")
    known = status(client, merchant)["transaction"]
    assert (known["statusName"], known["amount"]) == ("CHARGE", Decimal("7500.50"))
    assert (known["id"], known["reference"]) == (told["id"], told["reference"])
    (entry,) = fund_entries(client)
    assert entry.findtext("{*}Amt") == "7500.50"
    assert entry.findtext(".//{*}Ustrd") == f"EPAY/{INVOICE}/{told['reference']}"
    assert broken_invariants() == []


def test_paying_twice_settles_once(client: Client, merchant: Receiver) -> None:
    address = page(client, merchant)
    pay(client, address)
    second = pay(client, address)
    assert second.status_code == 200
    run_jobs()
    assert len(merchant.bodies) == 1
    assert len(fund_entries(client)) == 1


@pytest.mark.parametrize(("card", "code"), [(DECLINED, 455), (POOR, 484), ("4111111111111111", 454)])
def test_a_refused_card_tells_the_failure_and_moves_no_money(
    client: Client, merchant: Receiver, card: str, code: int
) -> None:
    answer = pay(client, page(client, merchant), card)
    assert answer["Location"] == "http://127.0.0.1:8000/sorry"
    run_jobs()
    assert merchant.paths == ["/failed"]
    assert (merchant.bodies[0]["code"], merchant.bodies[0]["reasonCode"]) == ("error", code)
    assert status(client, merchant)["transaction"]["statusName"] == "FAILED"
    assert fund_entries(client) == []


@pytest.mark.parametrize(("code", "outcome"), [("1234", "CHARGE"), ("9999", "FAILED")])
def test_the_secure_card_waits_for_its_code(client: Client, merchant: Receiver, code: str, outcome: str) -> None:
    answer = pay(client, page(client, merchant), ASKS)
    assert answer["Location"].endswith("/secure/")
    assert status(client, merchant)["transaction"]["statusName"] == "NEW"
    assert client.get(answer["Location"]).status_code == 200
    client.post(answer["Location"], {"code": code})
    assert status(client, merchant)["transaction"]["statusName"] == outcome


def test_held_money_is_charged_refunded_in_parts_and_never_beyond(client: Client, merchant: Receiver) -> None:
    pay(client, page(client, merchant), HOLDS)
    known = status(client, merchant)["transaction"]
    assert known["statusName"] == "AUTH" and fund_entries(client) == []
    right = bearer(client, merchant)

    def operate(verb: str) -> Any:
        return client.post(f"/epay/operation/{known['id']}/{verb}", headers=right)

    assert operate("refund").status_code == 400
    assert operate("charge").status_code == 200
    assert operate("charge").status_code == 400
    assert operate("refund?amount=500.50").json()["transaction"]["statusName"] == "CHARGE"
    assert operate("refund?amount=7000.01").status_code == 400
    assert operate("refund").json()["transaction"]["statusName"] == "REFUND"
    assert operate("refund").status_code == 400
    ways = [(entry.findtext("{*}CdtDbtInd"), entry.findtext("{*}Amt")) for entry in fund_entries(client)]
    assert ways == [("CRDT", "7500.50"), ("DBIT", "500.50"), ("DBIT", "7000.00")]
    assert broken_invariants() == []


def test_held_money_can_be_let_go(client: Client, merchant: Receiver) -> None:
    pay(client, page(client, merchant), HOLDS)
    operation = Order.objects.get().operation
    answer = client.post(f"/epay/operation/{operation}/cancel", headers=bearer(client, merchant))
    assert answer.json()["transaction"]["statusName"] == "CANCEL"


@pytest.mark.parametrize(
    ("changes", "http_status", "error"),
    [
        ({"client_secret": "x"}, 401, "invalid_client"),
        ({"client_id": "қ"}, 401, "invalid_client"),
        ({"grant_type": "password"}, 400, "unsupported_grant_type"),
        ({"invoiceID": "12345"}, 400, "invalid_request"),
        ({"amount": "0"}, 400, "invalid_request"),
        ({"amount": "1.001"}, 400, "invalid_request"),
        ({"currency": "USD"}, 400, "invalid_request"),
        ({"terminal": "other"}, 400, "invalid_request"),
        ({"postLink": "javascript:alert(1)"}, 400, "invalid_request"),
    ],
)
def test_a_wrong_token_request_is_refused(
    client: Client, merchant: Receiver, changes: dict[str, str], http_status: int, error: str
) -> None:
    answer = token(client, merchant, **changes)
    assert (answer.status_code, answer.json()["error"]) == (http_status, error)


def test_an_invoice_belongs_to_one_amount_and_one_operation(client: Client, merchant: Receiver) -> None:
    assert token(client, merchant).status_code == 200
    assert token(client, merchant).status_code == 200
    assert token(client, merchant, amount="1").json()["error_description"] == "epay.amount_differs"
    pay(client, page(client, merchant))
    assert token(client, merchant).json()["error_description"] == "epay.invoice_used"


@pytest.mark.parametrize(
    "changes", [{"amount": "7500"}, {"invoiceId": "999999"}, {"auth": "x"}, {"backLink": "javascript:1"}, {"auth": "{"}]
)
def test_the_page_opens_only_for_its_own_token_and_amount(
    client: Client, merchant: Receiver, changes: dict[str, str]
) -> None:
    with pytest.raises(AssertionError):
        page(client, merchant, **changes)


@pytest.mark.parametrize(
    "wrong", [{"card": "4405630000000008"}, {"expiry": "01/20"}, {"cvc": "12"}, {"name": ""}, {"card": "x" * 31}]
)
def test_a_mistyped_card_is_explained_and_nothing_is_recorded(
    client: Client, merchant: Receiver, wrong: dict[str, str]
) -> None:
    address = page(client, merchant)
    form = {"card": PAYS, "expiry": "12/30", "cvc": "123", "name": "TEST"}
    answer = client.post(address, form | wrong)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert Order.objects.get().tried_at is None


def test_a_test_card_is_filled_in_and_not_charged(client: Client, merchant: Receiver) -> None:
    address = page(client, merchant)
    shown = client.post(address, {"fill": "4405 6300 0000 0023"}).content.decode()
    assert 'value="4405 6300 0000 0023"' in shown
    assert Order.objects.get().status == "NEW"


def test_the_page_may_send_the_payer_only_to_the_shops_addresses(client: Client, merchant: Receiver) -> None:
    answer = client.get(page(client, merchant, backLink="https://demeu.example/thanks"))
    policy = answer.headers["Content-Security-Policy"]
    assert "https://demeu.example" in policy
    assert "unsafe" not in policy
    assert "<script" not in answer.content.decode() and "style=" not in answer.content.decode()


def test_a_payment_link_opens_the_same_page(client: Client, merchant: Receiver) -> None:
    body = {"invoice_id": "200000001", "amount": 150, "currency": "KZT", "post_link": f"{merchant.address}/post"}
    right = bearer(client, merchant)
    answer = client.post("/epay/invoice", body, content_type="application/json", headers=right)
    address = answer.json()["invoice_url"].removeprefix("http://testserver")
    assert pay(client, address)["Location"] == address
    run_jobs()
    assert merchant.bodies[0]["amount"] == 150


def test_status_and_operations_ask_for_the_right_token(client: Client, merchant: Receiver) -> None:
    page(client, merchant)
    path = f"/epay/check-status/payment/transaction/{INVOICE}"
    assert client.get(path).status_code == 401
    assert client.get(path, headers={"Authorization": "Bearer x"}).status_code == 401
    other = token(client, merchant, invoiceID="300000001").json()["access_token"]
    assert client.get(path, headers={"Authorization": f"Bearer {other}"}).status_code == 400
    assert status(client, merchant, "777777")["resultCode"] == "102"
    operation = "00000000-0000-7000-8000-000000000000"
    answer = client.post(f"/epay/operation/{operation}/refund", headers=bearer(client, merchant))
    assert answer.status_code == 404


def test_a_saved_card_is_charged_once_an_order_without_its_holder_or_refused(
    client: Client, merchant: Receiver
) -> None:
    pay(client, page(client, merchant, cardSave="true"))
    card = status(client, merchant)["transaction"]["cardID"]

    def charge(invoice: str, card: str = card) -> Any:
        body = {
            "invoiceId": invoice,
            "amount": "100.00",
            "currency": "KZT",
            "terminalId": TERMINAL,
            "paymentType": "cardId",
            "cardId": {"id": card},
        }
        headers = bearer(client, merchant)
        return client.post("/epay/payments/cards/auth", body, content_type="application/json", headers=headers)

    assert charge("100000801").json()["transaction"]["statusName"] == "CHARGE"
    charge("100000801")
    client.post("/control/bank/faults", {"kind": "decline_recurring"}, content_type="application/json")
    assert charge("100000802").json()["transaction"]["statusName"] == "FAILED"
    assert charge("100000803", "nonsense").status_code == 400
    assert status(client, merchant, "100000802")["transaction"]["reasonCode"] == 484
    assert len(fund_entries(client)) == 2


def test_a_card_is_not_saved_unless_that_was_asked(client: Client, merchant: Receiver) -> None:
    pay(client, page(client, merchant))
    assert "cardID" not in status(client, merchant)["transaction"]


def control(client: Client, plan: object, invoice: str = INVOICE) -> Any:
    return client.post(f"/control/epay/callbacks/{invoice}", plan, content_type="application/json")


def test_a_callback_is_tried_again_until_it_is_taken(client: Client, merchant: Receiver) -> None:
    merchant.statuses = [503]
    pay(client, page(client, merchant))
    with pytest.raises(Refusal):
        run_jobs()
    from demeu.sandbox.banks.tasks import deliver_callback

    callback = Order.objects.get().callback_set.get()
    deliver_callback.run(callback=callback.pk)
    deliver_callback.run(callback=callback.pk)
    assert len(merchant.bodies) == 2 and merchant.bodies[0] == merchant.bodies[1]
    told = client.get(f"/control/epay/callbacks/{INVOICE}").json()["callbacks"]
    assert [(row["attempts"], row["status_code"]) for row in told] == [(2, 200)]


def test_a_plan_repeats_forges_shuffles_and_drops(client: Client, merchant: Receiver) -> None:
    plan = {"repeat": 2, "forge_amount": "1.00", "shuffle": True, "drop": True}
    assert control(client, plan).json() == {"planned": True, "queued": 0}
    pay(client, page(client, merchant))
    run_jobs()
    told = sorted((str(body["amount"]), body["code"]) for body in merchant.bodies)
    assert told == [("1", "ok"), ("7500.50", "error"), ("7500.50", "ok"), ("7500.50", "ok")]
    assert control(client, {"repeat": 1}).json() == {"planned": False, "queued": 1}
    run_jobs()
    assert len(merchant.bodies) == 5
    assert len(fund_entries(client)) == 1


@pytest.mark.parametrize(
    "plan", [{"repeat": -1}, {"repeat": "1"}, {"drop": 1}, {"forge_amount": "x"}, [], {"delay_s": 10**9}]
)
def test_a_wrong_plan_is_refused(client: Client, plan: object) -> None:
    assert control(client, plan).status_code == 422


def test_a_delayed_settlement_arrives_later(client: Client, merchant: Receiver) -> None:
    body = {"kind": "delay_settlement", "delay_s": 5}
    assert client.post("/control/bank/faults", body, content_type="application/json").status_code == 201
    pay(client, page(client, merchant))
    assert fund_entries(client) == []
    assert broken_invariants() == []
    run_jobs()
    assert len(fund_entries(client)) == 1


def test_a_fee_is_kept_and_shown_apart(client: Client, merchant: Receiver, settings: Any) -> None:
    settings.DEMEU_SANDBOX_EPAY_FEE_BP = 100
    pay(client, page(client, merchant))
    (entry,) = fund_entries(client)
    assert entry.findtext("{*}Amt") == "7425.50"
    assert entry.findtext("{*}Chrgs/{*}TtlChrgsAndTaxAmt") == "75.00"
    assert entry.findtext(".//{*}AmtDtls/{*}InstdAmt/{*}Amt") == "7500.50"
    assert broken_invariants() == []


def test_unknown_and_odd_pages_are_explained(client: Client) -> None:
    unknown = "/epay/payform/01900000-0000-7000-8000-000000000000/"
    for address in (unknown, unknown + "secure/", "/bank/accounts/KZ00/", f"/bank/movements/{10**30}/"):
        assert client.get(address).status_code == 404
    assert client.post("/epay/payform/", {"invoiceId": "\x00", "auth": "\x00"}).status_code == 403


def test_a_nul_in_an_address_is_no_server_error(client: Client, merchant: Receiver) -> None:
    right, key = bearer(client, merchant), {"X-Api-Key": "sandbox-bank-key"}
    empty = client.get("/epay/check-status/payment/transaction/%00", headers=right)
    assert json_object(empty.content)["resultCode"] == "102"
    for address in ("/bank/api/payments/%00", "/bank/api/statements?account=%00", "/bank/accounts/%00/"):
        assert client.get(address, headers=key).status_code == 404
    control = client.post("/control/bank/payments/%00/return", {}, content_type="application/json")
    assert control.status_code == 404
    assert client.get("/phone/%00/").status_code == 404
