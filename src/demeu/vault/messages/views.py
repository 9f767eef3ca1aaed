"""The address at which the SMS operator hands replies over. Checks the operator's key, then only translates."""

import hmac
import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from demeu.kernel.errors import Refusal, forbidden, invalid
from demeu.kernel.problems import problem_response
from demeu.vault.messages import replies

BODY_BYTES_MAX = 20_000


@csrf_exempt
@require_POST
def inbound_sms(request: HttpRequest) -> HttpResponse:
    """Take one reply: JSON `{messageId, from, to, text, receivedAt}` under the header `X-Inbound-Key`."""
    try:
        provider_id, phone, text = _reply(request)
    except Refusal as refusal:
        return problem_response(refusal)
    return JsonResponse({"taken": replies.take_reply(provider_id=provider_id, phone=phone, text=text)})


def _reply(request: HttpRequest) -> tuple[str, str, str]:
    given = request.headers.get("X-Inbound-Key", "").encode()
    if not hmac.compare_digest(given, settings.DEMEU_VAULT_SMS_INBOUND_KEY.encode()):
        raise forbidden("sms.wrong_key")
    if len(request.body) > BODY_BYTES_MAX:
        raise invalid("sms.unreadable")
    try:
        body = json.loads(request.body)
        fields = tuple(body[name] for name in ("messageId", "from", "text"))
    except (ValueError, KeyError, TypeError):
        raise invalid("sms.unreadable") from None
    if not all(isinstance(field, str) and "\x00" not in field for field in fields):
        raise invalid("sms.unreadable")
    if not 1 <= len(fields[0]) <= 64 or len(fields[1]) > 20 or len(fields[2]) > 2000:
        raise invalid("sms.unreadable")
    return fields
