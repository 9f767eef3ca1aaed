"""Desks around the registry: the fund looks at papers, an NGO reports, volunteers look again.

POST fields: `do` paper|check, then `PaperForm` or `CheckForm`; `period` with
`ReportForm`; `case` with `findings`.
"""

import base64
import hashlib
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from demeu.contracts import vault
from demeu.contracts.words import Purpose, Role
from demeu.kernel.calling import ask
from demeu.kernel.errors import Refusal
from demeu.portal.accounts.entrance import actor_of_request, for_roles
from demeu.portal.accounts.rules import Actor
from demeu.portal.organizations import actions, queries, wording
from demeu.portal.organizations.forms import CheckForm, PaperForm, ReportForm
from demeu.portal.organizations.models import Organization
from demeu.portal.organizations.views import papers, shown
from demeu.portal.ui.refusals import text_of
from demeu.portal.verification.desk import frame

FILE_S_MAX = 20


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        return UUID(int=0)


@require_safe
@for_roles(Role.FUND_STAFF)
def desk(request: HttpRequest) -> HttpResponse:
    """`/desk/organizations/`"""
    actor = actor_of_request(request)
    rows = [shown(row) for row in queries.registry()]
    return render(request, "organizations/desk.html", {"rows": rows, **frame(actor, "organizations:desk")})


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.FUND_STAFF)
def look(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """`/desk/organizations/<id>/`"""
    actor, row = actor_of_request(request), queries.organization(identifier)
    do = request.POST.get("do", "")
    paper = PaperForm(request.POST, request.FILES) if do == "paper" else PaperForm()
    check = CheckForm(request.POST) if do == "check" else CheckForm()
    form = {"paper": paper, "check": check}.get(do)
    problem = ""
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            _do(do, row, form, request, actor)
            messages.success(request, _("Kept."))
            return redirect("organizations:look", identifier)
        except Refusal as refusal:
            problem = text_of(refusal)
    facts = shown(queries.standing(row)) | {
        "papers": papers(row),
        "paper_form": paper,
        "check_form": check,
        "problem": problem,
        **frame(actor, "organizations:desk"),
    }
    return render(request, "organizations/look.html", facts, status=422 if problem or (form and form.errors) else 200)


def _do(do: str, row: Organization, form: Any, request: HttpRequest, actor: Actor) -> None:
    if do == "paper":
        kept = _keep_file(row, form.cleaned_data["file"], actor)
        given = {name: form.cleaned_data[name] for name in ("kind", "valid_until")}
        actions.add_paper(organization=row.id, document=kept.document, sha256=kept.sha256, actor=actor, **given)
    elif do == "check":
        actions.set_checked_until(organization=row.id, until=form.cleaned_data["until"], actor=actor)


def _keep_file(row: Organization, file: Any, actor: Actor) -> vault.DocumentKept:
    content = file.read()
    subject = f"organization:{row.id}"
    body = vault.FilePut(
        subject=subject,
        kind="organization_paper",
        file_name=file.name[:200],
        content_b64=base64.b64encode(content).decode(),
    )
    key = f"paper-{hashlib.sha256(subject.encode() + content).hexdigest()[:40]}"
    return ask(
        "vault",
        vault.FILE_PUT,
        body,
        actor=actor.name,
        purpose=Purpose.ADMINISTRATION,
        idempotency_key=key,
        deadline_s=FILE_S_MAX,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.NGO_ADMIN)
def reports(request: HttpRequest) -> HttpResponse:
    """`/desk/quarters/`: what one's own organization owes; `period` names the report that is filed."""
    actor = actor_of_request(request)
    row = queries.own_organization(actor)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            told = {name: form.cleaned_data[name] for name in ("families", "visits", "words")}
            spent_tiyn = form.cleaned_data["spent_tenge"] * 100
            actions.file_report(period=request.POST.get("period", ""), spent_tiyn=spent_tiyn, actor=actor, **told)
            messages.success(request, _("The report is filed and public."))
            return redirect("organizations:reports")
        except Refusal as refusal:
            form.add_error(None, text_of(refusal))
    facts = shown(queries.standing(row)) | {
        "form": form,
        "waiting": row.reports.filter(filed_at__isnull=True).order_by("due_on"),
        "filed": row.reports.filter(filed_at__isnull=False).order_by("-due_on"),
        **frame(actor, "organizations:reports"),
    }
    return render(request, "organizations/reports.html", facts, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.VOLUNTEER)
def second_visits(request: HttpRequest) -> HttpResponse:
    """`/desk/second-visits/`: families drawn by lot; the first findings are not shown."""
    actor, problem = actor_of_request(request), ""
    if request.method == "POST":
        try:
            case = _uuid(request.POST.get("case", ""))
            actions.answer_second_visit(case=case, findings=request.POST.getlist("findings"), actor=actor)
            messages.success(request, _("Thank you. The second visit is kept."))
            return redirect("organizations:second-visits")
        except Refusal as refusal:
            problem = text_of(refusal)
    facts = {
        "rows": queries.second_visits_for(actor),
        "findings": list(wording.FINDINGS.items()),
        "problem": problem,
        **frame(actor, "organizations:second-visits"),
    }
    return render(request, "organizations/second_visits.html", facts, status=422 if problem else 200)
