"""Kaspi as a gateway: a link into its app, and what Kaspi itself told us of a payment."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings

from demeu.kernel.money import decimal_tenge
from demeu.treasury.donations.actions.gifts import GatewayWord
from demeu.treasury.donations.rules import CURRENCY, Word
from demeu.treasury.gateways.by_hand import ReturnedByHand
from demeu.treasury.gateways.models import KaspiPayment
from demeu.treasury.gateways.ports import Order, Page


@dataclass(frozen=True)
class KaspiGateway(ReturnedByHand):
    """One service in the Kaspi app. The donor names the order there; Kaspi then asks us."""

    pay_url: str
    service: str
    name: str = "kaspi"

    def open_page(self, order: Order) -> Page:
        """A link that opens the app with order and sum filled in. Kaspi need not be told beforehand."""
        asked = {
            "service": self.service,
            "account": str(order.number),
            "amount": decimal_tenge(order.amount_tiyn),
            "lang": order.lang,
            "back": order.back_url,
        }
        return Page("", {}, f"{self.pay_url}?{urlencode(asked)}")

    def ask_status(self, order_number: int) -> GatewayWord:
        """Kaspi has no status question: its own `pay`, from its addresses, is its word; the bank's line follows."""
        row = KaspiPayment.objects.filter(order_number=order_number).first()
        if row is None:
            return GatewayWord(Word.WAITING)
        return GatewayWord(Word.PAID, row.amount_tiyn, CURRENCY, row.txn)


@lru_cache(maxsize=1)
def kaspi_gateway() -> KaspiGateway:
    """The gateway by this service's settings."""
    return KaspiGateway(settings.DEMEU_TREASURY_KASPI_URL, settings.DEMEU_TREASURY_KASPI_SERVICE)
