"""Where Halyk ePay calls back. Stores and answers at once; the body is believed in nothing."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from demeu.treasury.gateways.actions import keep_callback
from demeu.treasury.gateways.halyk.words import kept_part, order_number

BODY_BYTES_MAX = 64 * 1024
KINDS = ("ok", "fail")


@require_POST
def callback(request: HttpRequest, kind: str) -> HttpResponse:
    """One callback: 200 once it is stored, 400 for what is no callback, 413 for what is too long."""
    if kind not in KINDS:
        return JsonResponse({"code": "error"}, status=404)
    if len(request.body) > BODY_BYTES_MAX:
        return JsonResponse({"code": "error"}, status=413)
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError):
        body = None
    if not isinstance(body, dict):
        return JsonResponse({"code": "error"}, status=400)
    keep_callback(
        gateway="halyk",
        kind=kind,
        order_number=order_number(body),
        secret=str(body.get("secret_hash", ""))[:128],
        body=kept_part(body),
    )
    return JsonResponse({"code": "ok"})
