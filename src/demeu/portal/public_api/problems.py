"""Every error of the public API is problem+json (RFC 9457), in the language of the request. It shows no stack."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import translation

from demeu.kernel import context
from demeu.kernel.errors import Kind, Refusal, conflict, forbidden, invalid, not_found, unavailable
from demeu.kernel.problems import CONTENT_TYPE
from demeu.portal.public_api.schemas import Trouble
from demeu.portal.ui.refusals import text_of


def problem(request: HttpRequest, refusal: Refusal, *, status: int | None = None) -> HttpResponse:
    """The refusal; `status` where HTTP has a finer one than the refusal's kind."""
    with translation.override(language_of(request)):
        detail = text_of(refusal)
    body = Trouble(
        type=f"urn:demeu:problem:{refusal.code}",
        title=refusal.code.replace(".", " ").replace("_", " "),
        status=status or refusal.status,
        detail=detail,
        code=refusal.code,
        facts=refusal.facts,
        request_id=context.request_id(),
    )
    response = JsonResponse(body.model_dump(mode="json"), status=body.status, content_type=CONTENT_TYPE)
    if refusal.kind in (Kind.UNAVAILABLE, Kind.TOO_MANY):
        response["Retry-After"] = str(refusal.facts.get("retry_after_s", 5))
    return response


def language_of(request: HttpRequest) -> str:
    """What the program's Accept-Language prefers of our three."""
    found = translation.get_language_from_request(request)
    return found if found in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def of_status(status: int) -> Refusal:
    """What to say of an answer of the framework that is no problem yet."""
    known = {
        401: forbidden("key.unknown"),
        403: forbidden("api.forbidden"),
        404: not_found("api.unknown_path"),
        405: conflict("api.unknown_method"),
        406: invalid("api.unacceptable"),
        413: invalid("api.too_long"),
        503: unavailable("call.store_away"),
    }
    return known.get(status) or (invalid("call.unreadable") if status < 500 else unavailable("api.bug"))
