"""Whole pages kept for a moment, for guests only: the same page for everybody who has not signed in.

It must never keep a page that belongs to one visitor: one with a session, a message, a form's token or a cookie to set.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

PAGES_MAX = 400
PAGE_BYTES_MAX = 400_000
OWN_COOKIES = frozenset({"sessionid", "messages"})
View = Callable[..., HttpResponse]
Key = tuple[str, str, str, str, str]
_kept: "OrderedDict[Key, tuple[bytes, str]]" = OrderedDict()
_lock = threading.Lock()


def kept_for_guests(edition: Callable[..., str]) -> Callable[[View], View]:
    """Serve the page again while `edition` says the same: it names what the page is made of."""

    def decorate(view: View) -> View:
        @wraps(view)
        def serve(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
            if OWN_COOKIES.intersection(request.COOKIES) or request.method != "GET":
                return view(request, *args, **named)
            theme, htmx = request.COOKIES.get("theme", ""), request.headers.get("HX-Request", "")
            key = (request.get_full_path(), get_language() or "", theme, htmx, edition(*args, **named))
            known = _kept.get(key)
            if known is not None:
                return HttpResponse(known[0], content_type=known[1])
            response = view(request, *args, **named)
            if _may_be_kept(request, response):
                _keep(key, (response.content, response["Content-Type"]))
            return response

        return serve

    return decorate


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    own = request.META.get("CSRF_COOKIE_NEEDS_UPDATE") or response.cookies
    plain = response.status_code == 200 and not response.streaming
    return plain and not own and len(response.content) <= PAGE_BYTES_MAX


def _keep(key: Key, page: tuple[bytes, str]) -> None:
    with _lock:
        _kept[key] = page
        while len(_kept) > PAGES_MAX:
            _kept.popitem(last=False)


def forget() -> None:
    """Throw away what is kept."""
    _kept.clear()
