"""Objecting in one tap, reading the answer, and the desk of those who answer.

POST /my/access/object/: `look`. POST /desk/objections/<objection>/: `words`.
"""

import base64
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from demeu.contracts import vault
from demeu.contracts.words import Purpose, Role
from demeu.kernel.calling import ask
from demeu.kernel.errors import Refusal, not_found
from demeu.portal.accounts.desks import cabinet_items, desk_items, desk_name
from demeu.portal.accounts.entrance import actor_of_request, for_roles
from demeu.portal.accounts.rules import Actor
from demeu.portal.objections import actions, queries
from demeu.portal.objections.models import Objection
from demeu.portal.objections.wording import look_in_words
from demeu.portal.ui.refusals import text_of

DESK = "objections:desk"
ANSWER = "objection.answer"


@require_POST
@for_roles(Role.APPLICANT)
def make(request: HttpRequest) -> HttpResponse:
    """One tap: this look should not have been."""
    actor = actor_of_request(request)
    assert actor.person is not None
    look = request.POST.get("look", "")
    if not look.isascii() or not look.isdigit() or len(look) > 18:
        raise not_found("objection.unknown_look")
    question = vault.TrailQuestion(person=actor.person, before=int(look) + 1)
    trail = ask("vault", vault.ACCESS_TRAIL, question, actor=actor.name, purpose=Purpose.OWN_DATA)
    actions.object_to_look(person=actor.person, look=int(look), trail=trail.lines, by=actor.name)
    messages.success(request, _("Your objection is here. A person who did not look answers within three working days."))
    return redirect("cabinets:access")


@require_safe
@for_roles(Role.APPLICANT)
def own(request: HttpRequest, objection: UUID) -> HttpResponse:
    """One's own objection with its answer."""
    actor = actor_of_request(request)
    assert actor.person is not None
    row = queries.own_objection(objection, actor.person)
    shown = {
        "cabinet_items": cabinet_items("cabinets:access"),
        "objection": row,
        "look": look_in_words(row, actor.name),
        "answer": _answer_text(actor, row),
    }
    return render(request, "objections/own.html", shown)


@require_safe
@for_roles(Role.FUND_STAFF)
def desk(request: HttpRequest) -> HttpResponse:
    """What waits for an answer."""
    return render(request, "objections/desk.html", _frame(actor_of_request(request)))


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.FUND_STAFF)
def answer(request: HttpRequest, objection: UUID) -> HttpResponse:
    """One objection; POST keeps the answer in vault."""
    actor, problem, status = actor_of_request(request), "", 200
    row = queries.any_objection(objection)
    words = request.POST.get("words", "").replace("\x00", "")
    if request.method == "POST":
        try:
            _keep_answer(actor, row, words)
            messages.success(request, _("The answer stands in the person's cabinet."))
            return redirect(DESK)
        except Refusal as refusal:
            problem, status = text_of(refusal), refusal.status
    shown = {**_frame(actor), "objection": row, "look": look_in_words(row, ""), "words": words, "problem": problem}
    return render(request, "objections/answer.html", shown, status=status)


def _keep_answer(actor: Actor, row: Objection, words: str) -> None:
    actions.require_answerable(objection=row.id, by=actor.name, words=words)
    body = vault.DocumentPut(subject=f"objection:{row.id}", kind=ANSWER, person=row.person, text=words.strip())
    key = f"objection-{row.id}-{actor.name}"[:80]
    kept = ask("vault", vault.DOCUMENT_PUT, body, actor=actor.name, purpose=Purpose.ADMINISTRATION, idempotency_key=key)
    actions.answer_objection(objection=row.id, answer=kept.document, by=actor.name)


def _answer_text(actor: Actor, row: Objection) -> str:
    if row.answer is None:
        return ""
    question = vault.DocumentQuestion(document=row.answer)
    kept = ask("vault", vault.DOCUMENT_GET, question, actor=actor.name, purpose=Purpose.OWN_DATA)
    return base64.b64decode(kept.content_b64).decode(errors="replace")


def _frame(actor: Actor) -> dict[str, Any]:
    rows = [{"objection": row, "look": look_in_words(row, "")} for row in queries.waiting()]
    return {"desk_items": desk_items(actor, DESK), "desk_name": desk_name(actor), "rows": rows}
