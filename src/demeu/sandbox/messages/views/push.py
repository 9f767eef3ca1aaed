"""The push service: subscribing a training browser, and the address that senders post to (RFC 8030)."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from demeu.kernel.errors import Refusal
from demeu.sandbox.messages import browsers as service
from demeu.sandbox.messages import faults
from demeu.sandbox.messages.rules import Fault

STATUSES = {"push.unknown": 404, "push.gone": 410, "push.sender": 403, "push.headers": 400, "push.unreadable": 400}
FAULTS = {Fault.REFUSE: 429, Fault.REJECT: 410, Fault.BROKEN: 500, Fault.MALFORMED: 502}
SHOWN_MAX = 50


@require_http_methods(["POST", "OPTIONS"])
def subscribe(request: HttpRequest) -> HttpResponse:
    """``POST /push/subscribe`` (form: `key` = the sender's public key) → a subscription as the Push API gives it.

    Any page of this machine may ask: the demo's settings page does, where the browser's own service is out of reach.
    """
    if request.method == "OPTIONS":
        answer = HttpResponse(status=204)
    else:
        made = service.subscribe(sender_key=request.POST.get("key", ""))
        address = request.build_absolute_uri(reverse("push-deliver", args=[made.token]))
        answer = JsonResponse({"endpoint": address, "keys": {"p256dh": made.public_key, "auth": made.auth}}, status=201)
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


@require_POST
def deliver(request: HttpRequest, token: str) -> HttpResponse:
    """``POST /push/to/<token>`` → 201 when the notice could be decrypted and its sender is the right one."""
    fault = faults.strike("push")
    if fault in FAULTS:
        return HttpResponse(status=FAULTS[fault])
    try:
        service.deliver(
            token=token,
            origin=f"{request.scheme}://{request.get_host()}",
            authorization=request.headers.get("Authorization", ""),
            encoding=request.headers.get("Content-Encoding", ""),
            ttl=request.headers.get("TTL", ""),
            urgency=request.headers.get("Urgency", ""),
            body=request.body,
        )
    except Refusal as refusal:
        return HttpResponse(refusal.code, status=STATUSES.get(refusal.code, 400), content_type="text/plain")
    return HttpResponse(status=201)


@require_safe
def browsers(request: HttpRequest) -> HttpResponse:
    """``/push/``: what the training browsers were told."""
    return render(request, "sandbox_messages/push.html", {"notices": service.newest(SHOWN_MAX)})
