"""Sending and asking for receipts by the Mobizon protocol: always HTTP 200, a code inside. Knows nothing of people."""

from collections.abc import Sequence
from typing import Any

import httpx
from django.conf import settings

from demeu.kernel.errors import invalid, unavailable
from demeu.vault.messages.gateways.port import Receipt, Sent, http

ACCEPTED, WRONG_FIELD = 0, 1
IDS_MAX = 100
DELIVERED = {"DELIVRD"}
FAILED = {"UNDELIV", "EXPIRED", "REJECTD", "DELETED"}


def send_sms(*, phone: str, text: str) -> str:
    """Hand a text over; the message's id. Refuses `sms.not_accepted`, `sms.wrong_number`, `sms.operator_silent`."""
    form = {"recipient": phone.removeprefix("+"), "text": text, "from": settings.DEMEU_VAULT_SMS_SENDER}
    body = _ask("message/sendSmsMessage", form)
    try:
        return str(body["messageId"])
    except (KeyError, TypeError):
        raise unavailable("sms.operator_silent") from None


def receipts(sent: Sequence[Sent]) -> dict[str, Receipt]:
    """What became of these messages, by id."""
    found: dict[str, Receipt] = {}
    for first in range(0, len(sent), IDS_MAX):
        asked = ",".join(one.provider_id for one in sent[first : first + IDS_MAX])
        rows = _ask("message/getSMSStatus", {"ids": asked})
        for row in rows if isinstance(rows, list) else []:
            found[str(row.get("id"))] = _receipt(str(row.get("status")))
    return found


def _receipt(status: str) -> Receipt:
    if status in DELIVERED:
        return Receipt.DELIVERED
    return Receipt.FAILED if status in FAILED else Receipt.UNDER_WAY


def _ask(method: str, form: dict[str, str]) -> Any:
    """The `data` of an answer whose code is 0."""
    try:
        answer = http().post(
            f"{settings.DEMEU_VAULT_SMS_URL}/service/{method}",
            params={"output": "json", "api": "v1", "apiKey": settings.DEMEU_VAULT_SMS_KEY},
            data=form,
        )
        body = answer.json()
        code, content = body["code"], body.get("data")
    except (httpx.HTTPError, ValueError, KeyError, TypeError, AttributeError):
        raise unavailable("sms.operator_silent") from None
    if code == WRONG_FIELD and isinstance(content, dict) and "recipient" in content:
        raise invalid("sms.wrong_number")
    if answer.status_code != 200 or code != ACCEPTED:
        raise unavailable("sms.not_accepted", operator_code=str(code)[:20])
    return content
