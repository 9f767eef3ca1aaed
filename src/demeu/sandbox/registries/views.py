"""ШЭП's addresses: take SOAP over POST, give SOAP back."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from demeu.sandbox.registries import channel, late_channel

BODY_BYTES_MAX = 2 * 1024 * 1024


@require_POST
def sync_channel(request: HttpRequest) -> HttpResponse:
    """One SendMessage of SyncChannel; anything larger than 2 MiB is not read."""
    return _spoken(request, channel.exchange)


@require_POST
def async_channel(request: HttpRequest) -> HttpResponse:
    """One operation of AsyncChannel; anything larger than 2 MiB is not read."""
    return _spoken(request, late_channel.exchange)


def _spoken(request: HttpRequest, exchange: Callable[[bytes], channel.Reply]) -> HttpResponse:
    if len(request.body) > BODY_BYTES_MAX:
        return HttpResponse(status=413)
    reply = exchange(request.body)
    return HttpResponse(reply.content, status=reply.status, content_type="text/xml; charset=utf-8")
