"""Around every request under /api/v1/: whose key it is, how often it asked, ETag, headers; errors become problem+json.

Sessions play no part here: a program is known by its key alone.
"""

import hashlib
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers

from demeu.kernel.errors import forbidden, too_many, unavailable
from demeu.kernel.logs import logger
from demeu.kernel.problems import CONTENT_TYPE, STORE_AWAY
from demeu.portal.giving.origin import origin_of
from demeu.portal.partners.actions import count_request, note_use
from demeu.portal.partners.models import ApiKey
from demeu.portal.partners.queries import open_key
from demeu.portal.partners.rules import WINDOW_S, Allowance
from demeu.portal.public_api.problems import of_status, problem

PREFIX = "/api/v1/"
POLICY = "per-minute"
FRESH_S = 30
BODY_LENGTH_MAX = 64 * 1024
log = logger(__name__)


class PublicApiMiddleware:
    """Stands outside the session's middleware; other addresses pass by."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve a request of a program."""
        if not request.path.startswith(PREFIX):
            return self.get_response(request)
        if request.method == "OPTIONS":
            return _open(HttpResponse(status=204))
        try:
            return _open(self._headless(request))
        except STORE_AWAY as error:
            log.warning("store_away", reason=type(error).__name__)
            return _open(problem(request, unavailable("call.store_away")))

    def _headless(self, request: HttpRequest) -> HttpResponse:
        """HEAD is GET without the content."""
        if request.method != "HEAD":
            return self._served(request)
        request.method = "GET"
        response = self._served(request)
        length = len(response.content)
        response.content = b""
        response["Content-Length"] = str(length)
        return response

    def _served(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("Authorization", "")
        key = _key(given)
        allowance = _counted(request, key)
        request.api_key = key  # type: ignore[attr-defined]
        if given and key is None:
            response = problem(request, forbidden("key.unknown"), status=401)
            response["WWW-Authenticate"] = 'Bearer realm="Demeu"'
        elif allowance.is_over:
            refusal = too_many("api.too_often", retry_after_s=allowance.resets_s, limit=allowance.limit)
            response = problem(request, refusal)
        elif int(request.headers.get("Content-Length") or 0) > BODY_LENGTH_MAX:
            response = problem(request, of_status(413), status=413)
        else:
            response = _as_problem(request, self.get_response(request))
        _say_allowance(response, allowance)
        return _with_etag(request, response, private=key is not None)


def _key(given: str) -> ApiKey | None:
    scheme, _, word = given.partition(" ")
    key = open_key(word.strip()) if scheme.lower() == "bearer" else None
    if key is not None:
        note_use(key=key)
    return key


def _counted(request: HttpRequest, key: ApiKey | None) -> Allowance:
    """Count by key, or by the hash of the address for those who have none (or a wrong one)."""
    if key is not None:
        return count_request(subject=f"key:{key.id}", limit=settings.DEMEU_PORTAL_API_KEY_PER_MINUTE)
    subject = f"guest:{origin_of(request)['address'][:40]}"
    return count_request(subject=subject, limit=settings.DEMEU_PORTAL_API_GUEST_PER_MINUTE)


def _as_problem(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """An error page of the framework as a problem with the same status; its `Allow` is kept."""
    if response.status_code < 400 or response["Content-Type"].startswith(CONTENT_TYPE):
        return response
    made = problem(request, of_status(response.status_code), status=response.status_code)
    if "Allow" in response:
        made["Allow"] = response["Allow"]
    return made


def _say_allowance(response: HttpResponse, allowance: Allowance) -> None:
    """RateLimit and RateLimit-Policy as the IETF's httpapi working group drafts them."""
    response["RateLimit-Policy"] = f'"{POLICY}";q={allowance.limit};w={WINDOW_S}'
    response["RateLimit"] = f'"{POLICY}";r={allowance.left};t={allowance.resets_s}'


def _with_etag(request: HttpRequest, response: HttpResponse, *, private: bool) -> HttpResponse:
    """A tag over the content of what was read; 304 for who has it already."""
    patch_vary_headers(response, ["Authorization", "Accept-Language"])
    if request.method != "GET" or response.status_code != 200:
        response["Cache-Control"] = "no-store"
        return response
    tag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    known = [one.strip().removeprefix("W/") for one in request.headers.get("If-None-Match", "").split(",")]
    if tag in known or "*" in known:
        short = HttpResponse(status=304)
        for name in ("RateLimit", "RateLimit-Policy", "Vary"):
            short[name] = response[name]
        del short["Content-Type"]
        response = short
    response["ETag"] = tag
    response["Cache-Control"] = f"{'private' if private else 'public'}, max-age={FRESH_S}"
    return response


def _open(response: HttpResponse) -> HttpResponse:
    """A page of any site may ask: no cookie plays a part."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = "GET, HEAD, POST, OPTIONS"
    response["Access-Control-Allow-Headers"] = "Authorization, Content-Type, Idempotency-Key, If-None-Match"
    response["Access-Control-Expose-Headers"] = "ETag, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id"
    return response
