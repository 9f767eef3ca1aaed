"""Deliveries: paid items that wait for an act, acts that wait for the family, and families who said no."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from demeu.contracts.words import Role
from demeu.kernel.errors import Refusal
from demeu.portal.accounts.entrance import actor_of_request, for_roles
from demeu.portal.payments import actions, asking
from demeu.portal.payments.desk import item_words, page
from demeu.portal.payments.forms import ActForm, ProblemForm
from demeu.portal.payments.queries import Delivery, deliveries_of, open_problems
from demeu.portal.payments.queries import delivery as delivery_of_item
from demeu.portal.payments.queries import problem as problem_by_id
from demeu.portal.payments.wording import PROBLEM_ANSWERS
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
def problem(request: HttpRequest, message: UUID) -> HttpResponse:
    """Close a family's report with what came of it."""
    actor = actor_of_request(request)
    row, form = problem_by_id(message, actor), ProblemForm(request.POST)
    if form.is_valid():
        actions.close_problem(message=row.message, answer=form.cleaned_data["answer"], by=actor.name)
    return redirect("payments:deliveries")
