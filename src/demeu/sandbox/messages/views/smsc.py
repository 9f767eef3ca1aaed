"""The smsc.kz API: send.php and status.php with `fmt=3`. Always HTTP 200 with JSON; an error has `error_code`.

Never answers without login and password.
"""

import hmac
import re
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_http_methods

from demeu.sandbox.messages import actions, faults, queries
from demeu.sandbox.messages.rules import FATES, SENDER_LENGTH_MAX, Fault, number_of, text_fault

WRONG_PARAMETERS, WRONG_ACCOUNT, WRONG_NUMBER, UNREACHABLE, BUSY = 1, 2, 7, 8, 9
NOT_FOUND = -3
STATUSES = {"delivered": 1, "failed": 20, "pending": 0}
IDS_MAX = 100

View = Callable[[HttpRequest], HttpResponse]


def with_account(view: View) -> View:
    """Ask for ``login``, ``psw`` and ``fmt=3``."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        given = f"{_given(request, 'login')}\n{_given(request, 'psw')}".encode(errors="replace")
        wanted = f"{settings.DEMEU_SANDBOX_SMSC_LOGIN}\n{settings.DEMEU_SANDBOX_SMSC_PASSWORD}".encode()
        if not hmac.compare_digest(given, wanted):
            return _error(WRONG_ACCOUNT, "authorise error")
        if _given(request, "fmt") != "3":
            return _error(WRONG_PARAMETERS, "only fmt=3 is known here")
        return view(request)

    return guarded


@require_http_methods(["GET", "POST"])
@with_account
def send(request: HttpRequest) -> HttpResponse:
    """``send.php``: `phones` (one number), `mes`, `sender` → `{"id", "cnt"}`."""
    fault = faults.strike("smsc")
    if fault in (Fault.BROKEN, Fault.MALFORMED):
        return HttpResponse("OK - 1 SMS", status=500 if fault is Fault.BROKEN else 200)
    if fault in (Fault.REFUSE, Fault.REJECT):
        return _error(BUSY, "duplicate request") if fault is Fault.REFUSE else _error(UNREACHABLE, "not reachable")
    number, text = number_of(_given(request, "phones")), _given(request, "mes")
    sender = re.sub(r"[^\w .-]", "", _given(request, "sender"))
    if not number:
        return _error(WRONG_NUMBER, "invalid number")
    if text_fault(text) or len(sender) > SENDER_LENGTH_MAX:
        return _error(WRONG_PARAMETERS, "parameters error")
    fate = FATES.get(fault, "delivered") if fault else "delivered"
    message = actions.send(number=number, text=text, sender=sender, gateway="smsc", fate=fate)
    return JsonResponse({"id": message.pk, "cnt": message.segments})


@require_http_methods(["GET", "POST"])
@with_account
def status(request: HttpRequest) -> HttpResponse:
    """``status.php``: `id` and `phone` in one order; a list when there is a comma, else one state."""
    ids, phones = _given(request, "id").split(","), _given(request, "phone").split(",")
    asked = [
        (int(one), number_of(phone))
        for one, phone in zip(ids, phones, strict=False)
        if one.isdecimal() and len(one) <= 15
    ]
    if not asked or len(asked) > IDS_MAX:
        return _error(WRONG_PARAMETERS, "parameters error")
    known = {row.pk: row for row in queries.sent("smsc", [number for number, _ in asked])}
    rows = []
    for number, phone in asked:
        row = known.get(number)
        there = row is not None and row.number == phone
        state = STATUSES[row.fate] if row is not None and there else NOT_FOUND
        rows.append(
            {"status": state, "id": number, "phone": phone, "last_date": f"{row.at:%d.%m.%Y %H:%M:%S}" if row else ""}
        )
    return JsonResponse(rows if len(ids) > 1 else rows[0], safe=False)


def _given(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "") or request.GET.get(name, "")


def _error(code: int, words: str) -> HttpResponse:
    return JsonResponse({"error": words, "error_code": code})
