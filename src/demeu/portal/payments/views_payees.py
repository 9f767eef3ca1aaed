"""The list of payees: whose account changed, and the check of it by an officer who did not register it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from demeu.contracts.words import Role
from demeu.kernel.errors import Refusal
from demeu.portal.accounts.entrance import actor_of_request, for_roles
from demeu.portal.payments import asking
from demeu.portal.payments.desk import away, page
from demeu.portal.payments.wording import CHECK_WAYS
from demeu.portal.ui.refusals import text_of

NOW = "payments:payouts"
FINANCE = (Role.FINANCE_PREPARER, Role.FINANCE_APPROVER)


@require_safe
@for_roles(*FINANCE, Role.AUDITOR)
def payees(request: HttpRequest) -> HttpResponse:
    """All payees, those first whose changed account waits for a check."""
    actor = actor_of_request(request)
    try:
        found = asking.payees(actor).values()
    except Refusal as refusal:
        return away(request, refusal, "payees", NOW)
    rows = [
        {
            "card": card,
            "waits": card.changed_at is not None and card.checked_at is None,
            "own": card.registered_by == actor.name,
        }
        for card in found
    ]
    rows.sort(key=lambda row: not row["waits"])
    return page(request, "payees", NOW, rows=rows, ways=CHECK_WAYS.items(), may_check=actor.is_(*FINANCE))


@require_POST
@for_roles(*FINANCE)
def check(request: HttpRequest, payee: UUID) -> HttpResponse:
    """Posted with `how`: call, letter or visit."""
    how = request.POST.get("how", "")
    if how in CHECK_WAYS:
        try:
            asking.check_payee(actor_of_request(request), payee, how)
        except Refusal as refusal:
            messages.error(request, text_of(refusal))
    return redirect("payments:payees")
