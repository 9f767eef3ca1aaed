"""Background work of the gateway and the bank: notices, late settlements, late returns."""

import httpx

from demeu.kernel.errors import unavailable
from demeu.kernel.jobs import task
from demeu.sandbox.banks.actions import callbacks, payments, settlement
from demeu.sandbox.banks.models import Callback

POST_TIMEOUT_S = 10.0
STRANGER = "127.0.0.66"


@task(attempts=8, wait_s_max=60)
def deliver_callback(*, callback: int) -> None:
    """Post one notice; anything but 2xx is tried again."""
    row = Callback.objects.get(pk=callback)
    if row.delivered_at is not None:
        return
    status_code = _send(row)
    callbacks.note_attempt(callback=row, status_code=status_code)
    if not 200 <= status_code < 300:
        raise unavailable("epay.callback_not_taken", status=status_code)


@task(attempts=8, wait_s_max=60)
def book_settlement(*, settlement_id: int) -> None:
    """Book a settlement that was held up."""
    settlement.book(settlement_id=settlement_id)


@task(attempts=8, wait_s_max=60)
def return_late(*, payment: int, reason: str) -> None:
    """Return an executed payment some time after it was executed."""
    payments.return_payment(payment=payment, reason=reason)


def _send(row: Callback) -> int:
    """The merchant's HTTP status; 0 when there was no answer. A forged question comes from another address."""
    headers = {"Content-Type": "application/json; charset=utf-8", **row.headers}
    source = STRANGER if row.kind == "forged" and not row.body else None
    try:
        with httpx.Client(
            transport=httpx.HTTPTransport(local_address=source), timeout=POST_TIMEOUT_S, trust_env=False
        ) as http:
            if not row.body:
                return http.get(row.url).status_code
            return http.post(row.url, content=row.body.encode(), headers=headers).status_code
    except (httpx.HTTPError, httpx.InvalidURL):
        return 0
