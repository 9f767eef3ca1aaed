"""A team's addresses for news: the list, a new one (its secret is shown this once), what was sent, sending anew."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from demeu.contracts.words import Role
from demeu.kernel.errors import Kind, Refusal, not_found
from demeu.portal.accounts.desks import desk_items, desk_name
from demeu.portal.accounts.entrance import for_roles
from demeu.portal.partners.teams import PEOPLE, Team, team_of
from demeu.portal.ui.refusals import text_of
from demeu.portal.webhooks import actions
from demeu.portal.webhooks.forms import EndpointForm
from demeu.portal.webhooks.queries import deliveries_of, endpoint_of, endpoints_of
from demeu.portal.webhooks.rules import OFFERED
from demeu.portal.webhooks.wording import DELIVERY_STATES, ENDPOINT_STATES, KINDS, OUTCOMES, WORLDS

DESK = "partners:keys"
MISTAKES = (Kind.INVALID, Kind.CONFLICT)
DELIVERIES_A_PAGE = 20
STATES = {"on": "on", "off": "off", "remove": "removed"}
ADMINISTRATORS = (Role.COMPANY_ADMIN, Role.NGO_ADMIN)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*PEOPLE)
def endpoints(request: HttpRequest) -> HttpResponse:
    """`/partner/webhooks/`; POST adds an address. The answer that shows its secret is kept by nobody."""
    team = team_of(request)
    if request.method != "POST":
        return _page(request, team)
    form = EndpointForm(request.POST)
    if not form.is_valid():
        return _page(request, team, form=form, status=422)
    given = form.cleaned_data
    try:
        row, secret = actions.make_endpoint(
            team=team.id,
            organization=team.name,
            url=given["url"],
            kinds=given["kinds"],
            test=given["world"] == "test",
            actor=team.actor,
        )
    except Refusal as refusal:
        if refusal.kind not in MISTAKES:
            raise
        form.add_error("url" if refusal.code == "webhook.url" else None, text_of(refusal))
        return _page(request, team, form=form, status=refusal.status)
    return _page(request, team, made=row, secret=secret, status=201)


@require_safe
@for_roles(*PEOPLE)
def endpoint(request: HttpRequest, endpoint: UUID) -> HttpResponse:
    """`/partner/webhooks/<id>/`: what was sent, with each attempt."""
    return _one(request, team_of(request), endpoint)


@require_POST
@for_roles(*ADMINISTRATORS)
def secret(request: HttpRequest, endpoint: UUID) -> HttpResponse:
    """`/partner/webhooks/<id>/secret/`: another secret, shown this once."""
    team = team_of(request)
    word = actions.new_endpoint_secret(endpoint=endpoint, team=team.id, actor=team.actor)
    return _one(request, team, endpoint, secret=word)


@require_POST
@for_roles(*ADMINISTRATORS)
def state(request: HttpRequest, endpoint: UUID) -> HttpResponse:
    """`/partner/webhooks/<id>/state/`: field `to` (on, off, remove)."""
    team, to = team_of(request), STATES.get(request.POST.get("to", ""))
    if to is None:
        raise not_found("page.unknown")
    actions.set_endpoint_state(endpoint=endpoint, team=team.id, state=to, actor=team.actor)
    return redirect("webhooks:endpoints") if to == "removed" else redirect("webhooks:endpoint", endpoint=endpoint)


@require_POST
@for_roles(*ADMINISTRATORS)
def trial(request: HttpRequest, endpoint: UUID) -> HttpResponse:
    """`/partner/webhooks/<id>/trial/`: send a message that says it is a trial."""
    team = team_of(request)
    actions.send_test(endpoint=endpoint, team=team.id, actor=team.actor)
    messages.success(request, _("The trial message is on its way. Open this page again in a moment."))
    return redirect("webhooks:endpoint", endpoint=endpoint)


@require_POST
@for_roles(*ADMINISTRATORS)
def again(request: HttpRequest, endpoint: UUID, delivery: UUID) -> HttpResponse:
    """`/partner/webhooks/<id>/<delivery>/again/`: the same message under the same id once more."""
    team = team_of(request)
    actions.send_again(delivery=delivery, team=team.id, actor=team.actor)
    messages.success(request, _("It is being sent again under the same id."))
    return redirect("webhooks:endpoint", endpoint=endpoint)


def _page(
    request: HttpRequest,
    team: Team,
    *,
    form: EndpointForm | None = None,
    made: Any = None,
    secret: str = "",
    status: int = 200,
) -> HttpResponse:
    shown = {
        "rows": [{"endpoint": row, "state": ENDPOINT_STATES[row.state]} for row in endpoints_of(team.id)],
        "form": form,
        "fields": form or EndpointForm(),
        "kinds": [(str(kind), KINDS[kind], "") for kind in OFFERED],
        "worlds": [(name, *texts) for name, texts in WORLDS.items()],
        "made": made,
        "secret": secret,
    }
    return _private(request, team, "webhooks/endpoints.html", shown, status)


def _one(request: HttpRequest, team: Team, identifier: UUID, *, secret: str = "") -> HttpResponse:
    row = endpoint_of(identifier, team.id)
    page = Paginator(deliveries_of(row.id), DELIVERIES_A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "row": row,
        "secret": secret,
        "state": ENDPOINT_STATES[row.state],
        "kinds": [KINDS[kind] for kind in row.kinds],
        "page": page,
        "deliveries": [_delivery(one) for one in page],
    }
    return _private(request, team, "webhooks/endpoint.html", shown, 200)


def _delivery(row: Any) -> dict[str, Any]:
    attempts = sorted(row.attempts.all(), key=lambda one: one.at)
    return {
        "row": row,
        "kind": KINDS[row.message.kind],
        "state": DELIVERY_STATES[row.state],
        "attempts": [{"attempt": one, "words": OUTCOMES[one.outcome]} for one in attempts],
    }


def _private(request: HttpRequest, team: Team, name: str, shown: dict[str, Any], status: int) -> HttpResponse:
    desk = {"team": team, "desk_items": desk_items(team.actor, DESK), "desk_name": desk_name(team.actor)}
    response = render(request, name, {**shown, **desk}, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
