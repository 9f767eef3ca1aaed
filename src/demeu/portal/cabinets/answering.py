"""Answering a school's question in one's own cabinet: the text of the consent, and a digital signature under it.

POST /my/consents/<consent>/sign/: `attempt`, `cms`.
"""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from demeu.contracts.vault import Consent
from demeu.contracts.words import Purpose, Role
from demeu.kernel.errors import Refusal, conflict, not_found
from demeu.portal.accounts.entrance import actor_of_request, begin_signature, complete_signature, for_roles, language
from demeu.portal.accounts.rules import Actor
from demeu.portal.cabinets import asking
from demeu.portal.cabinets.places import places
from demeu.portal.legal.queries import text
from demeu.portal.ui.refusals import text_of

LEGAL_TEXT = "pupil-aid"


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.APPLICANT)
def sign(request: HttpRequest, consent: UUID) -> HttpResponse:
    """The whole text in the version that was asked, and the signature."""
    actor = actor_of_request(request)
    asked, problem = _asked_of(actor, consent), ""
    if request.method == "POST":
        try:
            asking.grant(actor, consent, complete_signature(request).signature)
            messages.success(request, _("You have agreed. The school sees the category and its reasons, nothing more."))
            return redirect("cabinets:consents")
        except (Refusal, KeyError, ValueError) as error:
            problem = text_of(error if isinstance(error, Refusal) else not_found("identity.unknown_attempt"))
    legal = text(LEGAL_TEXT, language(), asked.text_version)
    shown = {
        "cabinet_items": places("consents"),
        "consent": asked,
        "legal": legal,
        "begun": begin_signature(request, kind="consent", subject=f"consent:{consent}", text=legal.plain),
        "problem": problem,
    }
    return render(request, "cabinets/consent_answer.html", shown, status=422 if problem else 200)


def _asked_of(actor: Actor, consent: UUID) -> Consent:
    """A consent that a school asks of this person; refuses any other."""
    found = next((row for row in asking.consents(actor) if row.consent == consent), None)
    if found is None or found.purpose is not Purpose.PUPIL_AID:
        raise not_found("consent.unknown")
    if found.state != "asked":
        raise conflict("consent.wrong_state")
    return found
