"""Freedom Pay as a gateway: the page of a payment, its signed result, and what became of it."""

from dataclasses import dataclass
from functools import lru_cache

import httpx
from django.conf import settings

from demeu.kernel.errors import invalid
from demeu.kernel.money import decimal_tenge
from demeu.treasury.donations.actions.gifts import GatewayWord
from demeu.treasury.donations.rules import SESSION
from demeu.treasury.gateways.amounts import tiyn_of
from demeu.treasury.gateways.freedom.client import FreedomClient
from demeu.treasury.gateways.freedom.signing import is_signed, signed
from demeu.treasury.gateways.freedom.words import form_fields, kept_part, order_number, word_of, xml_answer
from demeu.treasury.gateways.ports import Answer, Callback, Order, Page, Sent

RECURRING_MONTHS = "36"
LANGUAGES = {"kk": "kz", "ru": "ru", "en": "en"}


@dataclass(frozen=True)
class FreedomGateway:
    """One merchant at Freedom Pay."""

    client: FreedomClient
    callback_url: str
    name: str = "freedom"

    def open_page(self, order: Order) -> Page:
        """The gateway's page by a plain link; it needs no script."""
        made = self.client.init_payment(
            {
                "pg_order_id": str(order.number),
                "pg_amount": decimal_tenge(order.amount_tiyn),
                "pg_currency": "KZT",
                "pg_description": f"Demeu {order.number}",
                "pg_result_url": f"{self.callback_url}/result",
                "pg_success_url": order.back_url,
                "pg_failure_url": order.failure_url,
                "pg_request_method": "POST",
                "pg_lifetime": str(int(SESSION.total_seconds())),
                "pg_language": LANGUAGES[order.lang],
                **({"pg_recurring_start": "1", "pg_recurring_lifetime": RECURRING_MONTHS} if order.monthly else {}),
            }
        )
        return Page("", {}, made["pg_redirect_url"])

    def ask_status(self, order_number: int) -> GatewayWord:
        """The gateway's own answer."""
        return word_of(self.client.status(order_number))

    def refunded_tiyn(self, order_number: int) -> int:
        """`pg_refund_amount` of the status answer; the gateway writes it with a minus."""
        return abs(tiyn_of(self.client.status(order_number).get("pg_refund_amount", "0")))

    def refund(self, order_number: int, amount_tiyn: int) -> None:
        """Back to the card that paid."""
        payment = self.client.status(order_number).get("pg_payment_id", "")
        self.client.revoke(payment, decimal_tenge(amount_tiyn))

    def charge_again(self, order: Order, *, first_order: int) -> None:
        """By the recurring profile, which the first payment's status names."""
        profile = self.client.status(first_order).get("pg_recurring_profile_id")
        if not profile:
            raise invalid("gateway.no_recurring", gateway=self.name)
        self.client.recurring_payment(
            {
                "pg_recurring_profile": profile,
                "pg_order_id": str(order.number),
                "pg_amount": decimal_tenge(order.amount_tiyn),
                "pg_currency": "KZT",
                "pg_description": f"Demeu {order.number}",
                "pg_result_url": f"{self.callback_url}/result",
            }
        )

    def read_callback(self, sent: Sent) -> Callback | None:
        """A result_url callback; None unless its signature is right for our own address."""
        fields = form_fields(sent.body)
        if fields is None or not is_signed(sent.kind, fields, self.client.secret):
            return None
        return Callback(order_number(fields), "", kept_part(fields), signed=True)

    def answer(self, sent: Sent) -> Answer:
        """Signed XML `ok`; to a repeat, the same."""
        told = signed(sent.kind, {"pg_status": "ok", "pg_description": "stored"}, self.client.secret)
        return Answer(xml_answer(told), "application/xml; charset=utf-8")


@lru_cache(maxsize=1)
def freedom_gateway() -> FreedomGateway:
    """The gateway by this service's settings."""
    client = FreedomClient(
        url=settings.DEMEU_TREASURY_FREEDOM_URL,
        merchant=settings.DEMEU_TREASURY_FREEDOM_MERCHANT,
        secret=settings.DEMEU_TREASURY_FREEDOM_SECRET,
        http=httpx.Client(trust_env=False),
    )
    return FreedomGateway(client, f"{settings.DEMEU_TREASURY_PUBLIC_URL}/callbacks/freedom")
