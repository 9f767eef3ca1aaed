"""Asking gateways what became of the messages they took. A gateway that does not answer is asked again later."""

from collections import defaultdict
from datetime import datetime, timedelta

from demeu.contracts.vault import Channel
from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.kernel.logs import logger
from demeu.vault.messages.gateways.port import Receipt, Sent, gateway
from demeu.vault.messages.models import Delivery
from demeu.vault.sealing.cipher import unseal

log = logger(__name__)

AT_ONCE_MAX = 500
# Operators keep trying for a day or two; later than this nobody asks any more.
ASKED_FOR = timedelta(hours=48)
PACE = ((timedelta(minutes=2), timedelta(seconds=15)), (timedelta(hours=1), timedelta(minutes=2)))
SLOW = timedelta(minutes=30)
STATES = {Receipt.DELIVERED: Delivery.DELIVERED, Receipt.FAILED: Delivery.FAILED}


def fetch_receipts() -> int:
    """Ask for what is due; how many messages were settled."""
    at = clock.now()
    due = Delivery.objects.filter(next_receipt_at__lte=at, channel=Channel.SMS.value).order_by("next_receipt_at")
    by_gateway: dict[str, list[Delivery]] = defaultdict(list)
    for row in due[:AT_ONCE_MAX]:
        by_gateway[row.gateway].append(row)
    return sum(_ask(name, rows, at) for name, rows in by_gateway.items())


def _ask(name: str, rows: list[Delivery], at: datetime) -> int:
    sent = [Sent(row.provider_id, unseal(row.id, "delivery.address", row.address)) for row in rows]
    try:
        found = gateway(name).receipts(sent)
    except (Refusal, ImportError) as fault:
        log.warning("sms.no_receipts", gateway=name, reason=getattr(fault, "code", "unknown"))
        found = {}
    for row in rows:
        receipt = found.get(row.provider_id, Receipt.UNDER_WAY)
        row.state = STATES.get(receipt, row.state)
        row.settled_at = at if receipt in STATES else None
        row.next_receipt_at = None if receipt in STATES else _next(row, at)
        row.refusal = "sms.undelivered" if receipt is Receipt.FAILED else ""
        row.save(update_fields=["state", "settled_at", "next_receipt_at", "refusal"])
    return sum(row.settled_at is not None for row in rows)


def _next(row: Delivery, at: datetime) -> datetime | None:
    """Often at first, seldom later, never after two days."""
    age = at - (row.handed_at or at)
    if age > ASKED_FOR:
        return None
    return at + next((pause for until, pause in PACE if age < until), SLOW)
