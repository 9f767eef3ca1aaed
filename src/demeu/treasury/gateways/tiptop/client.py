"""HTTP client of TipTop Pay. Every failure is the refusal `gateway.unavailable` or `gateway.refused`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import httpx

from demeu.kernel.errors import invalid, unavailable

TIMEOUT = httpx.Timeout(5.0, connect=2.0)


@dataclass(frozen=True)
class TipTopClient:
    """One shop at one address."""

    url: str
    public_id: str
    secret: str
    http: httpx.Client

    def create_order(self, fields: Mapping[str, object]) -> str:
        """The address of a page for an order."""
        return str(self._ask("/orders/create", fields)["Url"])

    def find(self, order_number: int) -> dict[str, Any] | None:
        """The last payment of an order; None while nobody tried."""
        return self._ask("/payments/find", {"InvoiceId": str(order_number)}, missing_ok=True) or None

    def refund(self, transaction: object, amount: str) -> None:
        """Give back all or a part (tenge)."""
        self._ask("/payments/refund", {"TransactionId": transaction, "Amount": amount})

    def charge_token(self, fields: Mapping[str, object]) -> dict[str, Any]:
        """Charge a card that the donor left for a monthly gift."""
        return self._ask("/payments/tokens/charge", fields)

    def _ask(self, path: str, fields: Mapping[str, object], *, missing_ok: bool = False) -> dict[str, Any]:
        content = json.dumps(fields, default=str)
        headers = {"Content-Type": "application/json"}
        credentials = (self.public_id, self.secret)
        try:
            answer = self.http.post(
                f"{self.url}{path}", content=content, headers=headers, auth=credentials, timeout=TIMEOUT
            )
            read = json.loads(answer.content, parse_float=Decimal)
        except (httpx.HTTPError, ValueError):
            raise unavailable("gateway.unavailable", gateway="tiptop") from None
        if answer.status_code != 200 or not isinstance(read, dict):
            raise unavailable("gateway.unavailable", gateway="tiptop", status=answer.status_code)
        model = read.get("Model")
        if isinstance(model, dict):
            return model
        if read.get("Success") is True or (missing_ok and read.get("Message") == "Not found"):
            return {}
        raise invalid("gateway.refused", gateway="tiptop")
