"""A payment at the sandbox's Freedom Pay from page to settlement, refund and chargeback, over its addresses."""

import re
from collections.abc import Iterator
from hashlib import md5

import pytest
from django.test import Client

from demeu.kernel.testing import run_jobs
from demeu.sandbox.banks.models import Movement, Order
from demeu.sandbox.banks.tests.books import broken_invariants
from demeu.sandbox.banks.tests.messages_for_tests import FUND
from demeu.sandbox.banks.tests.receiver import Receiver, receiver

pytestmark = pytest.mark.django_db
ORDER, SECRET = "100000777", "sandbox-freedom-secret"
PAYS, DECLINED, ASKS = (f"44056300000000{tail}" for tail in ("07", "15", "23"))


@pytest.fixture
def merchant() -> Iterator[Receiver]:
    with receiver() as listening:
        yield listening


def sig(script: str, fields: dict[str, str]) -> str:
    """Counted here anew, by the published description."""
    values = [value for name, value in sorted(fields.items()) if name != "pg_sig"]
    return md5(";".join([script, *values, SECRET]).encode(), usedforsecurity=False).hexdigest()


def ask(client: Client, script: str, **fields: str) -> dict[str, str]:
    form = {"pg_merchant_id": "500001", "pg_salt": "salt", **fields}
    name = script.rpartition("/")[2]
    answer = client.post(f"/freedom/{script}", {**form, "pg_sig": fields.get("pg_sig") or sig(name, form)})
    read = dict(re.findall(r"<(pg_\w+)>([^<]*)</", answer.content.decode()))
    assert read["pg_sig"] == sig(name, read)
    return read


def opened(client: Client, merchant: Receiver, **changes: str) -> str:
    made = ask(
        client,
        "init_payment.php",
        **{
            "pg_order_id": ORDER,
            "pg_amount": "7500.50",
            "pg_currency": "KZT",
            "pg_result_url": f"{merchant.address}/callbacks/result",
            "pg_success_url": "http://127.0.0.1:8000/thanks",
            "pg_failure_url": "http://127.0.0.1:8000/sorry",
            **changes,
        },
    )
    assert made["pg_status"] == "ok"
    return made["pg_redirect_url"].removeprefix("http://testserver")


def pay(client: Client, page: str, card: str = PAYS) -> str:
    form = {"card": card, "expiry": "12/30", "cvc": "123", "name": "TEST"}
    return str(client.post(page, form).headers.get("Location", ""))


def test_a_paid_page_tells_the_merchant_signed_and_settles(client: Client, merchant: Receiver) -> None:
    page = opened(client, merchant)
    assert page == opened(client, merchant)
    assert "Freedom Pay" in client.get(page).content.decode()
    assert ask(client, "get_status3.php", pg_order_id=ORDER)["pg_payment_status"] == "new"
    assert pay(client, page) == "http://127.0.0.1:8000/thanks"
    run_jobs()
    [told] = merchant.bodies
    assert told["pg_sig"] == sig("result", told)
    assert (told["pg_result"], told["pg_amount"], told["pg_order_id"]) == ("1", "7500.50", ORDER)
    assert ask(client, "get_status3.php", pg_order_id=ORDER)["pg_payment_status"] == "success"
    line = Movement.objects.get(account__iban=FUND)
    assert line.amount_tiyn == 750_050 and line.text.startswith(f"FREEDOM/{ORDER}/")
    assert broken_invariants() == []


def test_a_decline_and_a_code_page_work_as_at_the_other_gateway(client: Client, merchant: Receiver) -> None:
    assert pay(client, opened(client, merchant), DECLINED) == "http://127.0.0.1:8000/sorry"
    run_jobs()
    assert merchant.bodies[0]["pg_result"] == "0"
    status = ask(client, "get_status3.php", pg_order_id=ORDER)
    assert (status["pg_payment_status"], status["pg_failure_code"]) == ("error", "455")
    page = opened(client, merchant, pg_order_id="100000778")
    secure = pay(client, page, ASKS)
    assert secure == f"{page}secure/"
    assert client.post(secure, {"code": "1234"}).headers["Location"] == "http://127.0.0.1:8000/thanks"


def test_misbehaviour_repeats_forges_and_shuffles(client: Client, merchant: Receiver) -> None:
    plan = {"repeat": 50, "forge_amount": "1.00", "shuffle": True}
    client.post(f"/control/epay/callbacks/{ORDER}", plan, content_type="application/json")
    pay(client, opened(client, merchant))
    run_jobs()
    right = [told for told in merchant.bodies if told["pg_sig"] == sig("result", told)]
    assert len(merchant.bodies) == 53 and len(right) == 52
    [forged] = [told for told in merchant.bodies if told not in right]
    assert forged["pg_amount"] == "1.00"
    assert sum(told["pg_result"] == "0" for told in right) == 1


def test_money_goes_back_in_parts_and_never_more_than_came(client: Client, merchant: Receiver) -> None:
    pay(client, opened(client, merchant))
    payment = str(Order.objects.get(invoice_id=ORDER).pk)
    assert ask(client, "revoke.php", pg_payment_id=payment, pg_refund_amount="500.50")["pg_status"] == "ok"
    assert ask(client, "revoke.php", pg_payment_id=payment, pg_refund_amount="7000.01")["pg_status"] == "error"
    assert ask(client, "revoke.php", pg_payment_id=payment, pg_refund_amount="7000.00")["pg_status"] == "ok"
    assert ask(client, "get_status3.php", pg_order_id=ORDER)["pg_payment_status"] == "refunded"
    assert sum(Movement.objects.filter(account__iban=FUND).values_list("amount_tiyn", flat=True)) == 0
    assert broken_invariants() == []


def test_a_chargeback_takes_the_money_once(client: Client, merchant: Receiver) -> None:
    pay(client, opened(client, merchant))
    address = f"/control/gateways/{ORDER}/chargeback"
    assert client.post(address, "{}", content_type="application/json").status_code == 200
    assert client.post(address, "{}", content_type="application/json").status_code == 409
    assert [line.code for line in Movement.objects.filter(account__iban=FUND).order_by("number")] == [
        "SETTLEMENT",
        "CHARGEBACK",
    ]


def test_a_recurring_profile_is_charged_without_the_payer_or_refused(client: Client, merchant: Receiver) -> None:
    pay(client, opened(client, merchant, pg_recurring_start="1"))
    profile = ask(client, "get_status3.php", pg_order_id=ORDER)["pg_recurring_profile_id"]
    again = {"pg_recurring_profile": profile, "pg_amount": "100.00", "pg_currency": "KZT"}
    link = {"pg_result_url": f"{merchant.address}/callbacks/result"}
    assert ask(client, "make_recurring_payment.php", pg_order_id="100000801", **again, **link)["pg_status"] == "ok"
    assert ask(client, "get_status3.php", pg_order_id="100000801")["pg_payment_status"] == "success"
    fault = {"kind": "decline_recurring", "times": 1}
    client.post("/control/bank/faults", fault, content_type="application/json")
    ask(client, "make_recurring_payment.php", pg_order_id="100000802", **again, **link)
    assert ask(client, "get_status3.php", pg_order_id="100000802")["pg_payment_status"] == "error"
    wrong = ask(client, "make_recurring_payment.php", pg_order_id="100000803", **{**again, "pg_recurring_profile": "0"})
    assert wrong["pg_status"] == "error"


def test_a_payout_to_an_iban_is_made_once(client: Client, merchant: Receiver) -> None:
    pay(client, opened(client, merchant))
    asked = {
        "pg_order_id": "P1",
        "pg_amount": "500.00",
        "pg_recipient_iban": "KZ62999SUPPLIER00001",
        "pg_recipient_name": "Supplier",
        "pg_recipient_kbe": "19",
        "pg_knp": "119",
    }
    first = ask(client, "api/to_iban", **asked)
    assert first["pg_status"] == "ok" and ask(client, "api/to_iban", **asked)["pg_payment_id"] == first["pg_payment_id"]
    assert ask(client, "api/to_iban", **{**asked, "pg_amount": "501.00"})["pg_status"] == "error"
    assert ask(client, "api/to_iban", **{**asked, "pg_order_id": "P2", "pg_knp": "11"})["pg_status"] == "error"
    assert (
        ask(client, "api/to_iban", **{**asked, "pg_order_id": "P3", "pg_amount": "9000000.00"})["pg_status"] == "error"
    )
    told = {order: ask(client, "get_status3.php", pg_order_id=order) for order in ("P1", "P2", "P3")}
    assert (told["P1"]["pg_payment_status"], told["P1"]["pg_amount"]) == ("success", "500.00")
    assert told["P2"]["pg_error_code"] == told["P3"]["pg_error_code"] == "340"
    [debit] = Movement.objects.filter(account__iban=FUND, amount_tiyn__lt=0)
    assert (debit.end_to_end_id, debit.amount_tiyn) == ("P1", -50_000)
    assert sum(Movement.objects.filter(account__iban=FUND).values_list("amount_tiyn", flat=True)) == 700_050


def test_unsigned_questions_are_not_answered(client: Client, merchant: Receiver) -> None:
    assert ask(client, "get_status3.php", pg_order_id=ORDER, pg_sig="0" * 32)["pg_error_code"] == "9998"
    assert Order.objects.count() == 0
