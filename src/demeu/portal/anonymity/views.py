"""What waits for a second person, and that person's word. POST /desk/overrides/<override>/: `do`=agree or decline."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from demeu.contracts.words import Role
from demeu.kernel.errors import Refusal
from demeu.portal.accounts.entrance import actor_of_request, for_roles
from demeu.portal.accounts.rules import Actor
from demeu.portal.anonymity import actions, queries
from demeu.portal.cases.queries import case as case_by_id
from demeu.portal.ui.refusals import text_of
from demeu.portal.verification.desk import frame

DESK = "catalogue:publish-queue"


@require_safe
@for_roles(Role.CURATOR)
def waiting(request: HttpRequest) -> HttpResponse:
    """`/desk/overrides/`: proposals of the curator's regions."""
    actor = actor_of_request(request)
    rows = [{"override": row, "case": case_by_id(row.case)} for row in queries.waiting_overrides()]
    mine = [row for row in rows if _is_mine(actor, row["case"])]
    return render(request, "anonymity/waiting.html", {"proposals": mine, **frame(actor, DESK)})


def _is_mine(actor: Actor, case: object) -> bool:
    application = getattr(case, "application", None)
    return application is not None and actor.sees_region(Role.CURATOR, application.region_kato)


@require_POST
@for_roles(Role.CURATOR)
def decide(request: HttpRequest, override: UUID) -> HttpResponse:
    """The second person agrees or declines, and is led to the case."""
    actor, agree = actor_of_request(request), request.POST.get("do") == "agree"
    try:
        row = actions.decide_override(override=override, agree=agree, actor=actor)
    except Refusal as refusal:
        messages.error(request, text_of(refusal))
        return redirect("anonymity:waiting")
    messages.success(request, _("Agreed. The case can be shown as asked.") if agree else _("Declined."))
    return redirect("catalogue:publish", case=row.case)
