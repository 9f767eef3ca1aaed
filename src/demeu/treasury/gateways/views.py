"""Where gateways call back. Stores and answers at once; nothing in the body is believed."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from demeu.kernel.errors import Refusal
from demeu.treasury.gateways.actions import keep_callback
from demeu.treasury.gateways.ports import Sent
from demeu.treasury.gateways.registry import gateway_named
from demeu.treasury.gateways.tiptop.words import KINDS as TIPTOP_KINDS

BODY_BYTES_MAX = 64 * 1024
KINDS = ("ok", "fail", "result", *TIPTOP_KINDS)


@require_POST
def callback(request: HttpRequest, gateway: str, kind: str) -> HttpResponse:
    """One callback: 200 once it is stored, 400 for what is no callback, 404 for no such gateway, 413 when too long."""
    try:
        known = gateway_named(gateway)
    except Refusal as refusal:
        return _error(refusal.status)
    if kind not in KINDS:
        return _error(404)
    if len(request.body) > BODY_BYTES_MAX:
        return _error(413)
    sent = Sent(kind, request.body, {name.lower(): value for name, value in request.headers.items()})
    read = known.read_callback(sent)
    if read is None:
        return _error(400)
    keep_callback(gateway=gateway, kind=kind, callback=read)
    answer = known.answer(sent)
    return HttpResponse(answer.body, content_type=answer.content_type)


def _error(status: int) -> HttpResponse:
    return JsonResponse({"code": "error"}, status=status)
