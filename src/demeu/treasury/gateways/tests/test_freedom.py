"""Promises about Freedom Pay: signatures both ways, and that no callback is believed."""

import random
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client

from demeu.kernel import clock
from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Refusal
from demeu.kernel.models import Announcement, Audit
from demeu.kernel.testing import run_jobs
from demeu.treasury.donations.queries import gift_view
from demeu.treasury.gateways import registry
from demeu.treasury.gateways.actions import resolve_gift, start_payment
from demeu.treasury.gateways.freedom.signing import is_signed, signature, signed
from demeu.treasury.gateways.freedom.words import form_fields, xml_fields
from demeu.treasury.gateways.models import GatewayCallback, GatewayOrder
from demeu.treasury.gateways.queries import order_of
from demeu.treasury.gateways.tests.freedom_stand_in import SECRET, Freedom
from demeu.treasury.ledger.models import Transfer
from demeu.treasury.tests.cast import Story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def freedom(monkeypatch: pytest.MonkeyPatch) -> Iterator[Freedom]:
    stand_in = Freedom()
    monkeypatch.setattr(registry, "freedom_gateway", lambda: stand_in.gateway)
    yield stand_in


def started(freedom: Freedom) -> GatewayOrder:
    story = Story()
    story.declare()
    asked = story.asked(750_050)
    page = start_payment(asked=asked, gateway=freedom.gateway)
    assert (page.script_url, page.link_url) == ("", "http://freedom.test/page/77")
    order = order_of(asked.gift)
    assert order is not None
    return order


def result(client: Client, order: GatewayOrder, *, secret: str = SECRET, **changes: str) -> tuple[int, bytes]:
    fields = {
        "pg_order_id": str(order.number),
        "pg_payment_id": "77",
        "pg_amount": "7500.50",
        "pg_currency": "KZT",
        "pg_result": "1",
        "pg_user_phone": "77010000000",
        "pg_card_pan": "4405-63XX-XXXX-0007",
        "pg_card_token": "token-canary",
        **changes,
    }
    form = urlencode(signed("result", fields, secret))
    answer = client.post("/callbacks/freedom/result", form, content_type="application/x-www-form-urlencoded")
    return answer.status_code, answer.content


def test_the_signature_is_the_published_one() -> None:
    fields = {"pg_salt": "s", "pg_amount": "10", "pg_sig": "ignored", "pg_merchant_id": "1"}
    # md5("init_payment.php;10;1;s;secret"), computed with md5sum
    assert signature("init_payment.php", fields, "secret") == "f9fe1aec2809a8a4d3ccd804096102ab"
    assert not is_signed("init_payment.php", fields, "secret")


def test_the_page_is_asked_for_with_sum_lifetime_and_our_own_addresses(freedom: Freedom) -> None:
    order = started(freedom)
    script, form = freedom.asked[0]
    assert script == "init_payment.php"
    assert (form["pg_amount"], form["pg_currency"], form["pg_order_id"]) == ("7500.50", "KZT", str(order.number))
    assert form["pg_lifetime"] == "5400"
    assert form["pg_result_url"] == "http://treasury.test/callbacks/freedom/result"


def test_fifty_shuffled_results_have_one_effect_and_each_gets_a_signed_ok(freedom: Freedom, client: Client) -> None:
    order = started(freedom)
    freedom.paid("7500.50")
    kinds = ["1"] * 40 + ["0"] * 10
    random.Random(7).shuffle(kinds)
    for kind in kinds:
        status, body = result(client, order, pg_result=kind)
        read = xml_fields(body)
        assert status == 200 and read is not None and read["pg_status"] == "ok"
        assert is_signed("result", read, SECRET)
    run_jobs()
    assert gift_view(order.gift).state == "received"
    assert Transfer.objects.filter(kind="receive").count() == 1
    assert Announcement.objects.filter(name="gift.received").count() == 1
    assert GatewayCallback.objects.count() == 50
    kept = str(list(GatewayCallback.objects.values_list("body", flat=True)))
    assert "token-canary" not in kept and "4405" not in kept and "7701" not in kept
    assert broken_invariants() == []


def test_a_forged_result_is_refused_not_kept_and_asks_nobody(freedom: Freedom, client: Client) -> None:
    order = started(freedom)
    freedom.paid("7500.50")
    asked = len(freedom.asked)
    assert result(client, order, secret="guess")[0] == 400
    run_jobs()
    assert gift_view(order.gift).state == "pending" and len(freedom.asked) == asked
    assert GatewayCallback.objects.count() == 0


def test_a_signed_result_is_not_believed_without_asking(freedom: Freedom, client: Client) -> None:
    order = started(freedom)
    freedom.paid("7500.50", status="error")
    result(client, order)
    run_jobs()
    assert gift_view(order.gift).state == "declined" and Transfer.objects.count() == 0


@pytest.mark.parametrize(("amount", "currency"), [("7500.49", "KZT"), ("7500.50", "USD"), ("nonsense", "KZT")])
def test_another_sum_or_currency_is_never_posted(freedom: Freedom, client: Client, amount: str, currency: str) -> None:
    order = started(freedom)
    freedom.paid(amount, currency=currency)
    result(client, order)
    run_jobs()
    assert gift_view(order.gift).state == "unknown" and Transfer.objects.count() == 0
    assert Audit.objects.filter(action="gift.sum_differs").exists()


def test_a_result_three_days_late_still_counts(freedom: Freedom, client: Client) -> None:
    order = started(freedom)
    with clock.frozen(clock.now() + timedelta(days=1)):
        assert resolve_gift(gift=order.gift) == "expired"
    with clock.frozen(clock.now() + timedelta(days=3)):
        freedom.paid("7500.50")
        result(client, order)
        run_jobs()
        assert gift_view(order.gift).state == "received"


def test_answers_signed_by_somebody_else_are_no_answers(freedom: Freedom) -> None:
    freedom.wrong_signature = True
    story = Story()
    story.declare()
    with pytest.raises(Refusal, match=r"gateway\.unavailable"):
        start_payment(asked=story.asked(100_000), gateway=freedom.gateway)


def test_what_is_no_form_and_no_xml_is_nothing() -> None:
    assert form_fields(b"a=1&a=2") is None and form_fields(b"\xff=1") is None and form_fields(b"plain") is None
    assert xml_fields(b"<html/>") is None and xml_fields(b"<response>") is None
    entity = b'<!DOCTYPE r [<!ENTITY e SYSTEM "file:///etc/passwd">]><response><pg_status>&e;</pg_status></response>'
    assert (xml_fields(entity) or {}).get("pg_status", "") == ""
