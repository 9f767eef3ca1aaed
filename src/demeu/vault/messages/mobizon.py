"""The SMS operator over the Mobizon HTTP protocol. Knows nothing of people: a number and a text."""

import httpx
from django.conf import settings

from demeu.kernel.errors import unavailable

TIME_LIMIT_S = 10.0
ACCEPTED = 0


def send_sms(*, phone: str, text: str) -> str:
    """Hand a text over to the operator; its message id. Refuses `sms.not_accepted` and `sms.operator_silent`."""
    try:
        answer = httpx.post(
            f"{settings.DEMEU_VAULT_SMS_URL}/service/message/sendSmsMessage",
            params={"output": "json", "api": "v1", "apiKey": settings.DEMEU_VAULT_SMS_KEY},
            data={"recipient": phone.removeprefix("+"), "text": text, "from": settings.DEMEU_VAULT_SMS_SENDER},
            timeout=TIME_LIMIT_S,
            trust_env=False,
        )
        body = answer.json()
        if answer.status_code != 200 or body["code"] != ACCEPTED:
            raise unavailable("sms.not_accepted", operator_code=str(body.get("code")))
        return str(body["data"]["messageId"])
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        raise unavailable("sms.operator_silent") from None
