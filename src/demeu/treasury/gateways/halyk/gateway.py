"""Halyk ePay 2.0 as a gateway: the page of a payment and what became of it."""

from dataclasses import dataclass
from functools import lru_cache

import httpx
from django.conf import settings

from demeu.kernel.errors import invalid
from demeu.kernel.money import decimal_tenge
from demeu.treasury.donations.actions.gifts import GatewayWord
from demeu.treasury.gateways.amounts import tiyn_of
from demeu.treasury.gateways.halyk.client import HalykClient
from demeu.treasury.gateways.halyk.words import LANGUAGES, read_callback, word_of
from demeu.treasury.gateways.ports import Answer, Callback, Order, Page, Sent


@dataclass(frozen=True)
class HalykGateway:
    """One terminal at Halyk ePay."""

    client: HalykClient
    terminal: str
    callback_url: str
    name: str = "halyk"

    def open_page(self, order: Order) -> Page:
        """A token bound to the payment, what the page's script needs, and a plain link to the same page."""
        token = self.client.token(
            invoiceID=str(order.number),
            secret_hash=order.secret,
            amount=decimal_tenge(order.amount_tiyn),
            currency="KZT",
            terminal=self.terminal,
            postLink=f"{self.callback_url}/ok/",
            failurePostLink=f"{self.callback_url}/fail/",
        )
        link = self.client.payment_link(token["access_token"], self._invoice(order))
        return Page(f"{self.client.url}/payform/payment-api.js", self._script_params(order, token), link)

    def ask_status(self, order_number: int) -> GatewayWord:
        """The gateway's own answer; money that is only held on the card is taken first."""
        token = self.client.token()["access_token"]
        found = self.client.transaction(token, order_number)
        if found is not None and found.get("statusName") == "AUTH":
            self.client.charge(token, str(found["id"]))
            found = self.client.transaction(token, order_number)
        return word_of(found)

    def refunded_tiyn(self, order_number: int) -> int:
        """`amountRefunded` of the status answer."""
        found = self.client.transaction(self.client.token()["access_token"], order_number)
        return tiyn_of(found.get("amountRefunded", 0)) if found else 0

    def refund(self, order_number: int, amount_tiyn: int) -> None:
        """Back to the card that paid."""
        token = self.client.token()["access_token"]
        found = self.client.transaction(token, order_number)
        if found is None:
            raise invalid("gateway.refused", gateway=self.name)
        self.client.refund(token, str(found["id"]), decimal_tenge(amount_tiyn))

    def charge_again(self, order: Order, *, first_order: int) -> None:
        """By the saved card, which the first payment's status names."""
        token = self.client.token()["access_token"]
        card = (self.client.transaction(token, first_order) or {}).get("cardID")
        if not card:
            raise invalid("gateway.no_recurring", gateway=self.name)
        self.client.charge_card(
            token,
            {
                "invoiceId": str(order.number),
                "amount": decimal_tenge(order.amount_tiyn),
                "currency": "KZT",
                "terminalId": self.terminal,
                "description": f"Demeu {order.number}",
                "paymentType": "cardId",
                "cardId": {"id": str(card)},
                "secret_hash": order.secret,
                "postLink": f"{self.callback_url}/ok/",
                "failurePostLink": f"{self.callback_url}/fail/",
            },
        )

    def read_callback(self, sent: Sent) -> Callback | None:
        """A postLink or failurePostLink callback (JSON, unsigned)."""
        return read_callback(sent.body)

    def answer(self, sent: Sent) -> Answer:
        """Any 2xx will do."""
        return Answer('{"code": "ok"}')

    def _script_params(self, order: Order, token: dict[str, str]) -> dict[str, str | int | bool | dict[str, str]]:
        return {
            "invoiceId": str(order.number),
            "backLink": order.back_url,
            "failureBackLink": order.failure_url,
            "postLink": f"{self.callback_url}/ok/",
            "failurePostLink": f"{self.callback_url}/fail/",
            "language": LANGUAGES[order.lang],
            "description": f"Demeu {order.number}",
            "accountId": "",
            "terminal": self.terminal,
            "amount": decimal_tenge(order.amount_tiyn),
            "currency": "KZT",
            "cardSave": order.monthly,
            "auth": token,
        }

    def _invoice(self, order: Order) -> dict[str, object]:
        return {
            "invoice_id": str(order.number),
            "amount": decimal_tenge(order.amount_tiyn),
            "currency": "KZT",
            "language": LANGUAGES[order.lang],
            "description": f"Demeu {order.number}",
            "account_id": "",
            "post_link": f"{self.callback_url}/ok/",
            "failure_post_link": f"{self.callback_url}/fail/",
            "back_link": order.back_url,
            "failure_back_link": order.failure_url,
            "card_save": order.monthly,
        }


@lru_cache(maxsize=1)
def halyk_gateway() -> HalykGateway:
    """The gateway by this service's settings."""
    client = HalykClient(
        url=settings.DEMEU_TREASURY_HALYK_URL,
        client_id=settings.DEMEU_TREASURY_HALYK_CLIENT,
        client_secret=settings.DEMEU_TREASURY_HALYK_SECRET,
        http=httpx.Client(trust_env=False),
    )
    return HalykGateway(
        client=client,
        terminal=settings.DEMEU_TREASURY_HALYK_TERMINAL,
        callback_url=f"{settings.DEMEU_TREASURY_PUBLIC_URL}/callbacks/halyk",
    )
