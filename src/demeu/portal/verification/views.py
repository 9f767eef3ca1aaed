"""Desks of the curator (queue, review, decision) and of the volunteer (visits, act, signature)."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from demeu.contracts.words import Purpose, Role
from demeu.kernel import clock
from demeu.kernel.errors import Refusal, invalid
from demeu.portal.accounts.entrance import actor_of_request, begin_signature, complete_signature, for_roles, language
from demeu.portal.accounts.rules import Actor
from demeu.portal.cases.queries import application as application_by_id
from demeu.portal.ui.refusals import text_of
from demeu.portal.verification import actions, alike, asking, queries, wording
from demeu.portal.verification.decision_signing import own_decision
from demeu.portal.verification.desk import frame
from demeu.portal.verification.forms import act_words, day_of, photos_of
from demeu.portal.verification.showing import act_text, dispute_rows, fact_rows, item_rows, queue_rows, visit_rows

REVIEWS, VISITS = "verification:reviews", "verification:visits"


@require_safe
@for_roles(Role.CURATOR)
def reviews(request: HttpRequest) -> HttpResponse:
    """`/desk/review/`: the queue of the curator's regions."""
    actor = actor_of_request(request)
    rows = queue_rows(queries.queue(actor))
    return render(request, "verification/reviews.html", {"rows": rows, **frame(actor, REVIEWS, len(rows))})


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.CURATOR)
def review(request: HttpRequest, application: UUID) -> HttpResponse:
    """`/desk/review/<application>/`: facts, score, needs, words; the decision on POST."""
    actor = actor_of_request(request)
    row = queries.application_for_curator(application, actor)
    problem, status = "", 200
    if request.method == "POST":
        try:
            return _decided(request, row, actor)
        except Refusal as refusal:
            problem, status = text_of(refusal), refusal.status
    return _review_page(request, row, actor, problem, status)


def _decided(request: HttpRequest, row: Any, actor: Actor) -> HttpResponse:
    decision = request.POST.get("decision", "")
    if decision == "state_first":
        attributes = asking.attributes(actor, row)
        taken = actions.take_out_what_state_covers(application=row.id, attributes=attributes, actor=actor)
        messages.info(
            request, _("Things that the state covers and donors are not asked for: %(count)s") % {"count": len(taken)}
        )
    elif decision == "visit":
        actions.plan_visit(
            application=row.id,
            volunteer=_person(request.POST.get("volunteer", "")),
            planned_for=day_of(request.POST.get("planned_for", "")),
            attributes=asking.attributes(actor, row),
            actor=actor,
        )
        messages.success(request, _("The visit is planned; the family has been told."))
    elif decision == "refused":
        actions.refuse(application=row.id, reason=request.POST.get("reason", ""), actor=actor)
        messages.info(request, _("The application is refused; the family sees the reason and may dispute it."))
        return redirect("verification:sign-decision", application=row.id)
    elif decision in ("dispute_upheld", "dispute_dismissed"):
        _settle(request, row, actor, upheld=decision == "dispute_upheld")
    elif decision == "likely_same":
        alike.decide(actor, row.person, request.POST.get("finding", ""), request.POST.get("alike", ""))
        messages.success(request, _("Your word about the two records is kept. Nothing is joined or refused by it."))
        return redirect(f"{reverse('verification:review', args=[row.id])}#alike")
    elif decision == "approved":
        case = actions.approve(application=row.id, actor=actor)
        return redirect("catalogue:publish", case=case)
    else:
        raise invalid("review.unknown_decision")
    return redirect("verification:review", application=row.id)


def _settle(request: HttpRequest, row: Any, actor: Actor, *, upheld: bool) -> None:
    """The curator's word about a disputed fact, first to vault, which keeps what is right."""
    dispute, value = _dispute(request.POST.get("dispute", "")), request.POST.get("value", "").strip()
    queries.open_dispute(row.id, dispute)
    asking.settle(actor, dispute, upheld=upheld, value=value or None)
    actions.settle_dispute(application=row.id, dispute=dispute, actor=actor)
    messages.info(request, _("The family sees what you have decided."))


def _dispute(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise invalid("dispute.unknown_fact") from None


def _person(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise invalid("visit.not_a_volunteer_here") from None


def _review_page(request: HttpRequest, row: Any, actor: Actor, problem: str, status: int) -> HttpResponse:
    visit = queries.visit_of(row.id)
    assessed = asking.verdict(actor, row, language())
    open_disputes = queries.open_disputes(row.id)
    marked = {(one.fact, one.member) for one in open_disputes}
    facts = fact_rows(asking.facts(actor, row, Purpose.CASE_REVIEW), marked)
    needs = asking.needs(actor, row)
    waiting = queue_rows(queries.queue(actor), now=row.id)
    shown = {
        "application": row,
        "case": getattr(row, "case", None),
        "who": asking.card(actor, row.person, Purpose.CASE_REVIEW),
        "words": asking.words(actor, row),
        "facts": facts,
        "disputes": dispute_rows(open_disputes, lambda document: asking.dispute_words(actor, document)),
        "contradictions": sum(1 for fact in facts if fact["contradicts"]),
        "alike": alike.alike_rows(alike.likely_same(actor, row.person)),
        "assessed": assessed,
        "verdict": assessed.verdict if assessed else None,
        "items": item_rows(row, needs.attributes if needs else ()),
        "visit": visit,
        "findings": [wording.FINDINGS[code] for code in visit.findings] if visit else [],
        "volunteers": [
            (str(one), asking.name_of(actor, one)) for one in queries.volunteers_for(row) if one != actor.person
        ],
        "reasons": list(wording.REASONS.items()),
        "today": clock.today().isoformat(),
        "posted": request.POST,
        "rows": waiting,
        "problem": problem,
        "reviews": queries.reviews_of(row.id),
        "to_sign": own_decision(row.id, actor),
        **frame(actor, REVIEWS, len(waiting)),
    }
    return render(request, "verification/review.html", shown, status=status)


@require_safe
@for_roles(Role.VOLUNTEER, Role.CURATOR)
def visits(request: HttpRequest) -> HttpResponse:
    """`/desk/visits/`: families to visit; a curator sees the visits that they planned."""
    actor = actor_of_request(request)
    assert actor.person is not None
    rows = visit_rows(queries.visits_of(actor.person), actor.person)
    return render(request, "verification/visits.html", {"rows": rows, **frame(actor, VISITS)})


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.VOLUNTEER)
def visit(request: HttpRequest, application: UUID) -> HttpResponse:
    """`/desk/visits/<application>/`: whom to visit, and the form of the act."""
    actor = actor_of_request(request)
    row, planned = application_by_id(application), queries.own_visit(application, actor)
    problem, status = "", 200
    if request.method == "POST":
        try:
            return _written(request, row, actor)
        except Refusal as refusal:
            problem, status = text_of(refusal), refusal.status
    shown = {
        "application": row,
        "visit": planned,
        "who": asking.card(actor, row.person, Purpose.HOME_VISIT),
        "items": item_rows(row, ()),
        "findings": [(code, words, "") for code, words in wording.FINDINGS.items()],
        "chosen": request.POST.getlist("findings") or planned.findings,
        "words": request.POST.get("words", ""),
        "rows": visit_rows(queries.visits_of(planned.volunteer), planned.volunteer, now=row.id),
        "problem": problem,
        **frame(actor, VISITS),
    }
    return render(request, "verification/visit.html", shown, status=status)


def _written(request: HttpRequest, row: Any, actor: Actor) -> HttpResponse:
    findings, words, files = request.POST.getlist("findings"), act_words(request), photos_of(request)
    photos = [asking.keep_photo(actor, row.id, row.person, name, content) for name, content in files]
    text = json.dumps(
        {"findings": sorted(findings), "words": words, "photos": [one.sha256 for one in photos]}, ensure_ascii=False
    )
    kept = asking.keep_act(actor, row.id, row.person, text)
    actions.write_act(
        application=row.id,
        findings=findings,
        document=kept.document,
        sha256=kept.sha256,
        photos=[one.document for one in photos],
        actor=actor,
    )
    return redirect("verification:sign", application=row.id)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.VOLUNTEER)
def sign(request: HttpRequest, application: UUID) -> HttpResponse:
    """`/desk/visits/<application>/sign/`: the act as it is signed; POST takes `attempt` and `cms`."""
    actor = actor_of_request(request)
    planned = queries.own_visit(application, actor)
    if planned.state == "done":
        return redirect("verification:visits")
    problem, status = "", 200
    if request.method == "POST":
        try:
            kept = complete_signature(request)
            actions.sign_act(application=application, signature=kept.signature, actor=actor)
            messages.success(request, _("The act is signed. The curator decides next."))
            return redirect("verification:visits")
        except (KeyError, ValueError):
            problem, status = text_of(invalid("identity.unknown_attempt")), 422
        except Refusal as refusal:
            problem, status = text_of(refusal), refusal.status
    text = act_text(application_by_id(application), planned)
    begun = begin_signature(request, kind="visit_act", subject=f"application:{application}", text=text)
    shown = {
        "visit": planned,
        "text": text,
        "begun": begun,
        "problem": problem,
        "back": reverse("verification:visit", args=[application]),
    }
    return render(request, "verification/sign.html", {**shown, **frame(actor, VISITS)}, status=status)
