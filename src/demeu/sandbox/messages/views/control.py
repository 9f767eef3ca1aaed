"""Control of phones, mail and browsers for tests and the story: read what came, write a reply, ask for faults.

Only JSON, so that a foreign page's form cannot write replies.
"""

import json
import re
from email import policy
from email.parser import BytesParser
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from demeu.kernel.errors import Refusal
from demeu.sandbox.messages import actions, browsers, faults, queries
from demeu.sandbox.messages.models import Letter
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


@require_GET
def letters(request: HttpRequest) -> HttpResponse:
    """``GET /control/mail[?to=address][&after=id]``: letters with their headers and both bodies."""
    after = request.GET.get("after") or "0"
    if re.fullmatch(r"[0-9]{1,15}", after) is None:
        return JsonResponse({"code": "mail.after", "facts": {}}, status=422)
    rows = [_letter(row) for row in queries.letters(request.GET.get("to", ""), int(after))]
    return JsonResponse({"letters": rows}, json_dumps_params={"ensure_ascii": False})


def _letter(row: Letter) -> dict[str, Any]:
    content = BytesParser(policy=policy.default).parsebytes(bytes(row.raw))
    bodies = {kind: content.get_body((kind,)) for kind in ("plain", "html")}
    return {
        "id": str(row.pk),
        "from": row.sender,
        "to": row.recipient,
        "subject": row.subject,
        "headers": {name: str(value) for name, value in content.items()},
        "text": bodies["plain"].get_content() if bodies["plain"] else "",
        "html": bodies["html"].get_content() if bodies["html"] else "",
        "at": row.at.isoformat(),
    }


@require_GET
def notices(request: HttpRequest, token: str) -> HttpResponse:
    """``GET /control/push/{token}``: what this browser was told, decrypted."""
    rows = [
        {"text": row.text, "urgency": row.urgency, "ttl_s": row.ttl_s, "at": row.at.isoformat()}
        for row in browsers.notices_of(token)
    ]
    return JsonResponse({"notices": rows}, json_dumps_params={"ensure_ascii": False})


@require_POST
def gone(request: HttpRequest, token: str) -> HttpResponse:
    """``POST /control/push/{token}/gone``: the browser is there no more; its address answers 410."""
    browsers.leave(token)
    return JsonResponse({})


@require_http_methods(["GET", "POST", "DELETE"])
def faults_address(request: HttpRequest) -> HttpResponse:
    """``/control/messages/faults``: ask for one (`gateway`, `fault`, `times`, `delay_s`), list them, clear them all."""
    if request.method == "DELETE":
        faults.clear()
    elif request.method == "POST":
        try:
            body: Any = json.loads(request.body) if request.content_type == "application/json" else None
            order = {name: body[name] for name in ("gateway", "fault", "times", "delay_s") if name in body}
            faults.plant(**order)
        except (ValueError, TypeError, RecursionError):
            return JsonResponse({"code": "fault.unreadable", "facts": {}}, status=422)
        except Refusal as refusal:
            return JsonResponse({"code": refusal.code, "facts": refusal.facts}, status=refusal.status)
    return JsonResponse({"faults": faults.planted()})
