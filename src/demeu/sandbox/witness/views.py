"""The witness over HTTP: `add-checkpoint`, its key, and what it remembers."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from demeu.sandbox.witness.actions import add_checkpoint
from demeu.sandbox.witness.models import WatchedLog
from demeu.sandbox.witness.rules import witness_key, witness_vkey

PLAIN = "text/plain; charset=utf-8"


@require_POST
def add(request: HttpRequest) -> HttpResponse:
    """`/witness/add-checkpoint`"""
    judged = add_checkpoint(request.body)
    return HttpResponse(judged.body, status=judged.status, content_type=judged.content_type)


@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """`/witness/key`: the witness's own key."""
    return HttpResponse(witness_vkey(witness_key()) + "\n", content_type=PLAIN)


@require_safe
def remembered(request: HttpRequest) -> HttpResponse:
    """`/witness/`: each log with the size of the largest head cosigned."""
    rows = WatchedLog.objects.order_by("origin")
    return HttpResponse("".join(f"{row.origin} {row.size}\n" for row in rows), content_type=PLAIN)
