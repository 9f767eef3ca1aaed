"""The bank's machine interface: pain.001 in, pain.002, camt.053 and camt.054 out.

Never answers without the key.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_GET, require_POST

from demeu.kernel.errors import Refusal, forbidden, invalid
from demeu.sandbox.banks import queries
from demeu.sandbox.banks.actions import payments
from demeu.sandbox.banks.actions.booking import fund, open_account
from demeu.sandbox.banks.rules.camt053 import Statement, write_camt053, write_camt054
from demeu.sandbox.banks.views.edges import json_answer, same_secret

MESSAGE_BYTES_MAX = 1024 * 1024


def keyed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Ask for ``X-Api-Key`` and answer refusals as JSON."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if not same_secret(request.headers.get("X-Api-Key", ""), settings.DEMEU_SANDBOX_BANK_KEY):
                raise forbidden("bank.key")
            return view(request, *args, **kwargs)
        except Refusal as refusal:
            status = 401 if refusal.code == "bank.key" else refusal.status
            return json_answer({"code": refusal.code, "facts": refusal.facts}, status)

    return guarded


@require_POST
@keyed
def take_payments(request: HttpRequest) -> HttpResponse:
    """``POST /bank/api/payments``."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MESSAGE_BYTES_MAX:
        return json_answer({"code": "bank.too_long", "facts": {"bytes_max": MESSAGE_BYTES_MAX}}, 413)
    return _xml(payments.take_message(body=request.body))


@require_GET
@keyed
def payment_answer(request: HttpRequest, message_id: str) -> HttpResponse:
    """``GET /bank/api/payments/{MsgId}``: the same pain.002 again."""
    return _xml(queries.payment_answer(message_id).encode())


@require_GET
@keyed
def statements(request: HttpRequest) -> HttpResponse:
    """``GET /bank/api/statements?account=&after=``."""
    return _movements(request, write_camt053)


@require_GET
@keyed
def notifications(request: HttpRequest) -> HttpResponse:
    """``GET /bank/api/notifications?account=&after=``: the same movements as camt.054."""
    return _movements(request, write_camt054)


def _movements(request: HttpRequest, write: Callable[[Statement], bytes]) -> HttpResponse:
    after = request.GET.get("after") or "0"
    if re.fullmatch(r"[0-9]{1,15}", after) is None:
        raise invalid("bank.cursor")
    iban = request.GET.get("account", "")[:34]
    if iban == fund()[0]:
        open_account(holder=fund())
    statement = queries.statement(iban=iban, after=int(after))
    response = _xml(write(statement))
    response["X-Next-Cursor"] = str(statement.cursor)
    return response


def _xml(body: bytes) -> HttpResponse:
    return HttpResponse(body, content_type="application/xml; charset=utf-8")
