"""HTTP client of Freedom Pay. Every failure is the refusal `gateway.unavailable` or `gateway.refused`."""

from collections.abc import Mapping
from dataclasses import dataclass

import httpx

from demeu.kernel.errors import invalid, unavailable
from demeu.treasury.gateways.freedom.signing import is_signed, signed
from demeu.treasury.gateways.freedom.words import NOT_FOUND, xml_fields

TIMEOUT = httpx.Timeout(5.0, connect=2.0)


@dataclass(frozen=True)
class FreedomClient:
    """One merchant at one address. Answers that are not signed with our secret are no answers."""

    url: str
    merchant: str
    secret: str
    http: httpx.Client

    def init_payment(self, fields: Mapping[str, str]) -> dict[str, str]:
        """Make the gateway expect a payment: `pg_payment_id`, `pg_redirect_url`."""
        return self._ask("init_payment.php", fields)

    def status(self, order_number: int) -> dict[str, str]:
        """What became of an order; `pg_status` is `error` while nobody has opened it."""
        return self.status_of(str(order_number))

    def status_of(self, order: str) -> dict[str, str]:
        """The same for any order id, also a payout's; `pg_status` is `error` for an order never seen."""
        return self._ask("get_status3.php", {"pg_order_id": order}, missing_ok=True)

    def revoke(self, payment: str, amount: str) -> dict[str, str]:
        """Give back all or a part of a payment (tenge)."""
        return self._ask("revoke.php", {"pg_payment_id": payment, "pg_refund_amount": amount})

    def recurring_payment(self, fields: Mapping[str, str]) -> dict[str, str]:
        """Charge a recurring profile that the donor agreed to on the gateway's page."""
        return self._ask("make_recurring_payment.php", fields)

    def to_iban(self, fields: Mapping[str, str]) -> dict[str, str]:
        """Pay out to a beneficiary's IBAN, with КНП and КБе."""
        return self._ask("api/to_iban", fields)

    def _ask(self, script: str, fields: Mapping[str, str], *, missing_ok: bool = False) -> dict[str, str]:
        name = script.rpartition("/")[2]
        form = signed(name, {"pg_merchant_id": self.merchant, **fields}, self.secret)
        try:
            answer = self.http.post(f"{self.url}/{script}", data=form, timeout=TIMEOUT)
        except httpx.HTTPError:
            raise unavailable("gateway.unavailable", gateway="freedom") from None
        read = xml_fields(answer.content) if answer.status_code == 200 else None
        if read is None or not is_signed(name, read, self.secret):
            raise unavailable("gateway.unavailable", gateway="freedom", status=answer.status_code)
        if read.get("pg_status") == "ok" or (missing_ok and read.get("pg_error_code") == NOT_FOUND):
            return read
        raise invalid("gateway.refused", gateway="freedom", status=read.get("pg_error_code", "")[:20])
