"""Pages of the rights over one's own data: all of it as JSON and as a PDF, and its erasure.

POST /my/data/erase/: `sure`=yes. Nothing of the data is kept here for longer than the request.
"""

import json
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from demeu.contracts import vault
from demeu.contracts.words import Purpose, Role
from demeu.kernel.calling import ask
from demeu.kernel.errors import Refusal, conflict, invalid
from demeu.portal.accounts.entrance import actor_of_request, for_roles, language
from demeu.portal.accounts.rules import STAFF, Actor
from demeu.portal.accounts.sessions import close_session
from demeu.portal.cabinets.places import places
from demeu.portal.cabinets.printing import printed
from demeu.portal.cases.queries import applications_of
from demeu.portal.cases.rules import ApplicationState, CaseState
from demeu.portal.giving.stopping import stop_monthly_gifts
from demeu.portal.records.actions import erase_openings
from demeu.portal.ui.refusals import text_of

EXPORT_S_MAX = 25
OVER = frozenset({ApplicationState.REFUSED, ApplicationState.WITHDRAWN})
CASE_OVER = frozenset({CaseState.COMPLETED, CaseState.WITHDRAWN, CaseState.EXPIRED})
own = for_roles(Role.APPLICANT)


@require_safe
@own
def my_data(request: HttpRequest) -> HttpResponse:
    """What can be done with all of one's data."""
    return _page(request, "")


@require_safe
@own
def export_json(request: HttpRequest) -> HttpResponse:
    """Everything, for programs."""
    return _file(_told(actor_of_request(request)).encode(), "application/json", "json")


@require_safe
@own
def export_pdf(request: HttpRequest) -> HttpResponse:
    """Everything, for people."""
    dossier: dict[str, Any] = json.loads(_told(actor_of_request(request)))
    return _file(printed(dossier, language()), "application/pdf", "pdf")


@require_POST
@own
def erase(request: HttpRequest) -> HttpResponse:
    """Erase everything that may be erased, and end the session."""
    actor = actor_of_request(request)
    assert actor.person is not None
    try:
        _require_erasable(actor, request.POST.get("sure", ""))
        stop_monthly_gifts(person=actor.person, actor=actor.name)
        body = vault.PersonErase(person=actor.person)
        ask("vault", vault.PERSON_ERASE, body, actor=actor.name, purpose=Purpose.OWN_DATA, deadline_s=EXPORT_S_MAX)
    except Refusal as refusal:
        return _page(request, text_of(refusal), refusal.status)
    for application in applications_of(actor.person):
        erase_openings(subject=f"application:{application.id}")
    close_session(request)
    messages.success(request, _("Your data are erased. What remains tells nothing of who you are."))
    return redirect("/")


def _require_erasable(actor: Actor, sure: str) -> None:
    """Refuses `erasure.not_sure`, `erasure.staff`, `erasure.open_application`."""
    assert actor.person is not None
    if sure != "yes":
        raise invalid("erasure.not_sure")
    if actor.roles & STAFF or actor.withheld:
        raise conflict("erasure.staff")
    for row in applications_of(actor.person):
        case = getattr(row, "case", None)
        open_case = case is not None and case.state not in CASE_OVER
        if (row.state == ApplicationState.APPROVED and open_case) or (
            row.state not in OVER and row.state != ApplicationState.APPROVED
        ):
            raise conflict("erasure.open_application")


def _told(actor: Actor) -> str:
    assert actor.person is not None
    question = vault.PersonQuestion(person=actor.person)
    told = ask(
        "vault", vault.DATA_EXPORT, question, actor=actor.name, purpose=Purpose.OWN_DATA, deadline_s=EXPORT_S_MAX
    )
    return told.json_text


def _file(content: bytes, media_type: str, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="my-data.{ending}"'
    response["Cache-Control"] = "no-store"
    return response


def _page(request: HttpRequest, problem: str, status: int = 200) -> HttpResponse:
    shown = {"cabinet_items": places("access"), "problem": problem}
    return render(request, "cabinets/my_data.html", shown, status=status)
