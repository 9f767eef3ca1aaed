"""Whole pages kept for a moment, for guests only: the same page for everybody who has not signed in.

It must never keep a page that belongs to one visitor: one with a session, a message, a form's token or a cookie to set.
"""

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

PAGES_MAX = 400
PAGE_BYTES_MAX = 400_000
ZIPPED_LEVEL = 5
View = Callable[..., HttpResponse]
Key = tuple[str, ...]


@dataclass(frozen=True)
class Page:
    """A page as it was made, and the same compressed: it holds no secret that its length could tell."""

    content: bytes
    zipped: bytes
    content_type: str


_kept: "OrderedDict[Key, Page]" = OrderedDict()
_lock = threading.Lock()


def kept_for_guests(edition: Callable[..., str]) -> Callable[[View], View]:
    """Serve the page again while `edition` says the same: it names what the page is made of."""

    def decorate(view: View) -> View:
        @wraps(view)
        def serve(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
            if not _is_guest(request):
                return view(request, *args, **named)
            key = (*_asked(request), edition(*args, **named))
            known = _kept.get(key)
            if known is None:
                response = view(request, *args, **named)
                if not _may_be_kept(request, response):
                    return response
                known = _keep(key, response)
            return _answer(request, known)

        return serve

    return decorate


def _is_guest(request: HttpRequest) -> bool:
    own = {settings.SESSION_COOKIE_NAME, "messages"}
    return request.method == "GET" and not own.intersection(request.COOKIES)


def _asked(request: HttpRequest) -> Key:
    """Everything of the request that a page is made of."""
    shown = (request.COOKIES.get("theme", ""), request.headers.get("HX-Request", ""))
    return (request.scheme or "", request.get_host(), request.get_full_path(), get_language() or "", *shown)


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    own = request.META.get("CSRF_COOKIE_NEEDS_UPDATE") or response.cookies
    plain = response.status_code == 200 and not response.streaming
    return plain and not own and len(response.content) <= PAGE_BYTES_MAX


def _keep(key: Key, response: HttpResponse) -> Page:
    content = response.content
    page = Page(content, gzip.compress(content, ZIPPED_LEVEL, mtime=0), response["Content-Type"])
    with _lock:
        _kept[key] = page
        while len(_kept) > PAGES_MAX:
            _kept.popitem(last=False)
    return page


def _answer(request: HttpRequest, page: Page) -> HttpResponse:
    zips = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(page.zipped if zips else page.content, content_type=page.content_type)
    if zips:
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
    return response


def forget() -> None:
    """Throw away what is kept."""
    _kept.clear()
