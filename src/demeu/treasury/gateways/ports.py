"""What a gateway must be able to do. A new gateway is one more folder with a class of this shape."""

from dataclasses import dataclass
from typing import Protocol

from demeu.treasury.donations.actions.gifts import GatewayWord


@dataclass(frozen=True)
class Order:
    """Our number at the gateway for one gift."""

    number: int
    secret: str
    amount_tiyn: int
    lang: str
    back_url: str
    failure_url: str


@dataclass(frozen=True)
class Page:
    """How the donor's browser reaches the gateway's page."""

    script_url: str
    script_params: dict[str, str | int | bool | dict[str, str]]
    link_url: str


@dataclass(frozen=True)
class Callback:
    """What a gateway sent by itself: the order it speaks of, the secret it shows, and what of it may be kept."""

    order_number: int | None
    secret: str
    kept: dict[str, object]


class Gateway(Protocol):
    """One gateway. `open_page` and `ask_status` raise the refusal `gateway.unavailable` when it does not answer."""

    @property
    def name(self) -> str:
        """Its name in addresses and on gifts."""
        ...

    def open_page(self, order: Order) -> Page:
        """Make the gateway expect this payment."""
        ...

    def ask_status(self, order_number: int) -> GatewayWord:
        """What became of the payment: the only source of truth."""
        ...

    def read_callback(self, body: bytes) -> Callback | None:
        """A callback from its bytes, without the payer's personal fields; None for what is no callback."""
        ...
