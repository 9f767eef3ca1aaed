"""HTTP client of the fund's bank (files of ISO 20022). Every failure is the refusal `bank.unavailable`."""

from dataclasses import dataclass
from functools import lru_cache

import httpx
from django.conf import settings

from demeu.kernel.errors import unavailable

TIMEOUT = httpx.Timeout(8.0, connect=2.0)


@dataclass(frozen=True)
class Statement:
    """A raw camt.053 or camt.054 and the cursor for the next question. It holds names: hand it to vault only."""

    xml: str
    cursor: int


@dataclass(frozen=True)
class Bank:
    """One bank under one address with our key."""

    url: str
    key: str
    iban: str
    http: httpx.Client
    profile: str = ""

    def pay(self, xml: str) -> bytes:
        """Hand over a filled pain.001; the pain.002 that answers it."""
        return self._send("POST", "/api/payments", content=xml.encode(), kind="application/xml").content

    def answer_about(self, message_id: str) -> bytes | None:
        """The pain.002 given before about a message; None when the bank has never seen it."""
        answer = self._send("GET", f"/api/payments/{message_id}", missing_ok=True)
        return None if answer.status_code == 404 else answer.content

    def statement(self, after: int) -> Statement | None:
        """What was booked after the cursor; None when nothing was."""
        return self._movements("statements", after)

    def notification(self, after: int) -> Statement | None:
        """The same as a camt.054, which many banks send sooner than a statement."""
        return self._movements("notifications", after)

    def _movements(self, what: str, after: int) -> Statement | None:
        answer = self._send("GET", f"/api/{what}?account={self.iban}&after={after}")
        cursor = int(answer.headers.get("X-Next-Cursor", after))
        return Statement(answer.text, cursor) if cursor > after else None

    def _send(
        self, method: str, path: str, *, content: bytes | None = None, kind: str = "", missing_ok: bool = False
    ) -> httpx.Response:
        headers = {"X-Api-Key": self.key, **({"Content-Type": kind} if kind else {})}
        try:
            answer = self.http.request(method, f"{self.url}{path}", headers=headers, content=content, timeout=TIMEOUT)
        except httpx.HTTPError:
            raise unavailable("bank.unavailable") from None
        if answer.status_code != 200 and not (missing_ok and answer.status_code == 404):
            raise unavailable("bank.unavailable", status=answer.status_code)
        return answer


@lru_cache(maxsize=1)
def fund_bank() -> Bank:
    """The bank by this service's settings."""
    return Bank(
        url=settings.DEMEU_TREASURY_BANK_URL,
        key=settings.DEMEU_TREASURY_BANK_KEY,
        iban=settings.DEMEU_TREASURY_FUND_IBAN,
        http=httpx.Client(trust_env=False),
        profile=settings.DEMEU_TREASURY_FUND_BIC,
    )
