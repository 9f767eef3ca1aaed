"""Promises about charging a card again: each gateway is asked for what it keeps, by the first payment, every time."""

import json
from typing import Any
from urllib.parse import parse_qsl

import httpx
import pytest

from demeu.kernel.errors import Refusal
from demeu.treasury.gateways.freedom.client import FreedomClient
from demeu.treasury.gateways.freedom.gateway import FreedomGateway
from demeu.treasury.gateways.freedom.signing import is_signed, signed
from demeu.treasury.gateways.freedom.words import xml_answer
from demeu.treasury.gateways.halyk.client import HalykClient
from demeu.treasury.gateways.halyk.gateway import HalykGateway
from demeu.treasury.gateways.kaspi.gateway import KaspiGateway
from demeu.treasury.gateways.ports import Gateway, Order
from demeu.treasury.gateways.tiptop.client import TipTopClient
from demeu.treasury.gateways.tiptop.gateway import TipTopGateway
from demeu.treasury.gateways.transfer.gateway import TransferGateway

SECRET = "s"
FIRST = 100_001
AGAIN = Order(100_002, "order-secret", 150_050, "ru", "http://back/", "http://failed/", monthly=True)


class Host:
    """All three gateways' addresses at once; `known` is what they remember of the first payment's card."""

    def __init__(self, known: str = "CARD-7") -> None:
        self.known = known
        self.charged: list[dict[str, Any]] = []
        self.opened: list[dict[str, Any]] = []

    def answer(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path
        if path.endswith(".php"):
            return self._freedom(path.rpartition("/")[2], dict(parse_qsl(request.content.decode())))
        if path.endswith("/oauth2/token"):
            return httpx.Response(200, json={"access_token": "T"})
        if path.startswith("/check-status"):
            assert path.endswith(f"/{FIRST}")
            told = {"cardID": self.known} if self.known else {}
            return httpx.Response(200, json={"transaction": {"id": "op", "statusName": "CHARGE", **told}})
        body = json.loads(request.content)
        if path == "/payments/find":
            assert body == {"InvoiceId": str(FIRST)}
            return httpx.Response(200, json={"Success": True, "Model": {"Token": self.known or None, "Amount": 1}})
        (self.opened if path in ("/orders/create", "/invoice") else self.charged).append({"path": path, **body})
        told = {"Success": True, "Model": {"Url": "http://page/"}, "invoice_url": "http://page/"}
        return httpx.Response(200, json=told)

    def _freedom(self, script: str, form: dict[str, str]) -> httpx.Response:
        assert is_signed(script, form, SECRET)
        told = {"pg_status": "ok", "pg_payment_id": "7", "pg_redirect_url": "http://page/"}
        if script == "get_status3.php":
            assert form["pg_order_id"] == str(FIRST)
            told |= {"pg_recurring_profile_id": self.known} if self.known else {}
        else:
            (self.opened if script == "init_payment.php" else self.charged).append({"path": script, **form})
        return httpx.Response(200, text=xml_answer(signed(script, told, SECRET)))

    def gateways(self) -> dict[str, Gateway]:
        http = httpx.Client(transport=httpx.MockTransport(self.answer))
        return {
            "freedom": FreedomGateway(FreedomClient("http://host", "1", SECRET, http), "http://us/callbacks/freedom"),
            "tiptop": TipTopGateway(TipTopClient("http://host", "pk", SECRET, http)),
            "halyk": HalykGateway(HalykClient("http://host", "c", SECRET, http), "term", "http://us/callbacks/halyk"),
        }


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("freedom", {"path": "make_recurring_payment.php", "pg_recurring_profile": "CARD-7", "pg_amount": "1500.50"}),
        ("tiptop", {"path": "/payments/tokens/charge", "Token": "CARD-7", "Amount": "1500.50"}),
        ("halyk", {"path": "/payments/cards/auth", "cardId": {"id": "CARD-7"}, "amount": "1500.50"}),
    ],
)
def test_the_card_is_asked_for_by_the_first_payment_and_charged_under_the_new_order(
    name: str, sent: dict[str, Any]
) -> None:
    host = Host()
    host.gateways()[name].charge_again(AGAIN, first_order=FIRST)
    [charged] = host.charged
    assert sent.items() <= charged.items()
    assert str(AGAIN.number) in (charged.get("pg_order_id"), charged.get("InvoiceId"), charged.get("invoiceId"))


@pytest.mark.parametrize("name", ["freedom", "tiptop", "halyk"])
def test_a_gateway_that_remembers_no_card_charges_nothing(name: str) -> None:
    host = Host(known="")
    with pytest.raises(Refusal, match=r"gateway\.no_recurring"):
        host.gateways()[name].charge_again(AGAIN, first_order=FIRST)
    assert host.charged == []


@pytest.mark.parametrize(
    "gateway", [KaspiGateway("http://kaspi/", "demeu"), TransferGateway("Demeu", "KZ86125KZT5004100100", "DEMUKZK0")]
)
def test_what_nobody_can_charge_is_refused(gateway: Gateway) -> None:
    with pytest.raises(Refusal, match=r"gateway\.no_recurring"):
        gateway.charge_again(AGAIN, first_order=FIRST)


@pytest.mark.parametrize("monthly", [True, False])
def test_a_card_is_kept_by_its_gateway_only_when_the_donor_gives_every_month(monthly: bool) -> None:
    host = Host()
    order = Order(FIRST, "secret", 150_050, "ru", "http://back/", "http://failed/", monthly=monthly)
    gateways = host.gateways()
    gateways["freedom"].open_page(order)
    page = gateways["halyk"].open_page(order)
    freedom, halyk = host.opened
    assert (freedom.get("pg_recurring_start") == "1") is monthly
    assert halyk["card_save"] is monthly and page.script_params["cardSave"] is monthly
