"""Signing in by a provider of OpenID Connect (Digital ID): sends the browser there and takes what it brings back.

Holds no token and believes nothing of the query: vault does the flow. Such a sign-in never opens work in office.
"""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from demeu.contracts import vault
from demeu.contracts.words import Purpose
from demeu.kernel.calling import ask
from demeu.kernel.errors import Refusal
from demeu.portal.accounts import actions, sessions
from demeu.portal.accounts.entrance import language
from demeu.portal.ui.refusals import text_of

NEXT = "next"


def offered() -> tuple[vault.OfferedProvider, ...]:
    """The providers to show on the page of signing in; none when vault does not say."""
    try:
        question = vault.ProvidersQuestion()
        return ask("vault", vault.IDENTITY_PROVIDERS, question, actor="guest", purpose=Purpose.SIGN_IN).providers
    except Refusal:
        return ()


@never_cache
@require_GET
def go(request: HttpRequest, name: str) -> HttpResponse:
    """To the provider's page."""
    request.session[NEXT] = sessions.safe_next(request)
    body = vault.OidcBegin(
        provider=name, session=sessions.binding(request), redirect_uri=_way_back(request, name), lang=language()
    )
    try:
        begun = ask("vault", vault.OIDC_BEGIN, body, actor="guest", purpose=Purpose.SIGN_IN)
    except Refusal as refusal:
        return _refused(request, refusal)
    return redirect(begun.address)


@never_cache
@require_GET
def back(request: HttpRequest, name: str) -> HttpResponse:
    """From the provider's page: signed in, or told why not."""
    query = request.GET
    body = vault.OidcComplete(
        provider=name,
        session=sessions.binding(request),
        state=query.get("state", "")[:200],
        code=query.get("code", "")[:4000],
        issuer=query.get("iss", "")[:300],
        error=query.get("error", "")[:200],
    )
    try:
        found = ask("vault", vault.OIDC_COMPLETE, body, actor="guest", purpose=Purpose.SIGN_IN)
    except Refusal as refusal:
        return _refused(request, refusal)
    return _opened(request, found.person)


def _opened(request: HttpRequest, person: UUID) -> HttpResponse:
    wanted = str(request.session.pop(NEXT, ""))
    sessions.open_session(request, person, office=False)
    actions.note_sign_in(person=person)
    return redirect(wanted or "/my/")


def _way_back(request: HttpRequest, name: str) -> str:
    return f"{sessions.origin(request)}{reverse('accounts:provider-back', args=[name])}"


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return render(request, "accounts/provider_refused.html", {"problem": text_of(refusal)}, status=403)
