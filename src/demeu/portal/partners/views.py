"""A team's keys: the list, a new one (its word is shown this once), revoking."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from demeu.contracts.words import Role
from demeu.kernel.errors import Kind, Refusal
from demeu.portal.accounts.desks import desk_items, desk_name
from demeu.portal.accounts.entrance import for_roles
from demeu.portal.partners import actions
from demeu.portal.partners.forms import KeyForm
from demeu.portal.partners.queries import keys_of
from demeu.portal.partners.teams import PEOPLE, Team, team_of
from demeu.portal.partners.wording import KINDS, SCOPES
from demeu.portal.ui.refusals import text_of

DESK = "partners:keys"
MISTAKES = (Kind.INVALID, Kind.CONFLICT)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*PEOPLE)
def keys(request: HttpRequest) -> HttpResponse:
    """`/partner/keys/`; POST makes a key. The answer that shows its word is kept by nobody."""
    team = team_of(request)
    if request.method != "POST":
        return _page(request, team)
    form = KeyForm(request.POST)
    if not form.is_valid():
        return _page(request, team, form=form, status=422)
    given = form.cleaned_data
    try:
        row, word = actions.make_key(
            team=team.id,
            organization=team.name,
            kind=given["kind"],
            scopes=given["scopes"],
            label=given["label"],
            actor=team.actor,
        )
    except Refusal as refusal:
        if refusal.kind not in MISTAKES:
            raise
        form.add_error("scopes" if refusal.code == "key.scope" else None, text_of(refusal))
        return _page(request, team, form=form, status=refusal.status)
    return _page(request, team, made=row, word=word, status=201)


@require_POST
@for_roles(Role.COMPANY_ADMIN, Role.NGO_ADMIN)
def revoke(request: HttpRequest, key: UUID) -> HttpResponse:
    """`/partner/keys/<id>/revoke/`"""
    team = team_of(request)
    actions.revoke_key(key=key, team=team.id, actor=team.actor)
    messages.success(request, _("The key is revoked: it opens nothing any more."))
    return redirect("partners:keys")


def _page(
    request: HttpRequest,
    team: Team,
    *,
    form: KeyForm | None = None,
    made: Any = None,
    word: str = "",
    status: int = 200,
) -> HttpResponse:
    shown = {
        "team": team,
        "rows": [
            {"key": row, "kind": KINDS[row.kind][0], "opens": [SCOPES[scope] for scope in row.scopes]}
            for row in keys_of(team.id)
        ],
        "form": form,
        "fields": form or KeyForm(),
        "kinds": [(kind, *KINDS[kind]) for kind in KINDS],
        "scopes": [(scope, label, "") for scope, label in SCOPES.items()],
        "made": made,
        "word": word,
        "desk_items": desk_items(team.actor, DESK),
        "desk_name": desk_name(team.actor),
    }
    response = render(request, "partners/keys.html", shown, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
