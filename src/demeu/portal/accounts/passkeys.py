"""Passkeys of staff: the second step of signing in, and a person's own list of them. Vault judges every answer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from demeu.contracts import vault
from demeu.contracts.words import Purpose, Role
from demeu.kernel.calling import ask
from demeu.kernel.errors import Refusal, forbidden, invalid
from demeu.portal.accounts import sessions
from demeu.portal.accounts.entrance import actor_of_request, for_roles
from demeu.portal.ui.refusals import text_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.APPLICANT)
def second_step(request: HttpRequest) -> HttpResponse:
    """Show a passkey; with it the desks of staff open in this session."""
    wanted, problem = sessions.safe_next(request), ""
    if request.method == "POST":
        try:
            _complete(request, use=True)
            sessions.open_office(request)
            return redirect(wanted or "/my/")
        except Refusal as refusal:
            problem = text_of(refusal)
    try:
        begun = _begin(request, use=True)
    except Refusal as refusal:
        if refusal.code == "passkey.none":
            return redirect("accounts:passkeys")
        raise
    shown = {"begun": begun, "next": wanted, "problem": problem}
    return render(request, "accounts/passkey.html", shown, status=403 if problem else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.APPLICANT)
def mine(request: HttpRequest) -> HttpResponse:
    """A person's passkeys: add one, remove one. The first one made opens the office that waited for it."""
    problem = ""
    if request.method == "POST":
        try:
            _change(request)
            return redirect("accounts:passkeys")
        except Refusal as refusal:
            problem = text_of(refusal)
    actor = actor_of_request(request)
    question = vault.PasskeysQuestion(person=_person(request))
    listed = ask("vault", vault.PASSKEY_LIST, question, actor=actor.name, purpose=Purpose.OWN_DATA).passkeys
    may_change = sessions.passkey_shown(request) if listed else _key_is_good(request)
    begun = _begin(request, use=False) if may_change else None
    shown = {"begun": begun, "passkeys": listed, "problem": problem}
    return render(request, "accounts/passkeys.html", shown, status=403 if problem else 200)


def _change(request: HttpRequest) -> None:
    """Add or remove; whoever has a passkey must have shown it in this session first."""
    actor = actor_of_request(request)
    question = vault.PasskeysQuestion(person=_person(request))
    has_any = bool(ask("vault", vault.PASSKEY_LIST, question, actor=actor.name, purpose=Purpose.OWN_DATA).passkeys)
    if has_any and not sessions.passkey_shown(request):
        raise invalid("passkey.show_first")
    if not has_any and not _key_is_good(request):
        raise forbidden("passkey.key_first")
    if "remove" in request.POST:
        body = vault.PasskeyRemove(person=_person(request), passkey=_uuid(request, "remove"))
        ask("vault", vault.PASSKEY_REMOVE, body, actor=actor.name, purpose=Purpose.OWN_DATA)
        return
    _complete(request, use=False)
    if sessions.passkey_waits(request):
        sessions.open_office(request)
    sessions.note_passkey(request)


def _key_is_good(request: HttpRequest) -> bool:
    return sessions.in_office(request) or sessions.passkey_waits(request)


def _begin(request: HttpRequest, *, use: bool) -> vault.PasskeyBegun:
    body = vault.PasskeyBegin(
        person=_person(request), session=sessions.binding(request), origin=sessions.origin(request), use=use
    )
    return ask("vault", vault.PASSKEY_BEGIN, body, actor=actor_of_request(request).name, purpose=Purpose.SIGN_IN)


def _complete(request: HttpRequest, *, use: bool) -> None:
    body = vault.PasskeyComplete(
        attempt=_uuid(request, "attempt"),
        person=_person(request),
        session=sessions.binding(request),
        answer=request.POST.get("answer", "")[:20_000],
        label=request.POST.get("label", "").strip()[:60],
        use=use,
    )
    ask("vault", vault.PASSKEY_COMPLETE, body, actor=actor_of_request(request).name, purpose=Purpose.SIGN_IN)


def _person(request: HttpRequest) -> UUID:
    person = actor_of_request(request).person
    assert person is not None
    return person


def _uuid(request: HttpRequest, name: str) -> UUID:
    try:
        return UUID(request.POST.get(name, ""))
    except ValueError:
        raise invalid("identity.unknown_attempt") from None
