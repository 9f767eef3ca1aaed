"""My monthly gifts: what goes on, and to skip, change, stop or take back, each with one press and no questions."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from demeu.contracts.treasury import MonthlyChange, MonthlyPlan
from demeu.contracts.words import Role
from demeu.kernel.errors import Kind, Refusal
from demeu.kernel.ids import new_id
from demeu.kernel.money import decimal_tenge
from demeu.portal.accounts.desks import cabinet_items
from demeu.portal.accounts.entrance import actor_of_request, for_roles
from demeu.portal.giving import asking
from demeu.portal.giving.fields import TengeField
from demeu.portal.giving.offering import target_title
from demeu.portal.giving.queries import Target
from demeu.portal.giving.rules import WHOLE_FUNDS, Wanted
from demeu.portal.giving.wording import (
    DONE_TEXTS,
    GATEWAY_TEXTS,
    MONTH_STATES,
    PLAN_ENDS,
    PLAN_STATES,
    UNDO_TEXTS,
)
from demeu.portal.ui.refusals import text_of

MISTAKES = (Kind.INVALID, Kind.CONFLICT, Kind.TOO_LATE, Kind.NOT_FOUND, Kind.UNAVAILABLE)
NOT_A_DAY = {"invalid": _("Choose a day from 1 to 31."), "required": _("Choose a day from 1 to 31.")}


class ChangeForm(forms.Form):
    """Posted to /my/monthly/<plan>/: `change` (UUID), `do` (skip, change, stop, undo); with change `amount`, `day`."""

    change = forms.UUIDField(widget=forms.HiddenInput)
    do = forms.ChoiceField(choices=[(what, what) for what in DONE_TEXTS])
    amount = TengeField(label=_("Sum each month"), required=False)
    day = forms.IntegerField(
        label=_("Day of the month"), required=False, min_value=1, max_value=31,
        error_messages={**NOT_A_DAY, "min_value": NOT_A_DAY["invalid"], "max_value": NOT_A_DAY["invalid"]},
    )  # fmt: skip


@require_safe
@for_roles(Role.DONOR)
def monthly(request: HttpRequest) -> HttpResponse:
    """All monthly gifts of the signed-in donor."""
    return _page(request)


@require_POST
@for_roles(Role.DONOR)
def change(request: HttpRequest, plan: UUID) -> HttpResponse:
    """Do one thing to one plan; on a mistake the page again, with what was typed."""
    form = ChangeForm(request.POST)
    if not form.is_valid():
        return _page(request, changed=plan, form=form, status=422)
    given = form.cleaned_data
    wish = MonthlyChange(
        change=given["change"], plan=plan, what=given["do"], amount_tiyn=given["amount"], day=given["day"]
    )
    try:
        asking.change_monthly(wish, actor_of_request(request).name)
    except Refusal as refusal:
        if refusal.kind not in MISTAKES:
            raise
        form.add_error(None, text_of(refusal))
        return _page(request, changed=plan, form=form, status=refusal.status)
    messages.success(request, str(DONE_TEXTS[given["do"]]))
    return redirect("giving:monthly")


def _page(
    request: HttpRequest, *, changed: UUID | None = None, form: ChangeForm | None = None, status: int = 200
) -> HttpResponse:
    actor = actor_of_request(request)
    assert actor.person is not None
    plans = asking.monthly_plans(actor.person, actor.name)
    shown = {
        "cabinet_items": cabinet_items("giving:mine"),
        "away": plans is None,
        "rows": _rows(plans or (), changed, form),
        "form": form,
    }
    return render(request, "giving/monthly.html", shown, status=status)


def _rows(plans: Sequence[MonthlyPlan], changed: UUID | None, form: ChangeForm | None) -> list[dict[str, Any]]:
    return [_row(plan, form if form is not None and plan.plan == changed else None) for plan in plans]


def _row(plan: MonthlyPlan, form: ChangeForm | None) -> dict[str, Any]:
    wanted = Wanted(plan.target.kind, plan.target.code or "1")
    plain = decimal_tenge(plan.amount_tiyn).removesuffix(".00")
    query = {plan.target.kind: "1" if plan.target.kind in WHOLE_FUNDS else wanted.text, "amount": plain}
    return {
        "plan": plan,
        "title": target_title(Target(wanted)),
        "goes_on": plan.state == "active",
        "state": PLAN_STATES[plan.state],
        "ended": PLAN_ENDS.get(plan.ended_by, ""),
        "gateway": GATEWAY_TEXTS[plan.gateway][0],
        "undo": UNDO_TEXTS.get(plan.undoable or "", ""),
        "change": new_id(),
        "fields": form or ChangeForm(initial={"amount": plain, "day": plan.day}),
        "is_open": form is not None,
        "give_now": f"{reverse('giving:give')}?{urlencode(query)}",
        "months": [(month, MONTH_STATES[month.state]) for month in plan.months],
    }
