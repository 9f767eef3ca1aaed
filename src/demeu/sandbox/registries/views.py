"""ШЭП's address: takes SOAP over POST, gives SOAP back."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from demeu.sandbox.registries import channel

BODY_BYTES_MAX = 2 * 1024 * 1024


@require_POST
def sync_channel(request: HttpRequest) -> HttpResponse:
    """One SendMessage; anything larger than 2 MiB is not read."""
    if len(request.body) > BODY_BYTES_MAX:
        return HttpResponse(status=413)
    reply = channel.exchange(request.body)
    return HttpResponse(reply.content, status=reply.status, content_type="text/xml; charset=utf-8")
