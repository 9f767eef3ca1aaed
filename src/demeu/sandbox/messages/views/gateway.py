"""The Mobizon API: sending, status, balance. Always HTTP 200 with a code inside, as the original does.

Never answers without the key.
"""

import hmac
import re
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods, require_POST

from demeu.sandbox.messages import actions, faults, queries
from demeu.sandbox.messages.rules import FATES, SENDER_LENGTH_MAX, Fault, number_of, text_fault

OK, WRONG_FIELD, WRONG_FORMAT, WRONG_KEY, BUSY = 0, 1, 6, 8, 12
STATUSES = {"delivered": "DELIVRD", "failed": "UNDELIV", "pending": "ACCEPTD"}
ACCEPTED = 2
IDS_MAX = 100


def keyed(view: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Ask for ``apiKey`` and ``output=json``."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        given = request.GET.get("apiKey", "") or request.POST.get("apiKey", "")
        if not hmac.compare_digest(given.encode(errors="replace"), settings.DEMEU_SANDBOX_MOBIZON_KEY.encode()):
            return _answer(WRONG_KEY, None, "wrong apiKey")
        if request.GET.get("output", "json") != "json":
            return _answer(WRONG_FORMAT, None, "only output=json is known")
        return view(request)

    return guarded


@require_POST
@keyed
def send(request: HttpRequest) -> HttpResponse:
    """``sendSmsMessage``."""
    fault = faults.strike("mobizon")
    if fault in (Fault.BROKEN, Fault.MALFORMED):
        return HttpResponse("<html>oops", status=500 if fault is Fault.BROKEN else 200)
    if fault is Fault.REFUSE:
        return _answer(BUSY, None, "too many requests")
    if fault is Fault.REJECT:
        return _answer(WRONG_FIELD, {"recipient": "not reachable"}, "wrong field")
    number, text = number_of(request.POST.get("recipient", "")), request.POST.get("text", "")
    sender = re.sub(r"[^\w .-]", "", request.POST.get("from", ""))
    wrong_fields = {
        "recipient": "" if number else "not an international number",
        "text": text_fault(text),
        "from": "longer than 11 characters" if len(sender) > SENDER_LENGTH_MAX else "",
    }
    wrong = {field: why for field, why in wrong_fields.items() if why}
    if wrong:
        return _answer(WRONG_FIELD, wrong, "wrong field")
    fate = FATES.get(fault, "delivered") if fault else "delivered"
    message = actions.send(number=number, text=text, sender=sender, gateway="mobizon", fate=fate)
    return _answer(OK, {"campaignId": str(message.pk), "messageId": str(message.pk), "status": ACCEPTED}, "")


@require_http_methods(["GET", "POST"])
@keyed
def status(request: HttpRequest) -> HttpResponse:
    """``getSMSStatus``."""
    asked = (request.GET.get("ids") or request.POST.get("ids") or "").split(",")[:IDS_MAX]
    ids = [int(text) for text in asked if re.fullmatch(r"[0-9]{1,15}", text.strip())]
    if not ids:
        return _answer(WRONG_FIELD, {"ids": "numbers by commas"}, "wrong field")
    rows = [
        {"id": str(row.pk), "status": STATUSES[row.fate], "segNum": row.segments, "startSendTs": row.at.isoformat()}
        for row in queries.sent("mobizon", ids)
    ]
    return _answer(OK, rows, "")


@require_http_methods(["GET", "POST"])
@keyed
def balance(request: HttpRequest) -> HttpResponse:
    """``getOwnBalance``."""
    whole, part = divmod(max(queries.balance_tiyn(), 0), 100)
    return _answer(OK, {"balance": f"{whole}.{part:02d}", "currency": "KZT"}, "")


def _answer(code: int, content: object, message: str) -> HttpResponse:
    return JsonResponse({"code": code, "data": content, "message": message}, json_dumps_params={"ensure_ascii": False})
