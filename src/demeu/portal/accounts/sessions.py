"""What a browser session holds: a random binding for signatures and, once signed in, a person's reference."""

import secrets
from uuid import UUID

from django.http import HttpRequest

PERSON = "person"
OFFICE = "office"
BINDING = "binding"


def binding(request: HttpRequest) -> str:
    """The session's random word that every signature attempt is bound to; not the cookie itself."""
    if BINDING not in request.session:
        request.session[BINDING] = secrets.token_urlsafe(24)
    return str(request.session[BINDING])


def signed_in(request: HttpRequest) -> UUID | None:
    """The person of this session."""
    found = request.session.get(PERSON)
    return UUID(found) if found else None


def in_office(request: HttpRequest) -> bool:
    """Whether the person signed in with a key that is known to be good: work in office needs that."""
    return request.session.get(OFFICE) is True


def open_session(request: HttpRequest, person: UUID, *, office: bool) -> None:
    """Sign the browser in under a fresh session key, so that a planted cookie is of no use."""
    request.session.cycle_key()
    request.session[PERSON] = str(person)
    request.session[OFFICE] = office


def close_session(request: HttpRequest) -> None:
    """Sign out and forget everything."""
    request.session.flush()


def origin(request: HttpRequest) -> str:
    """The site's origin as the person sees it, named in everything signed."""
    return f"{request.scheme}://{request.get_host()}"
