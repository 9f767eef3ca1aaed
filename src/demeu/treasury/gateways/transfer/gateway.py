"""A bank transfer by invoice as a gateway: what to write into the payment order; only the bank can be asked."""

from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from demeu.kernel.money import decimal_tenge
from demeu.treasury.donations.actions.gifts import GatewayWord
from demeu.treasury.donations.rules import Word
from demeu.treasury.gateways.by_hand import ReturnedByHand
from demeu.treasury.gateways.ports import Order, Page


@dataclass(frozen=True)
class TransferGateway(ReturnedByHand):
    """The fund's account, as an invoice names it."""

    holder: str
    iban: str
    bic: str
    name: str = "transfer"

    def open_page(self, order: Order) -> Page:
        """No page of a gateway: the invoice's lines. The number in the purpose is what finds the gift again."""
        lines: dict[str, str | int | bool | dict[str, str]] = {
            "holder": self.holder,
            "iban": self.iban,
            "bic": self.bic,
            "amount": decimal_tenge(order.amount_tiyn),
            "purpose": f"DEMEU-{order.number}",
        }
        return Page("", lines, order.back_url)

    def ask_status(self, order_number: int) -> GatewayWord:
        """Waiting, until reconciliation brings the bank's line."""
        return GatewayWord(Word.WAITING)


@lru_cache(maxsize=1)
def transfer_gateway() -> TransferGateway:
    """The account by this service's settings."""
    return TransferGateway(
        settings.DEMEU_TREASURY_FUND_NAME, settings.DEMEU_TREASURY_FUND_IBAN, settings.DEMEU_TREASURY_FUND_BIC
    )
