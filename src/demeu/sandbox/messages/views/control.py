"""Control of the phones for tests and the story: read a conversation, write a reply.

Only JSON, so that a foreign page's form cannot write replies.
"""

import json
import re

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_POST

from demeu.kernel.errors import Refusal
from demeu.sandbox.messages import actions, queries
from demeu.sandbox.messages.rules import number_of


@require_GET
def messages(request: HttpRequest, number: str) -> HttpResponse:
    """``GET /control/phones/{number}/messages[?after=id]``."""
    after = request.GET.get("after") or "0"
    if re.fullmatch(r"[0-9]{1,15}", after) is None:
        return JsonResponse({"code": "phone.after", "facts": {}}, status=422)
    digits = number_of(number)
    rows = [
        {
            "id": str(row.pk),
            "direction": row.direction,
            "from": row.partner if row.direction == "in" else row.number,
            "text": row.text,
            "at": row.at.isoformat(),
        }
        for row in queries.conversation(digits, int(after))
    ]
    return JsonResponse({"number": digits, "messages": rows}, json_dumps_params={"ensure_ascii": False})


@require_POST
def reply(request: HttpRequest, number: str) -> HttpResponse:
    """``POST /control/phones/{number}/reply``."""
    try:
        body = json.loads(request.body) if request.content_type == "application/json" else None
        text = body["text"] if isinstance(body, dict) else None
    except (ValueError, KeyError, RecursionError):
        text = None
    if not isinstance(text, str):
        return JsonResponse({"code": "phone.text", "facts": {}}, status=422)
    try:
        message, queued = actions.reply(number=number_of(number), text=text)
    except Refusal as refusal:
        return JsonResponse({"code": refusal.code, "facts": refusal.facts}, status=refusal.status)
    return JsonResponse({"id": str(message.pk), "queued": queued}, status=202)
