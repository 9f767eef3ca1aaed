"""Puts the actor on the request: read once per request, never cached across requests."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from demeu.portal.accounts.queries import actor_of
from demeu.portal.accounts.rules import Actor, without_office
from demeu.portal.accounts.sessions import in_office, passkey_waits, signed_in


class ActorMiddleware:
    """`request.actor` is the guest or the signed-in person with roles."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Attach the actor lazily: a page for everybody asks no database for it."""
        request.actor = SimpleLazyObject(lambda: _actor(request))  # type: ignore[attr-defined]
        return self.get_response(request)


def _actor(request: HttpRequest) -> Actor:
    actor = actor_of(signed_in(request))
    return actor if in_office(request) else without_office(actor, passkey_waits=passkey_waits(request))
