"""Returns of gifts: the list with its terms, and the decision of an officer who did not ask for it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from demeu.contracts import treasury
from demeu.contracts.words import Purpose, Role
from demeu.kernel import clock
from demeu.kernel.calling import ask
from demeu.kernel.errors import Refusal
from demeu.portal.accounts.entrance import actor_of_request, for_roles
from demeu.portal.payments.desk import away, page
from demeu.portal.payments.wording import REFUND_REFUSALS, REFUND_STATES, REFUND_WHY
from demeu.portal.ui.refusals import text_of

NOW = "payments:refunds"


@require_safe
@for_roles(Role.FINANCE_PREPARER, Role.FINANCE_APPROVER, Role.AUDITOR)
def refunds(request: HttpRequest, problem: str = "", status: int = 200) -> HttpResponse:
    """Returns, the most urgent decision first."""
    actor = actor_of_request(request)
    may_decide = actor.is_(Role.FINANCE_APPROVER)
    shown: dict[str, object] = {"problem": problem, "may_decide": may_decide, "refusals": REFUND_REFUSALS.items()}
    try:
        found = ask(
            "treasury", treasury.REFUND_LIST, treasury.RefundFilter(), actor=actor.name, purpose=Purpose.PAYOUT
        ).refunds
    except Refusal as refusal:
        return away(request, refusal, "refunds", NOW, **shown)
    rows = [
        {
            "refund": row,
            "state": REFUND_STATES[row.state],
            "why": REFUND_WHY[row.reason],
            "waits": row.state == "asked",
            "late": row.state == "asked" and row.due_at < clock.now(),
        }
        for row in found
    ]
    rows.sort(key=lambda row: not row["waits"])
    return page(request, "refunds", NOW, status, rows=rows, **shown)


@require_POST
@for_roles(Role.FINANCE_APPROVER)
def decide(request: HttpRequest, refund: UUID) -> HttpResponse:
    """Posted with `approve` (1) or `refusal` (a reason code)."""
    actor, approve = actor_of_request(request), request.POST.get("approve") == "1"
    refusal_code = request.POST.get("refusal", "")
    if approve or refusal_code in REFUND_REFUSALS:
        body = treasury.RefundDecide(refund=refund, approve=approve, refusal="" if approve else refusal_code)
        key = f"refund-{refund}-{'yes' if approve else refusal_code}"
        try:
            ask(
                "treasury",
                treasury.REFUND_DECIDE,
                body,
                actor=actor.name,
                purpose=Purpose.PAYOUT,
                idempotency_key=key,
            )
        except Refusal as refusal:
            messages.error(request, text_of(refusal))
    return redirect("payments:refunds")
