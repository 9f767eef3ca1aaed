"""Deliveries: paid items that wait for an act, acts that wait for the family, and families who said no."""

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.formats import number_format
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from demeu.contracts.words import Role
from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.portal.accounts.entrance import actor_of_request, for_roles
from demeu.portal.payments import actions, asking
from demeu.portal.payments.desk import item_words, page
from demeu.portal.payments.following import close_ticket, estimates, open_tickets_of
from demeu.portal.payments.forms import ActForm, ProblemForm
from demeu.portal.payments.queries import Delivery, deliveries_of, open_problems
from demeu.portal.payments.queries import delivery as delivery_of_item
from demeu.portal.payments.queries import problem as problem_by_id
from demeu.portal.payments.wording import PROBLEM_ANSWERS, TICKET_ANSWERS
from demeu.portal.ui.refusals import text_of
from demeu.portal.wishes.queries import item_of
from demeu.portal.wishes.states import ItemState

NOW = "payments:deliveries"


@require_safe
@for_roles(Role.CURATOR, Role.AUDITOR)
def deliveries(request: HttpRequest) -> HttpResponse:
    """What is paid and must be handed over, what waits for the family's word, what did not come."""
    actor = actor_of_request(request)
    found = deliveries_of(actor)
    problems = [
        {"problem": row, "case": case, "name": item_words(item_of(row.item))} for row, case in open_problems(actor)
    ]
    shown: dict[str, Any] = {
        "waiting": [_entry(row) for row in found if row.item.state == ItemState.PAID],
        "asked": [_entry(row) for row in found if row.item.state == ItemState.DELIVERED],
        "problems": problems,
        "tickets": [
            {
                "ticket": row,
                "case": case,
                "name": item_words(item_of(row.item)),
                "own": row.owner == actor.person,
                "late": row.due_at < clock.now(),
            }
            for row, case in open_tickets_of(actor)
        ],
        "ticket_answers": list(TICKET_ANSWERS.items()),
        "answers": list(PROBLEM_ANSWERS.items()),
        "may_write": actor.is_(Role.CURATOR),
    }
    return page(request, "deliveries", NOW, **shown)


def _entry(row: Delivery) -> dict[str, Any]:
    return {"row": row, "name": item_words(row.item)}


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.CURATOR)
def delivery(request: HttpRequest, item: UUID) -> HttpResponse:
    """The act of delivery of one item. POST keeps it; the family is asked by SMS."""
    actor = actor_of_request(request)
    row = delivery_of_item(item, actor)
    posted = request.POST if request.method == "POST" else None
    form, status = ActForm(posted, request.FILES or None), 200
    if posted is not None and row.act is None and form.is_valid():
        photo = form.cleaned_data["photo"]
        try:
            kept = asking.keep_act(
                actor,
                row,
                words=form.cleaned_data["words"],
                photo=photo.read() if photo else None,
                photo_name=photo.name if photo else "",
            )
            actions.note_delivery(case=row.case.id, item=item, by=actor.name, **kept)
            return redirect("payments:deliveries")
        except Refusal as refusal:
            form.add_error(None, text_of(refusal))
            status = refusal.status
    elif form.errors:
        status = 422
    shown = {
        "row": row,
        "name": item_words(row.item),
        "fields": form,
        "form": form if posted is not None else None,
        "may_record": row.act is None and row.item.state == ItemState.PAID,
    }
    return page(request, "delivery", NOW, status, **shown)


@require_POST
@for_roles(Role.CURATOR)
def ticket(request: HttpRequest, item: UUID) -> HttpResponse:
    """Close a ticket of a silent delivery with what was found out (`answer`)."""
    try:
        close_ticket(item=item, answer=request.POST.get("answer", ""), actor=actor_of_request(request))
    except Refusal as refusal:
        messages.error(request, text_of(refusal))
    return redirect("payments:deliveries")


@require_safe
def asked_again(request: HttpRequest) -> HttpResponse:
    """`/money/deliveries/`: what families said when they were asked a second time; for all."""
    return render(request, "payments/asked_again.html", {"rows": _months()})


@require_safe
def asked_again_json(request: HttpRequest) -> HttpResponse:
    """`/money/deliveries.json`: the same; shares in hundredths of a percent."""
    rows = [
        {"month": month, **asdict(found), "margin_bp": found.margin_bp, "confidence": "95%", "interval": "Wilson"}
        for month, found in estimates()
    ]
    return JsonResponse({"months": rows})


def _months() -> list[dict[str, Any]]:
    return [
        {
            "month": date.fromisoformat(f"{month}-01"),
            "found": found,
            "share": _percent(found.share_bp),
            "low": _percent(found.low_bp),
            "high": _percent(found.high_bp),
            "margin": _percent(found.margin_bp),
        }
        for month, found in estimates()
    ]


def _percent(share_bp: int) -> str:
    return number_format(share_bp / 100, 1)


@require_POST
@for_roles(Role.CURATOR)
def problem(request: HttpRequest, message: UUID) -> HttpResponse:
    """Close a family's report with what came of it."""
    actor = actor_of_request(request)
    row, form = problem_by_id(message, actor), ProblemForm(request.POST)
    if form.is_valid():
        actions.close_problem(message=row.message, answer=form.cleaned_data["answer"], by=actor.name)
    return redirect("payments:deliveries")
