"""Refusals and bugs as RFC 9457 problem+json. The text of a code is made at the page; machines get the code."""

from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse

from demeu.kernel import context
from demeu.kernel.errors import STATUS, Kind, Refusal
from demeu.kernel.ids import new_id
from demeu.kernel.logs import logger
from demeu.kernel.operations import Message

log = logger(__name__)
CONTENT_TYPE = "application/problem+json"


class Problem(Message):
    """What every refused call answers."""

    type: str
    title: str
    status: int
    kind: Kind
    code: str
    facts: dict[str, Any]
    request_id: str


def problem_response(refusal: Refusal) -> HttpResponse:
    """The refusal as problem+json."""
    body = Problem(
        type=f"urn:demeu:problem:{refusal.code}",
        title=refusal.code.replace(".", " ").replace("_", " "),
        status=refusal.status,
        kind=refusal.kind,
        code=refusal.code,
        facts=refusal.facts,
        request_id=context.request_id(),
    )
    response = JsonResponse(body.model_dump(mode="json"), status=refusal.status, content_type=CONTENT_TYPE)
    if refusal.kind in (Kind.UNAVAILABLE, Kind.TOO_MANY):
        response["Retry-After"] = str(refusal.facts.get("retry_after_s", 5))
    return response


def bug_response(request: HttpRequest, error: Exception) -> HttpResponse:
    """A bug: logged with an incident number, answered without detail."""
    incident = str(new_id())
    log.error("bug", incident=incident, route=route_of(request), exc_info=error)
    body = {
        "type": "urn:demeu:problem:bug",
        "title": "internal error",
        "status": 500,
        "kind": "bug",
        "code": "bug",
        "facts": {"incident": incident},
        "request_id": context.request_id(),
    }
    return JsonResponse(body, status=500, content_type=CONTENT_TYPE)


def route_of(request: HttpRequest) -> str:
    """The pattern of the request's URL («case/<str:number>/»): safe to log and to count by."""
    return request.resolver_match.route if request.resolver_match else "unmatched"


# The database is away, restarting, or too slow for the deadline: worth asking again.
STORE_AWAY = (OperationalError, InterfaceError)

PROBLEM_STATUSES = sorted(set(STATUS.values()) | {400})
