"""TipTop Pay as a gateway: the page of a payment, its signed webhooks, and what became of it."""

import json
from dataclasses import dataclass
from functools import lru_cache

import httpx
from django.conf import settings

from demeu.kernel.errors import invalid
from demeu.kernel.money import decimal_tenge
from demeu.treasury.donations.actions.gifts import GatewayWord
from demeu.treasury.donations.queries import gift_view
from demeu.treasury.gateways.amounts import tiyn_of
from demeu.treasury.gateways.freedom.words import form_fields
from demeu.treasury.gateways.ports import Answer, Callback, Order, Page, Sent
from demeu.treasury.gateways.queries import gift_of_order
from demeu.treasury.gateways.tiptop.client import TipTopClient
from demeu.treasury.gateways.tiptop.words import KINDS, Code, check_code, is_signed, kept_part, order_number, word_of

LANGUAGES = {"kk": "kk-KZ", "ru": "ru-RU", "en": "en-US"}


@dataclass(frozen=True)
class TipTopGateway:
    """One shop at TipTop Pay."""

    client: TipTopClient
    name: str = "tiptop"

    def open_page(self, order: Order) -> Page:
        """The gateway's page by a plain link; it needs no script."""
        fields = {
            "Amount": decimal_tenge(order.amount_tiyn),
            "Currency": "KZT",
            "Description": f"Demeu {order.number}",
            "InvoiceId": str(order.number),
            "SuccessRedirectUrl": order.back_url,
            "FailRedirectUrl": order.failure_url,
            "CultureName": LANGUAGES[order.lang],
        }
        return Page("", {}, self.client.create_order(fields))

    def ask_status(self, order_number: int) -> GatewayWord:
        """The gateway's own answer."""
        return word_of(self.client.find(order_number))

    def refunded_tiyn(self, order_number: int) -> int:
        """What the found payment says was given back."""
        found = self.client.find(order_number)
        return tiyn_of(found.get("RefundedAmount") or 0) if found else 0

    def refund(self, order_number: int, amount_tiyn: int) -> None:
        """Back to the card that paid."""
        found = self.client.find(order_number)
        if found is None:
            raise invalid("gateway.refused", gateway=self.name)
        self.client.refund(found["TransactionId"], decimal_tenge(amount_tiyn))

    def charge_again(self, order: Order, *, first_order: int) -> None:
        """By the card's token, which the first payment names."""
        found = self.client.find(first_order) or {}
        if not found.get("Token"):
            raise invalid("gateway.no_recurring", gateway=self.name)
        self.client.charge_token(
            {
                "Token": found["Token"],
                "Amount": decimal_tenge(order.amount_tiyn),
                "Currency": "KZT",
                "InvoiceId": str(order.number),
                "Description": f"Demeu {order.number}",
            }
        )

    def read_callback(self, sent: Sent) -> Callback | None:
        """A webhook; None unless it is signed."""
        fields = form_fields(sent.body)
        if sent.kind not in KINDS or fields is None or not is_signed(sent.body, sent.headers, self.client.secret):
            return None
        return Callback(order_number(fields), "", kept_part(fields), signed=True)

    def answer(self, sent: Sent) -> Answer:
        """`{"code": 0}`; to a Check, whether the payment may be taken at all."""
        code = self._check(form_fields(sent.body) or {}) if sent.kind == "check" else Code.OK
        return Answer(json.dumps({"code": int(code)}))

    def _check(self, fields: dict[str, str]) -> Code:
        number = order_number(fields)
        gift = gift_of_order(number) if number else None
        known = gift_view(gift) if gift else None
        return check_code(
            state=known.state if known and known.gateway == self.name else None,
            asked_tiyn=known.amount_tiyn if known else 0,
            paid_tiyn=tiyn_of(fields.get("Amount")),
            currency=fields.get("Currency", ""),
        )


@lru_cache(maxsize=1)
def tiptop_gateway() -> TipTopGateway:
    """The gateway by this service's settings."""
    return TipTopGateway(
        TipTopClient(
            url=settings.DEMEU_TREASURY_TIPTOP_URL,
            public_id=settings.DEMEU_TREASURY_TIPTOP_ID,
            secret=settings.DEMEU_TREASURY_TIPTOP_SECRET,
            http=httpx.Client(trust_env=False),
        )
    )
