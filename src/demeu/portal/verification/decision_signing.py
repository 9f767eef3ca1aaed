"""The curator's decision signed with ЭЦП: what was decided, about which application, why and when. Vault keeps it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from demeu.contracts.words import Role
from demeu.kernel.errors import Refusal, invalid, not_found
from demeu.portal.accounts.entrance import actor_of_request, begin_signature, complete_signature, for_roles
from demeu.portal.accounts.rules import Actor
from demeu.portal.ui.refusals import text_of
from demeu.portal.verification import queries, wording
from demeu.portal.verification.models import Review
from demeu.portal.verification.rules import Decision

SIGNED = (Decision.APPROVED, Decision.REFUSED)
DECISION_WORDS = {Decision.APPROVED: _("approved"), Decision.REFUSED: _("refused")}


def own_decision(application: UUID, actor: Actor) -> Review | None:
    """The last decision about the application if this curator took it and it is one that is signed."""
    taken = [one for one in queries.reviews_of(application) if one.decision in SIGNED]
    return taken[-1] if taken and taken[-1].curator == actor.person else None


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.CURATOR)
def sign_decision(request: HttpRequest, application: UUID) -> HttpResponse:
    """`/desk/review/<application>/sign/`: the decision as it is signed; POST takes `attempt` and `cms`."""
    actor = actor_of_request(request)
    decision = own_decision(application, actor)
    if decision is None:
        raise not_found("review.nothing_to_sign")
    problem, status = "", 200
    if request.method == "POST":
        try:
            complete_signature(request)
            messages.success(request, _("Your decision is signed."))
            return redirect("verification:reviews")
        except (KeyError, ValueError):
            problem, status = text_of(invalid("identity.unknown_attempt")), 422
        except Refusal as refusal:
            problem, status = text_of(refusal), refusal.status
    text = _text(decision)
    begun = begin_signature(request, kind="decision", subject=f"application:{application}", text=text)
    back = reverse("verification:review", args=[application])
    shown = {"text": text, "begun": begun, "problem": problem, "back": back}
    return render(request, "verification/sign_decision.html", shown, status=status)


def _text(decision: Review) -> str:
    """The lines that are signed, in the curator's language; no name is among them."""
    lines = [
        f"{gettext('Application')} {decision.application}",
        f"{gettext('Decision')}: {DECISION_WORDS[Decision(decision.decision)]}",
        f"{gettext('Taken at')}: {decision.at.isoformat(timespec='seconds')}",
    ]
    if decision.reason:
        lines.insert(2, f"{gettext('Reason')}: {wording.REASONS.get(decision.reason, decision.reason)}")
    return "\n".join(lines)
