"""Which answers the device of their reader may keep: own pages and papers, marked with a word for their owner.

The word is a keyed hash: it tells one owner from another on one device and names nobody. Everything else stays
unmarked, and the worker keeps nothing that is unmarked.
"""

import hashlib
import hmac
from collections.abc import Callable
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from demeu.portal.accounts.entrance import actor_of_request
from demeu.portal.giving.queries import gave

HEADER = "Demeu-Keep"
OWN_PAGES = frozenset(
    {"patron:home", "patron:impact", "patron:following", "giving:mine", "giving:monthly", "papers:mine"}
)
OWN_GIFT = frozenset({"giving:gift", "giving:receipt", "giving:proof"})


def owner_word(person: UUID) -> str:
    """Sixteen hexadecimal signs for a person, the same for the same person and key."""
    key = hashlib.sha256(b"kept-pages:" + str(settings.SECRET_KEY).encode()).digest()
    return hmac.new(key, str(person).encode(), hashlib.sha256).hexdigest()[:16]


class KeepingMiddleware:
    """Adds the mark after the view; a gift's pages get it only when the signed-in reader is who gave."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Mark the reader's own answer."""
        response = self.get_response(request)
        match = request.resolver_match
        if match and request.method == "GET" and response.status_code == 200:
            person = _owner(request, match.view_name, match.kwargs)
            if person is not None:
                response[HEADER] = owner_word(person)
        return response


def _owner(request: HttpRequest, name: str, kwargs: dict[str, object]) -> UUID | None:
    if name not in OWN_PAGES and name not in OWN_GIFT:
        return None
    person = actor_of_request(request).person
    if person is None or name in OWN_PAGES:
        return person
    gift = kwargs.get("gift")
    return person if isinstance(gift, UUID) and gave(person, gift) else None
