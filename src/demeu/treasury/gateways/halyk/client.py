"""HTTP client of Halyk ePay 2.0. Every failure is the refusal `gateway.unavailable` or `gateway.refused`."""

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import httpx

from demeu.kernel.errors import invalid, unavailable
from demeu.treasury.gateways.halyk.words import SCOPE

TIMEOUT = httpx.Timeout(5.0, connect=2.0)


@dataclass(frozen=True)
class HalykClient:
    """The three hosts of ePay (OAuth, page, API) under one address, with our credentials."""

    url: str
    client_id: str
    client_secret: str
    http: httpx.Client

    def token(self, **payment: str) -> dict[str, str]:
        """An access token; with the fields of a payment it is bound to that payment."""
        form = {
            "grant_type": "client_credentials",
            "scope": SCOPE,
            "client_id": self.client_id,
            "client_secret": self.client_secret,
            **payment,
        }
        answer = self._send("POST", "/oauth2/token", data=form)
        return {name: str(value) for name, value in answer.items()}

    def payment_link(self, token: str, invoice: dict[str, object]) -> str:
        """The address of a page for an invoice, for a browser without JavaScript."""
        answer = self._send("POST", "/invoice", token=token, content=json.dumps(invoice, default=str))
        return str(answer["invoice_url"])

    def transaction(self, token: str, order_number: int) -> dict[str, Any] | None:
        """The operation on an invoice; None while nobody tried to pay."""
        answer = self._send("GET", f"/check-status/payment/transaction/{order_number}", token=token)
        found = answer.get("transaction")
        return found if isinstance(found, dict) else None

    def charge(self, token: str, operation: str) -> None:
        """Take money that the card's bank only holds."""
        self._send("POST", f"/operation/{operation}/charge", token=token)

    def charge_card(self, token: str, payment: dict[str, object]) -> None:
        """Charge a card that its holder left for monthly gifts."""
        self._send("POST", "/payments/cards/auth", token=token, content=json.dumps(payment, default=str))

    def refund(self, token: str, operation: str, amount: str) -> None:
        """Give back all or a part (tenge) of what was taken."""
        self._send("POST", f"/operation/{operation}/refund?amount={amount}", token=token)

    def _send(self, method: str, path: str, *, token: str = "", **content: Any) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        if "content" in content:
            headers["Content-Type"] = "application/json"
        try:
            answer = self.http.request(method, f"{self.url}{path}", headers=headers, timeout=TIMEOUT, **content)
        except httpx.HTTPError:
            raise unavailable("gateway.unavailable", gateway="halyk") from None
        if answer.status_code >= 500:
            raise unavailable("gateway.unavailable", gateway="halyk", status=answer.status_code)
        try:
            read = json.loads(answer.content, parse_float=Decimal)
        except ValueError:
            raise unavailable("gateway.unavailable", gateway="halyk", status=answer.status_code) from None
        if answer.status_code != 200 or not isinstance(read, dict):
            raise invalid("gateway.refused", gateway="halyk", status=answer.status_code)
        return read
