"""What views need of accounts: the actor of a request, pages only for some roles, and signing a document."""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import get_language

from demeu.contracts import vault
from demeu.contracts.words import Language, Purpose, Role
from demeu.kernel.calling import ask
from demeu.kernel.context import acting_as
from demeu.portal.accounts.rules import Actor, need_role
from demeu.portal.accounts.sessions import binding, origin

View = Callable[..., HttpResponse]


def actor_of_request(request: HttpRequest) -> Actor:
    """The actor of this request."""
    return cast(Actor, request.actor)  # type: ignore[attr-defined]


def language() -> Language:
    """The reader's language."""
    found = (get_language() or "ru")[:2]
    return cast(Language, found if found in ("kk", "ru", "en") else "ru")


def for_roles(*roles: Role) -> Callable[[View], View]:
    """A page for these roles only: a guest is sent to sign in and comes back, another role is refused."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            actor = actor_of_request(request)
            if actor.person is None:
                return redirect(f"/sign-in/?{urlencode({'next': request.get_full_path()})}")
            if actor.passkey_waits and not actor.is_(*roles) and actor.withheld.intersection(roles):
                return redirect(f"/sign-in/passkey/?{urlencode({'next': request.get_full_path()})}")
            need_role(actor, *roles)
            office = next((role for role in roles if role in actor.roles), Role.APPLICANT)
            with acting_as(office.value, "" if office is Role.APPLICANT else actor.organization, _about(kwargs)):
                return view(request, *args, **kwargs)

        return guarded

    return decorate


def _about(kwargs: dict[str, Any]) -> str:
    """What a page is about by the names in its address: «application:<id>»; empty when it names none."""
    return next((f"{name}:{kwargs[name]}" for name in ("application", "case", "payout", "check") if name in kwargs), "")


def begin_signature(request: HttpRequest, *, kind: str, subject: str, text: str) -> vault.IdentityBegun:
    """Ask vault for the bytes that the signed-in person is to sign for a document; show them with `data-signing`."""
    actor = actor_of_request(request)
    need_role(actor, Role.APPLICANT)
    body = vault.SignatureBegin(
        person=cast(UUID, actor.person),
        session=binding(request),
        origin=origin(request),
        kind=kind,
        subject=subject,
        text=text,
        lang=language(),
    )
    return ask("vault", vault.SIGNATURE_BEGIN, body, actor=actor.name, purpose=Purpose.CASE_REVIEW)


def complete_signature(request: HttpRequest) -> vault.SignatureKept:
    """Hand the signature that the form brought (`attempt`, `cms`) to vault, which checks and keeps it."""
    actor = actor_of_request(request)
    body = vault.SignatureComplete(
        attempt=UUID(request.POST["attempt"]),
        person=cast(UUID, actor.person),
        session=binding(request),
        cms=request.POST["cms"],
    )
    return ask("vault", vault.SIGNATURE_COMPLETE, body, actor=actor.name, purpose=Purpose.CASE_REVIEW)
