"""The page where a person of the demo picks whose key lies in the sandbox NCALayer."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_noop
from django.views.decorators.http import require_http_methods

from demeu.kernel.errors import Refusal
from demeu.kernel.problems import problem_response
from demeu.sandbox.control.cards import key_card
from demeu.sandbox.identity import actions, queries

ROLE_LABELS = {
    "mother": gettext_noop("Applicant"),
    "applicant": gettext_noop("Applicant"),
    "donor": gettext_noop("Donor"),
    "curator": gettext_noop("Curator"),
    "volunteer": gettext_noop("Volunteer"),
    "ngo_admin": gettext_noop("NGO administrator"),
    "akimat": gettext_noop("Akimat officer"),
    "assistant": gettext_noop("Akimat officer"),
    "ministry": gettext_noop("Ministry officer"),
    "fund_staff": gettext_noop("Fund staff"),
    "finance_preparer": gettext_noop("Finance officer, prepares payouts"),
    "preparer": gettext_noop("Finance officer, prepares payouts"),
    "finance_approver": gettext_noop("Finance officer, approves payouts"),
    "approver": gettext_noop("Finance officer, approves payouts"),
    "auditor": gettext_noop("Auditor"),
    "supplier": gettext_noop("Supplier"),
    "operator": gettext_noop("Operator"),
}


@require_http_methods(["GET", "POST"])
def key_page(request: HttpRequest) -> HttpResponse:
    """The list of keys; a POST with `key_id` picks one; `?lang=` keeps a language for this browser."""
    if request.method == "POST":
        try:
            actions.choose_key(reference=request.POST.get("key_id", ""))
        except Refusal as refusal:
            return problem_response(refusal)
        return redirect("keys")
    language = request.GET.get("lang", "")
    if language in dict(settings.LANGUAGES):
        answer = redirect("keys")
        answer.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax")
        return answer
    current = queries.current_key()
    cards = [_labelled(key_card(held, current)) for held in queries.people_keys()]
    return render(request, "control/keys.html", {"keys": cards, "current": current})


def _labelled(card: dict[str, Any]) -> dict[str, Any]:
    label = ROLE_LABELS.get(card["role"])
    return {**card, "role_label": gettext(label) if label else card["role"]}
