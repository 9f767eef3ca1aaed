"""Letters about a case: a question to its curator, where a report of a problem stands, and the desks that answer both.

POST /cases/<number>/ask/: `question` (id), `words`. POST /cases/<number>/report/<id>/: `do` (closed, appeal).
POST /desk/questions/<id>/: `asked`, `answer`, `do` (answer, aside). POST /desk/reports/<id>/: `do` (take, answer),
`answer`, `upheld`.
"""

import base64
from collections.abc import Callable
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
from demeu.kernel.errors import Kind, Refusal, not_found
from demeu.kernel.ids import new_id
from demeu.portal.accounts.desks import desk_items, desk_name
from demeu.portal.accounts.entrance import actor_of_request, for_roles, language
from demeu.portal.accounts.rules import Actor
from demeu.portal.cases.queries import cases_by_id, public_case
from demeu.portal.catalogue import letters, queries, wording
from demeu.portal.catalogue.cards import words_in
from demeu.portal.catalogue.forms import QuestionForm
from demeu.portal.ui.refusals import text_of

QUESTIONS, REPORTS = "catalogue:questions", "catalogue:reports"


@require_http_methods(["GET", "HEAD", "POST"])
def ask_curator(request: HttpRequest, number: str) -> HttpResponse:
    """`/cases/<number>/ask/`: what was typed stays when something is wrong with it."""
    row = public_case(number)
    form = QuestionForm(request.POST or None, initial={"question": new_id()})
    if request.method == "POST" and form.is_valid():
        try:
            letters.ask_curator(
                question=form.cleaned_data["question"],
                case=row.id,
                words=form.cleaned_data["words"],
                lang=language(),
                by=actor_of_request(request).name,
            )
            messages.success(request, _("Thank you. The curator answers on this page within 5 days."))
            return redirect("catalogue:case", number=number)
        except Refusal as refusal:
            form.add_error(None, text_of(refusal))
    shown = {"case": row, "form": form, "title": words_in(row, "title")}
    return render(request, "catalogue/ask.html", shown, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def report_state(request: HttpRequest, number: str, complaint: UUID) -> HttpResponse:
    """`/cases/<number>/report/<id>/`: where a report stands, from a bookmark too; shows nothing of what was written."""
    row = queries.complaint(complaint)
    case = cases_by_id([row.case]).get(row.case)
    if request.method == "POST":
        appeal = request.POST.get("do") == "appeal"
        letters.end_complaint(complaint=complaint, appeal=appeal, by=actor_of_request(request).name)
        return redirect("catalogue:report-state", number=number, complaint=complaint)
    shown = {
        "report": row,
        "case": case,
        "number": number,
        "state": wording.COMPLAINT_STATES[row.state],
        "what": wording.COMPLAINTS.get(row.code, ""),
        "address": request.build_absolute_uri(),
    }
    response = render(request, "catalogue/report_state.html", shown)
    response["Cache-Control"], response["Referrer-Policy"] = "private, no-store", "no-referrer"
    response["X-Robots-Tag"] = "noindex"
    return response


@require_safe
@for_roles(Role.CURATOR)
def questions(request: HttpRequest) -> HttpResponse:
    """`/desk/questions/`: questions of one's regions, those due first."""
    return render(request, "catalogue/letters_desk.html", _questions_frame(actor_of_request(request)))


def _questions_frame(actor: Actor) -> dict[str, Any]:
    rows = [
        {"letter": row, "case": case, "href": "catalogue:question"}
        for row, case in queries.open_questions()
        if actor.sees_region(Role.CURATOR, case.region_kato)
    ]
    heading = {"heading": _("Questions to curators"), "empty": _("Nobody asks anything now.")}
    return {**heading, "rows": rows, "desk_items": desk_items(actor, QUESTIONS), "desk_name": desk_name(actor)}


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.CURATOR)
def question(request: HttpRequest, letter: UUID) -> HttpResponse:
    """One question with its words, read from vault for this page only."""
    actor, row = actor_of_request(request), queries.question(letter)
    typed = {name: request.POST.get(name, "") for name in ("asked", "answer")}

    def act() -> None:
        if request.POST.get("do") == "aside":
            letters.put_aside(question=letter, actor=actor)
        else:
            letters.answer_question(question=letter, **typed, actor=actor)

    problem = _tried(act) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        messages.success(request, _("Done. The case’s page shows it."))
        return redirect(QUESTIONS)
    shown = {
        **_questions_frame(actor),
        "letter": row,
        "words": _words(actor, row.document),
        "problem": problem,
        **typed,
    }
    return render(request, "catalogue/question.html", shown, status=422 if problem else 200)


@require_safe
@for_roles(Role.FUND_STAFF)
def reports(request: HttpRequest) -> HttpResponse:
    """`/desk/reports/`: reports of problems that wait, those due first."""
    return render(request, "catalogue/letters_desk.html", _reports_frame(actor_of_request(request)))


def _reports_frame(actor: Actor) -> dict[str, Any]:
    rows = [{"letter": row, "case": case, "href": "catalogue:report-desk"} for row, case in queries.open_complaints()]
    heading = {"heading": _("Reports of problems"), "empty": _("Nobody reports anything now.")}
    return {**heading, "rows": rows, "desk_items": desk_items(actor, REPORTS), "desk_name": desk_name(actor)}


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.FUND_STAFF)
def report_desk(request: HttpRequest, letter: UUID) -> HttpResponse:
    """One report: take it, then answer it."""
    actor, row = actor_of_request(request), queries.complaint(letter)
    answer = request.POST.get("answer", "")

    def act() -> None:
        if request.POST.get("do") == "take":
            letters.take_complaint(complaint=letter, actor=actor)
        else:
            upheld = request.POST.get("upheld") == "on"
            letters.answer_complaint(complaint=letter, answer=answer, upheld=upheld, actor=actor)

    problem = _tried(act) if request.method == "POST" else ""
    if request.method == "POST" and not problem:
        return redirect("catalogue:report-desk", letter=letter)
    shown = {
        **_reports_frame(actor),
        "letter": row,
        "state": wording.COMPLAINT_STATES[row.state],
        "what": wording.COMPLAINTS.get(row.code, ""),
        "mine": row.assigned_to == actor.name and row.state == "assigned",
        "free": row.state in ("received", "appealed"),
        "words": _words(actor, row.document),
        "problem": problem,
        "answer": answer,
    }
    return render(request, "catalogue/report_desk.html", shown, status=422 if problem else 200)


def _tried(act: Callable[[], None]) -> str:
    """Why it was not done, in words; empty when it was."""
    try:
        act()
    except letters.AnswerRefused as refused:
        kinds = sorted({str(wording.FINDINGS.get(found.kind, found.kind)) for found in refused.found})
        return _("This would be public and names somebody: %(what)s.") % {"what": ", ".join(kinds)}
    except Refusal as refusal:
        if refusal.kind in (Kind.UNAVAILABLE, Kind.NOT_FOUND):
            raise
        return text_of(refusal)
    return ""


def _words(actor: Actor, document: UUID | None) -> str:
    """What was written; empty while vault has not got it yet or rests."""
    if document is None:
        return ""
    body = vault.DocumentQuestion(document=document)
    try:
        kept = ask("vault", vault.DOCUMENT_GET, body, actor=actor.name, purpose=Purpose.CASE_REVIEW)
    except Refusal as refusal:
        if refusal.kind not in (Kind.UNAVAILABLE, Kind.NOT_FOUND):
            raise
        return ""
    if kept.kind not in ("complaint", "question"):
        raise not_found("letter.unknown")
    return base64.b64decode(kept.content_b64).decode(errors="replace")
