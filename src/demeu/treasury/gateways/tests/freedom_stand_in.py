"""A stand-in for Freedom Pay inside one test: signs its answers, counts what it was asked."""

from dataclasses import dataclass, field
from urllib.parse import parse_qsl

import httpx

from demeu.treasury.gateways.freedom.client import FreedomClient
from demeu.treasury.gateways.freedom.gateway import FreedomGateway
from demeu.treasury.gateways.freedom.signing import is_signed, signed
from demeu.treasury.gateways.freedom.words import xml_answer

SECRET = "freedom-test-secret"


@dataclass
class Freedom:
    """`payment` is what the status tells; `wrong_signature` signs answers with another secret."""

    payment: dict[str, str] | None = None
    down: bool = False
    wrong_signature: bool = False
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    def answer(self, request: httpx.Request) -> httpx.Response:
        script = request.url.path.rpartition("/")[2]
        form = dict(parse_qsl(request.content.decode()))
        self.asked.append((script, form))
        if self.down:
            raise httpx.ConnectError("down")
        assert is_signed(script, form, SECRET)
        told = {"pg_status": "ok"}
        if script == "init_payment.php":
            told |= {"pg_payment_id": "77", "pg_redirect_url": "http://freedom.test/page/77"}
        elif script == "get_status3.php":
            told = {"pg_status": "error", "pg_error_code": "340"} if self.payment is None else told | self.payment
        secret = "another" if self.wrong_signature else SECRET
        return httpx.Response(200, text=xml_answer(signed(script, told, secret)))

    def paid(self, amount: str, status: str = "success", currency: str = "KZT") -> None:
        self.payment = {
            "pg_payment_id": "77",
            "pg_payment_status": status,
            "pg_amount": amount,
            "pg_currency": currency,
            "pg_card_name": "AIGUL CANARY",
            "pg_failure_code": "0",
        }

    @property
    def gateway(self) -> FreedomGateway:
        http = httpx.Client(transport=httpx.MockTransport(self.answer))
        return FreedomGateway(
            FreedomClient("http://freedom.test", "500001", SECRET, http), "http://treasury.test/callbacks/freedom"
        )
