"""What the state's own service of access control remembers: who was let read which registry about me."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from demeu.contracts.words import Role
from demeu.portal.accounts.entrance import actor_of_request, for_roles
from demeu.portal.cabinets import asking
from demeu.portal.cabinets.places import places


@require_safe
@for_roles(Role.APPLICANT)
def state_log(request: HttpRequest) -> HttpResponse:
    """`/my/access/state/`: accesses of the last ninety days, the newest first; says when the service is silent."""
    found = asking.registry_log(actor_of_request(request))
    lines = sorted(found.lines, key=lambda line: line.at, reverse=True) if found else []
    shown = {"cabinet_items": places("access"), "silent": found is None, "lines": lines}
    return render(request, "cabinets/state_log.html", shown)
