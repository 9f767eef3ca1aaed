"""The gateways that this sandbox plays: how each is called on its pages and in the bank's statement."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Played:
    """The name on pages, and the first word of a settlement's text."""

    brand: str
    prefix: str


GATEWAYS = {
    "epay": Played("ePay", "EPAY"),
    "kaspi": Played("Kaspi", "KASPI"),
    "freedom": Played("Freedom Pay", "FREEDOM"),
    "tiptop": Played("TipTop Pay", "TIPTOP"),
}


def gateway_message(order: str) -> str:
    """The bank's message id of a gateway's payout; no payment of the merchant's own begins so."""
    return f"G{order}"[:35]
