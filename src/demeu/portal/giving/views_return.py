"""Asking a gift back, and answering what becomes of a surplus. Money goes back only to its source."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from demeu.kernel.errors import Kind, Refusal, invalid
from demeu.kernel.ids import new_id
from demeu.portal.accounts.entrance import actor_of_request
from demeu.portal.giving import asking
from demeu.portal.giving.fields import TengeField
from demeu.portal.giving.queries import intent
from demeu.portal.giving.wording import RETURN_REASONS
from demeu.portal.ui.refusals import text_of

MISTAKES = (Kind.INVALID, Kind.CONFLICT, Kind.TOO_LATE, Kind.UNAVAILABLE)


class ReturnForm(forms.Form):
    """Posted to /give/<gift>/return/: `refund` (UUID), `reason` (code), `amount` (tenge; empty = all unspent)."""

    refund = forms.UUIDField(widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=_("Why"),
        choices=[(code, RETURN_REASONS[code]) for code in RETURN_REASONS],
        error_messages={"required": _("Choose one of the answers."), "invalid_choice": _("Choose one of the answers.")},
    )
    amount = TengeField(label=_("Only a part"), required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def ask_back(request: HttpRequest, gift: UUID) -> HttpResponse:
    """The form, and on POST the request itself; again, it is the same request."""
    row, actor = intent(gift), actor_of_request(request).name
    form = ReturnForm(request.POST) if request.method == "POST" else None
    status = 200
    if form is not None and form.is_valid():
        given = form.cleaned_data
        try:
            asking.ask_refund(row.gift, given["refund"], given["amount"], given["reason"], actor)
            return redirect("giving:gift", gift=gift)
        except Refusal as refusal:
            if refusal.kind not in MISTAKES:
                raise
            form.add_error(None, text_of(refusal))
            status = refusal.status
    elif form is not None:
        status = 422
    shown = {
        "intent": row,
        "form": form,
        "fields": form or ReturnForm(),
        "refund": (form.data.get("refund") if form else None) or new_id(),
        "reasons": [(code, text, "") for code, text in RETURN_REASONS.items()],
    }
    response = render(request, "giving/return.html", shown, status=status)
    response["Cache-Control"], response["Referrer-Policy"] = "private, no-store", "no-referrer"
    return response


@require_POST
def answer_surplus(request: HttpRequest, gift: UUID) -> HttpResponse:
    """The donor's word about a surplus; posted to /give/<gift>/answer/ with `way`."""
    row = intent(gift)
    way = request.POST.get("way", "")
    try:
        if way not in ("same_group", "same_region", "most_urgent", "return"):
            raise invalid("fallback.way")
        asking.answer_surplus(row.gift, way, actor_of_request(request).name)
        messages.success(request, str(_("Thank you. It will be done as you said.")))
    except Refusal as refusal:
        if refusal.kind not in (*MISTAKES, Kind.FORBIDDEN):
            raise
        messages.error(request, text_of(refusal))
    return redirect("giving:gift", gift=gift)
