"""What a gateway must be able to do. A new gateway is one more folder with a class of this shape."""

from collections.abc import Mapping
from dataclasses import dataclass, field
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
    monthly: bool = False
    """Whether the card is to be charged again each month, so that the gateway remembers it."""


@dataclass(frozen=True)
class Page:
    """How the donor's browser reaches the gateway's page."""

    script_url: str
    script_params: dict[str, str | int | bool | dict[str, str]]
    link_url: str


@dataclass(frozen=True)
class Sent:
    """A request of a gateway as it came: the last part of our address, the bytes, and the headers in lower case."""

    kind: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Callback:
    """What a gateway sent by itself: the order it speaks of, the secret it shows, and what of it may be kept.

    `signed`: the signature is right. Where a gateway signs nothing it stays False, and the secret decides.
    """

    order_number: int | None
    secret: str
    kept: dict[str, object]
    signed: bool = False


@dataclass(frozen=True)
class Answer:
    """What a gateway is told once its callback is stored."""

    body: str
    content_type: str = "application/json"


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

    def refunded_tiyn(self, order_number: int) -> int:
        """What the gateway says it has given back of a payment so far."""
        ...

    def refund(self, order_number: int, amount_tiyn: int) -> None:
        """Give back all or a part of a payment to its source; `gateway.refund_by_hand` where only people can."""
        ...

    def charge_again(self, order: Order, *, first_order: int) -> None:
        """Charge the card of an earlier monthly payment without its payer; `gateway.no_recurring` where none can be.

        What became of it is asked by `ask_status`, as of every payment.
        """
        ...

    def read_callback(self, sent: Sent) -> Callback | None:
        """A callback without the payer's personal fields; None for what is no callback or is signed wrongly."""
        ...

    def answer(self, sent: Sent) -> Answer:
        """What this gateway expects to hear when its callback is stored."""
        ...
