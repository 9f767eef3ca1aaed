"""The pedagogue's desk: own checks, a new one, one check with its consent and category, its printout."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from demeu.contracts.words import Role
from demeu.kernel.errors import Kind, Refusal, conflict
from demeu.kernel.ids import new_id
from demeu.portal.accounts.desks import desk_items, desk_name
from demeu.portal.accounts.entrance import actor_of_request, for_roles, language
from demeu.portal.accounts.queries import workplace_of
from demeu.portal.accounts.rules import Actor
from demeu.portal.school_checks import actions, asking, queries
from demeu.portal.school_checks.forms import RequestForm
from demeu.portal.school_checks.models import SchoolCheck
from demeu.portal.school_checks.rules import CheckState, total_of
from demeu.portal.school_checks.showing import check_rows, quarter_name, reason_rows, state_rows
from demeu.portal.school_checks.wording import STATES, VAULT_FAULTS
from demeu.portal.ui.refusals import text_of

DESK = "school_checks:desk"
pedagogue = for_roles(Role.SCHOOL_PEDAGOGUE)


def frame(actor: Actor, now: UUID | None = None) -> dict[str, Any]:
    """What every page of this desk shows: whose desk, which school, the queue of own checks."""
    assert actor.person is not None
    return {
        "desk_items": desk_items(actor, DESK),
        "desk_name": desk_name(actor),
        "place": workplace_of(actor.person, Role.SCHOOL_PEDAGOGUE),
        "rows": check_rows(queries.own_checks(actor), now),
    }


@require_http_methods(["GET", "HEAD", "POST"])
@pedagogue
def desk(request: HttpRequest) -> HttpResponse:
    """`/desk/school-checks/`: progress, the school's own figures, and a new check on POST."""
    actor = actor_of_request(request)
    form = RequestForm(request.POST) if request.method == "POST" else RequestForm(initial={"check": new_id()})
    if request.method == "POST" and form.is_valid():
        try:
            check = form.cleaned_data["check"]
            row = actions.open_check(check=check, request=form.request(), lang=language(), actor=actor)
            return redirect("school_checks:check", check=row.id)
        except Refusal as refusal:
            form.add_error("number" if refusal.code == "school_check.number_taken" else None, text_of(refusal))
    framed = frame(actor)
    quarters = queries.quarters()
    own = [(quarter_name(one), one.code, total_of(queries.figures(one, framed["place"]))) for one in quarters[:4]]
    shown = {**framed, "form": form, "states": state_rows(queries.states_of(actor)), "own": own}
    return render(request, "school_checks/desk.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@pedagogue
def check(request: HttpRequest, check: UUID) -> HttpResponse:
    """`/desk/school-checks/<check>/`: ask the parent, take the answer, see the category."""
    actor = actor_of_request(request)
    row = queries.own_check(check, actor)
    problem, status, sent = "", 200, None
    if request.method == "POST":
        try:
            sent = _step(request, actor, row)
            if sent is None:
                return redirect("school_checks:check", check=row.id)
        except Refusal as refusal:
            problem, status = text_of(refusal), refusal.status
            sent = _code_shown(request)
    shown = {**frame(actor, row.id), **_found(actor, row), "problem": problem, "sent": sent}
    return render(request, "school_checks/check.html", shown, status=status)


def _step(request: HttpRequest, actor: Actor, row: SchoolCheck) -> dict[str, Any] | None:
    """Do what the button says; the code that was sent, to be typed on the same page, or None when it is done."""
    do = request.POST.get("do", "")
    if row.state != CheckState.ASKED or do not in ("send_code", "confirm", "refuse"):
        raise conflict("school_check.unknown_step")
    if do == "send_code":
        code = asking.send_code(actor, row)
        return {"code": code.code, "masked_phone": code.masked_phone}
    if do == "confirm":
        asking.grant(actor, row, _uuid(request.POST.get("code", "")), request.POST.get("digits", ""))
        _take_answer(row, "granted")
        messages.success(request, _("The parent has agreed. The registries are asked now; it takes some minutes."))
    else:
        asking.refuse(actor, row)
        _take_answer(row, "refused")
        messages.info(request, _("The parent said no. Nothing was asked of any registry."))
    return None


def _take_answer(row: SchoolCheck, state: str) -> None:
    """What vault will also announce: taken at once, so that the page does not ask again meanwhile."""
    if row.consent is not None:
        actions.note_consent(check=row.id, consent=row.consent, state=state)


def _code_shown(request: HttpRequest) -> dict[str, Any] | None:
    """After a wrong code the same code may be tried again."""
    if request.POST.get("do") != "confirm":
        return None
    return {"code": request.POST.get("code", ""), "masked_phone": ""}


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise conflict("school_check.unknown_step") from None


def _found(actor: Actor, row: SchoolCheck) -> dict[str, Any]:
    """Where the check stands, and the category read from vault this very moment; never from our own table."""
    found: dict[str, Any] = {"check": row, "state": STATES[row.state], "reasons": [], "away": ""}
    found["fault"] = VAULT_FAULTS.get(row.reason, "")
    if row.state != CheckState.ASSESSED:
        return found
    try:
        assessed = asking.verdict(actor, row, language())
    except Refusal as refusal:
        if refusal.kind not in (Kind.UNAVAILABLE, Kind.FORBIDDEN):
            raise
        return {**found, "away": text_of(refusal)}
    if assessed is not None:
        found |= {
            "assessed": assessed,
            "verdict": assessed.verdict,
            "reasons": reason_rows(assessed.verdict),
            "made_at": assessed.made_at,
        }
    return found


@require_safe
@pedagogue
def printout(request: HttpRequest, check: UUID) -> HttpResponse:
    """`/desk/school-checks/<check>/print/`: one sheet for the school's file; only while the consent holds."""
    actor = actor_of_request(request)
    row = queries.own_check(check, actor)
    found = _found(actor, row)
    if "verdict" not in found:
        return redirect("school_checks:check", check=row.id)
    return render(request, "school_checks/print.html", {**frame(actor, row.id), **found})
