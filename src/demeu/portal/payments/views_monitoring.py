"""Financial monitoring: the queue of alerts, one officer's word and another's decision, the report as a file."""

from datetime import date
from typing import Any
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
from demeu.portal.payments.desk import away, page, say
from demeu.portal.payments.wording import ALERT_DECISIONS, ALERT_GROUNDS, ALERT_RULES, ALERT_STATES
from demeu.portal.ui.refusals import text_of

NOW = "payments:monitoring"
DECIDERS = (Role.FINANCE_APPROVER, Role.FUND_STAFF)


@require_safe
@for_roles(*DECIDERS, Role.AUDITOR)
def monitoring(request: HttpRequest) -> HttpResponse:
    """Alerts: the undecided by their term, then the decided."""
    actor = actor_of_request(request)
    try:
        found = ask("treasury", treasury.ALERT_LIST, treasury.AlertFilter(), actor=actor.name, purpose=Purpose.PAYOUT)
    except Refusal as refusal:
        return away(request, refusal, "monitoring", NOW)
    shown: dict[str, Any] = {
        "rows": [_row(alert, actor.name) for alert in found.alerts],
        "law_confirmed": found.law_confirmed,
        "may_decide": actor.is_(*DECIDERS),
        "grounds": ALERT_GROUNDS.items(),
        "decisions": ALERT_DECISIONS.items(),
        "today": clock.today().isoformat(),
        "first": clock.today().replace(day=1).isoformat(),
    }
    return page(request, "monitoring", NOW, **shown)


def _row(alert: treasury.Alert, name: str) -> dict[str, Any]:
    return {
        "alert": alert,
        "rule": ALERT_RULES.get(alert.rule, alert.rule),
        "state": ALERT_STATES.get(alert.state, alert.state),
        "proposal": ALERT_DECISIONS.get(alert.proposal, ""),
        "ground": ALERT_GROUNDS.get(alert.ground, ""),
        "late": alert.state != "decided" and alert.due_at < clock.now(),
        "own": alert.proposed_by == name,
        "payouts": [one.removeprefix("payout:") for one in alert.movements if one.startswith("payout:")],
        "gifts": [one.removeprefix("gift:") for one in alert.movements if one.startswith("gift:")],
    }


@require_POST
@for_roles(*DECIDERS)
def propose(request: HttpRequest, alert: UUID) -> HttpResponse:
    """Posted with `decision` (clear, report) and `ground`."""
    decision, ground = request.POST.get("decision", ""), request.POST.get("ground", "")
    if decision in ALERT_DECISIONS and ground in ALERT_GROUNDS:
        body = treasury.AlertPropose.model_validate({"alert": alert, "decision": decision, "ground": ground})
        say(request, treasury.ALERT_PROPOSE, body)
    return redirect("payments:monitoring")


@require_POST
@for_roles(*DECIDERS)
def decide(request: HttpRequest, alert: UUID) -> HttpResponse:
    """Posted with `agree` (1 or 0)."""
    if request.POST.get("agree") in ("0", "1"):
        body = treasury.AlertDecide(alert=alert, agree=request.POST["agree"] == "1")
        say(request, treasury.ALERT_DECIDE, body)
    return redirect("payments:monitoring")


@require_safe
@for_roles(*DECIDERS, Role.AUDITOR)
def report(request: HttpRequest) -> HttpResponse:
    """The reported alerts of `?first=` to `?last=` as CSV or, with `?form=xml`, as XML."""
    form = "xml" if request.GET.get("form") == "xml" else "csv"
    try:
        first, last = (date.fromisoformat(request.GET.get(name, "")) for name in ("first", "last"))
    except ValueError:
        return redirect("payments:monitoring")
    body = treasury.ReportQuestion.model_validate({"first": first, "last": last, "form": form})
    actor = actor_of_request(request)
    try:
        text = ask("treasury", treasury.MONITORING_REPORT, body, actor=actor.name, purpose=Purpose.PAYOUT).text
    except Refusal as refusal:
        messages.error(request, text_of(refusal))
        return redirect("payments:monitoring")
    answer = HttpResponse(text, content_type="application/xml" if form == "xml" else "text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="monitoring-{first}-{last}.{form}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
