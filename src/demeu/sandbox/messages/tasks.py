"""Background work of the phones: telling the platform about replies."""

import httpx
from django.conf import settings

from demeu.kernel.errors import unavailable
from demeu.kernel.jobs import task
from demeu.sandbox.messages import actions
from demeu.sandbox.messages.models import Message, ReplyDelivery

POST_TIMEOUT_S = 10.0


@task(attempts=8, wait_s_max=60)
def tell_reply(*, delivery: int) -> None:
    """Post one reply to the platform's inbound address; anything but 2xx is tried again."""
    row = ReplyDelivery.objects.select_related("message").get(pk=delivery)
    if row.delivered_at is not None:
        return
    status_code = _post(row.message)
    actions.note_attempt(delivery=row, status_code=status_code)
    if not 200 <= status_code < 300:
        raise unavailable("phone.reply_not_taken", status=status_code)


def _post(message: Message) -> int:
    body = {
        "messageId": str(message.pk),
        "from": message.number,
        "to": message.partner,
        "text": message.text,
        "receivedAt": message.at.isoformat(),
    }
    headers = {"X-Inbound-Key": settings.DEMEU_SANDBOX_SMS_INBOUND_KEY}
    try:
        address = settings.DEMEU_SANDBOX_SMS_INBOUND_URL
        return httpx.post(address, json=body, headers=headers, timeout=POST_TIMEOUT_S, trust_env=False).status_code
    except (httpx.HTTPError, httpx.InvalidURL):
        return 0
