"""Pages about what would change a category, and about a fact that the family says is wrong.

POST /my/applications/<application>/dispute/?fact=…&member=…: `dispute` (uuid made by the page), `words`,
`papers` (files, repeated, up to five).
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from demeu.contracts.scoring import Move
from demeu.contracts.vault import AssessedChange
from demeu.contracts.words import Role
from demeu.kernel.errors import Refusal, invalid
from demeu.kernel.ids import new_id
from demeu.portal.accounts.entrance import actor_of_request, for_roles, language
from demeu.portal.accounts.rules import Actor
from demeu.portal.cabinets import asking
from demeu.portal.cabinets.places import places
from demeu.portal.cases.actions import disputes
from demeu.portal.cases.fact_words import FACTS, fact_name, member_name
from demeu.portal.cases.models import Application, Dispute
from demeu.portal.cases.queries import disputes_of, own_application
from demeu.portal.ui.refusals import text_of

own = for_roles(Role.APPLICANT)
PAPER_BYTES_MAX = 10 * 1024 * 1024


def dispute_href(row: Application, fact: str, member: str) -> str:
    """Where a fact of an application is disputed."""
    return f"{reverse('cabinets:dispute', args=[row.id])}?{urlencode({'fact': fact, 'member': member})}"


def disputed(row: Application) -> dict[tuple[str, str], Dispute]:
    """The newest dispute of each fact, by fact and member."""
    return {(one.fact, one.member): one for one in reversed(disputes_of(row.id))}


@require_safe
@own
def changes(request: HttpRequest, application: UUID) -> HttpResponse:
    """Which single fact, were it another, would change the category; each may be disputed."""
    actor = actor_of_request(request)
    row = own_application(application, actor)
    found = asking.changes(actor, row, language())
    known = disputed(row)
    lines = [_line(row, change, known) for change in found.changes] if found else []
    shown = {
        "cabinet_items": places("applications"),
        "application": row,
        "found": found,
        "lines": [line for line in lines if line["moves"]],
        "fixed": [line for line in lines if not line["moves"]],
    }
    return render(request, "cabinets/changes.html", shown)


def _line(row: Application, change: AssessedChange, known: dict[tuple[str, str], Dispute]) -> dict[str, Any]:
    return {
        "fact": change.fact,
        "title": change.title[:1].upper() + change.title[1:],
        "member": member_name(change.member),
        "now": change.now,
        "moves": [_move(move) for move in change.moves],
        "href": dispute_href(row, change.fact, change.member),
        "dispute": known.get((change.fact, change.member)),
    }


def _move(move: Move) -> dict[str, Any]:
    return {"needed": move.needed, "category": move.category, "total": move.total, "more": move.support == "more"}


@require_http_methods(["GET", "HEAD", "POST"])
@own
def dispute(request: HttpRequest, application: UUID) -> HttpResponse:
    """Say that a fact is wrong, in one's own words; the curator reads them."""
    actor = actor_of_request(request)
    row = own_application(application, actor)
    fact, member, problem = request.GET.get("fact", ""), request.GET.get("member", ""), ""
    if fact not in FACTS or not disputes.MEMBER_LABEL.fullmatch(member):
        raise invalid("dispute.unknown_fact")
    if request.method == "POST":
        try:
            _dispute(request, row, fact, member, actor)
            messages.success(request, _("The curator sees your words. A person answers within five working days."))
            return redirect("cabinets:changes", application=row.id)
        except Refusal as refusal:
            problem = text_of(refusal)
    shown = {
        "application": row,
        "fact": fact_name(fact),
        "member": member_name(member),
        "known": disputed(row).get((fact, member)),
        "dispute": request.POST.get("dispute") or str(new_id()),
        "words": request.POST.get("words", ""),
        "problem": problem,
        "cabinet_items": places("applications"),
    }
    return render(request, "cabinets/dispute.html", shown, status=422 if problem else 200)


def _dispute(request: HttpRequest, row: Application, fact: str, member: str, actor: Actor) -> None:
    try:
        identifier = UUID(request.POST.get("dispute", ""))
    except ValueError:
        raise invalid("dispute.unknown_fact") from None
    words = request.POST.get("words", "").replace("\x00", "")
    papers = asking.keep_papers(actor, row, _papers(request))
    disputes.dispute_fact(
        dispute=identifier, application=row.id, fact=fact, member=member, words=words, by=actor.name, papers=papers
    )


def _papers(request: HttpRequest) -> list[tuple[str, bytes]]:
    """Uploaded evidence as (file name, content)."""
    files: list[UploadedFile[Any]] = [file for file in request.FILES.getlist("papers") if file.size]
    if len(files) > disputes.PAPERS_MAX or any((file.size or 0) > PAPER_BYTES_MAX for file in files):
        raise invalid("dispute.too_many_papers", most=disputes.PAPERS_MAX)
    return [(file.name or "paper", file.read()) for file in files]
