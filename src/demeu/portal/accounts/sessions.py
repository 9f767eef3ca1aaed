"""What a browser session holds: a random binding for signatures and, once signed in, a person's reference."""

import secrets
from uuid import UUID

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

PERSON = "person"
OFFICE = "office"
PASSKEY = "passkey"
WAITS, SHOWN = "waits", "shown"
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
    """Whether the person signed in with a key that is known to be good, and showed a passkey where one is needed."""
    return request.session.get(OFFICE) is True


def passkey_waits(request: HttpRequest) -> bool:
    """Whether the key was good and only a passkey is still to be shown or made for work in office."""
    return request.session.get(PASSKEY) == WAITS


def passkey_shown(request: HttpRequest) -> bool:
    """Whether a passkey was shown or made in this session."""
    return request.session.get(PASSKEY) == SHOWN


def note_passkey(request: HttpRequest) -> None:
    """Remember that a passkey was shown or made."""
    request.session[PASSKEY] = SHOWN


def open_office(request: HttpRequest) -> None:
    """Open work in office after the passkey, if it only waited for that; under a fresh session key."""
    if passkey_waits(request):
        request.session.cycle_key()
        request.session[OFFICE] = True
    note_passkey(request)


def open_session(request: HttpRequest, person: UUID, *, office: bool, needs_passkey: bool = False) -> None:
    """Sign the browser in under a fresh session key, so that a planted cookie is of no use.

    `office`: the key is known to be good; `needs_passkey`: work in office waits for a passkey besides.
    """
    request.session.cycle_key()
    request.session[PERSON] = str(person)
    request.session[OFFICE] = office and not needs_passkey
    request.session[PASSKEY] = WAITS if office and needs_passkey else ""


def safe_next(request: HttpRequest) -> str:
    """Where to go after signing in: only an address of this site, else empty."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}) else ""


def close_session(request: HttpRequest) -> None:
    """Sign out and forget everything."""
    request.session.flush()


def origin(request: HttpRequest) -> str:
    """The site's origin as the person sees it, named in everything signed."""
    return f"{request.scheme}://{request.get_host()}"
