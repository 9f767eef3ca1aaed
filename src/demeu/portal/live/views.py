"""Polling, for browsers and networks that hold no stream open. The stream itself is another process (`streaming`)."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from demeu.kernel.errors import forbidden
from demeu.portal.live.feeds import topics_of
from demeu.portal.live.queries import changes_after

DIGITS_MAX = 18


def number_of(text: str) -> int:
    """An id of a change as an address or a header names it; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= DIGITS_MAX else 0


@require_safe
def now(request: HttpRequest) -> HttpResponse:
    """`/live/now/?feed=…&after=…`: what changed since."""
    topics = topics_of(request.GET.get("feed", ""))
    if not topics:
        raise forbidden("live.unknown_feed")
    answer = JsonResponse({"updates": changes_after(topics, number_of(request.GET.get("after", "")))})
    answer["Cache-Control"] = "no-store"
    return answer
