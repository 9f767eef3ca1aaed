"""A stand-in for Halyk's three hosts inside one test: answers as told, counts what it was asked."""

from dataclasses import dataclass, field

import httpx

from demeu.treasury.gateways.halyk.client import HalykClient
from demeu.treasury.gateways.halyk.gateway import HalykGateway


@dataclass
class Halyk:
    """`transaction` is what the status address answers; `down` makes every address fail."""

    transaction: dict[str, object] | None = None
    down: bool = False
    status: int = 200
    asked: list[str] = field(default_factory=list)
    forms: list[str] = field(default_factory=list)

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(f"{request.method} {request.url.path}")
        if self.down:
            raise httpx.ConnectError("down")
        if self.status != 200:
            return httpx.Response(self.status, text="<html>")
        if request.url.path.endswith("/oauth2/token"):
            self.forms.append(request.content.decode())
            return httpx.Response(200, json={"access_token": "T", "expires_in": "7200", "token_type": "Bearer"})
        if request.url.path.endswith("/invoice"):
            return httpx.Response(200, json={"invoice_url": "http://halyk.test/page/1"})
        if request.url.path.endswith("/charge"):
            assert self.transaction is not None
            self.transaction = {**self.transaction, "statusName": "CHARGE"}
            return httpx.Response(200, json={"code": "ok"})
        return httpx.Response(200, json={"resultCode": "100", "transaction": self.transaction})

    def paid(self, amount: float, status: str = "CHARGE", currency: str = "KZT") -> None:
        self.transaction = {
            "id": "op",
            "amount": amount,
            "currency": currency,
            "statusName": status,
            "reference": "R1",
            "reasonCode": 484,
            "cardMask": "440563...0007",
        }

    @property
    def gateway(self) -> HalykGateway:
        client = HalykClient(
            "http://halyk.test", "demeu", "s", httpx.Client(transport=httpx.MockTransport(self.answer))
        )
        return HalykGateway(client, "terminal", "http://treasury.test/callbacks/halyk")
