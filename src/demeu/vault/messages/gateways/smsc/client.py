"""Sending and asking for receipts by the smsc.kz protocol (`fmt=3`, JSON). Knows nothing of people."""

from collections.abc import Sequence
from typing import Any

import httpx
from django.conf import settings

from demeu.kernel.errors import invalid, unavailable
from demeu.vault.messages.gateways.port import Receipt, Sent, http

# Error codes of send.php: 7 = the number has a wrong form, 8 = it cannot be reached by this account.
WRONG_NUMBER = {7, 8}
IDS_MAX = 100
DELIVERED = {1, 2, 4}
UNDER_WAY = {-1, 0}


def send_sms(*, phone: str, text: str) -> str:
    """Hand a text over; the message's id. Refuses `sms.not_accepted`, `sms.wrong_number`, `sms.operator_silent`."""
    body = _ask("send.php", {"phones": phone, "mes": text, "sender": settings.DEMEU_VAULT_SMS_SENDER})
    if not isinstance(body, dict):
        raise unavailable("sms.operator_silent")
    code = body.get("error_code")
    if code in WRONG_NUMBER:
        raise invalid("sms.wrong_number")
    if code is not None or "error" in body:
        raise unavailable("sms.not_accepted", operator_code=str(code)[:20])
    if "id" not in body:
        raise unavailable("sms.operator_silent")
    return str(body["id"])


def receipts(sent: Sequence[Sent]) -> dict[str, Receipt]:
    """What became of these messages, by id. Ids and numbers go in one order; a comma at the end keeps the list."""
    found: dict[str, Receipt] = {}
    for first in range(0, len(sent), IDS_MAX):
        some = sent[first : first + IDS_MAX]
        form = {
            "id": "".join(f"{one.provider_id}," for one in some),
            "phone": "".join(f"{one.phone.removeprefix('+')}," for one in some),
        }
        rows = _ask("status.php", form)
        if isinstance(rows, dict) and "error_code" in rows:
            raise unavailable("sms.not_accepted", operator_code=str(rows["error_code"])[:20])
        for row in rows if isinstance(rows, list) else []:
            if isinstance(row, dict) and isinstance(row.get("status"), int) and "id" in row:
                found[str(row["id"])] = _receipt(row["status"])
    return found


def _receipt(status: int) -> Receipt:
    if status in DELIVERED:
        return Receipt.DELIVERED
    return Receipt.UNDER_WAY if status in UNDER_WAY else Receipt.FAILED


def _ask(script: str, form: dict[str, str]) -> Any:
    """The answer's JSON; the account goes in the body."""
    account = {"login": settings.DEMEU_VAULT_SMSC_LOGIN, "psw": settings.DEMEU_VAULT_SMSC_PASSWORD}
    try:
        answer = http().post(
            f"{settings.DEMEU_VAULT_SMSC_URL}/sys/{script}", data={**account, **form, "charset": "utf-8", "fmt": "3"}
        )
        if answer.status_code != 200:
            raise unavailable("sms.not_accepted", operator_code=str(answer.status_code))
        return answer.json()
    except (httpx.HTTPError, ValueError):
        raise unavailable("sms.operator_silent") from None
