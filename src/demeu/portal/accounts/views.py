"""Signing in with ЭЦП, signing out, accepting an invitation. Thin: identity is vault's, roles are in actions."""

from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from demeu.contracts import vault
from demeu.contracts.words import Purpose, Role
from demeu.kernel.calling import ask
from demeu.kernel.errors import Refusal, invalid
from demeu.portal.accounts import actions, sessions
from demeu.portal.accounts.entrance import actor_of_request, for_roles, language
from demeu.portal.accounts.providers import offered
from demeu.portal.accounts.queries import works_in_office
from demeu.portal.accounts.rules import opens_office
from demeu.portal.ui.refusals import text_of


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """GET shows what is to be signed; POST takes the signature and opens the session."""
    problem = ""
    if request.method == "POST":
        try:
            return _finish_sign_in(request)
        except Refusal as refusal:
            problem = text_of(refusal)
    body = vault.IdentityBegin(session=sessions.binding(request), origin=sessions.origin(request), lang=language())
    begun = ask("vault", vault.IDENTITY_BEGIN, body, actor="guest", purpose=Purpose.SIGN_IN)
    shown = {"begun": begun, "next": sessions.safe_next(request), "problem": problem, "providers": offered()}
    return render(request, "accounts/sign_in.html", shown, status=403 if problem else 200)


def _finish_sign_in(request: HttpRequest) -> HttpResponse:
    try:
        attempt = UUID(request.POST.get("attempt", ""))
    except ValueError:
        raise invalid("identity.unknown_attempt") from None
    body = vault.IdentityComplete(
        attempt=attempt, session=sessions.binding(request), cms=request.POST.get("cms", "")[:200_000]
    )
    person = ask("vault", vault.IDENTITY_COMPLETE, body, actor="guest", purpose=Purpose.SIGN_IN)
    sessions.open_session(
        request,
        person.person,
        office=opens_office(person.certificate_status),
        needs_passkey=person.has_passkey or settings.DEMEU_PORTAL_PASSKEY_REQUIRED,
    )
    actions.note_sign_in(person=person.person)
    wanted = sessions.safe_next(request) or "/my/"
    if sessions.passkey_waits(request) and person.has_passkey and works_in_office(person.person):
        return redirect(f"{reverse('accounts:passkey')}?{urlencode({'next': wanted})}")
    return redirect(wanted)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Forget the session."""
    sessions.close_session(request)
    return redirect("/")


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.APPLICANT)
def invitation(request: HttpRequest, word: str) -> HttpResponse:
    """Accept a role: asked first, given on POST."""
    if request.method == "POST":
        person = actor_of_request(request).person
        assert person is not None
        actions.accept_invitation(word=word, person=person)
        return redirect("/my/")
    return render(request, "accounts/invitation.html", {"word": word})


@require_safe
def keys_help(request: HttpRequest) -> HttpResponse:
    """How to sign with ЭЦП when something does not work."""
    return render(request, "accounts/keys_help.html")
