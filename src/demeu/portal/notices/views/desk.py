"""The desk of those who write messages: every template with its parts, and a text that is being written.

Shows words only: no message of any person.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from demeu.contracts.words import Language, Role
from demeu.portal.accounts.desks import desk_items, desk_name
from demeu.portal.accounts.entrance import actor_of_request, for_roles
from demeu.portal.notices import asking
from demeu.portal.notices.forms import MeasureForm
from demeu.portal.notices.wording import KINDS

AUTHORS = (Role.OPERATOR, Role.MINISTRY, Role.FUND_STAFF)
SPOKEN: dict[str, Language] = {"kk": "kk", "ru": "ru", "en": "en"}


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*AUTHORS)
def templates(request: HttpRequest) -> HttpResponse:
    """`/desk/messages/`: fields `lang` and `text` are measured and not kept."""
    actor = actor_of_request(request)
    form = MeasureForm(request.POST or None)
    measured = None
    if request.method == "POST" and form.is_valid():
        measured = asking.measured(actor, SPOKEN[form.cleaned_data["lang"]], form.cleaned_data["text"])
    cards = [{"card": card, "kind": KINDS[card.kind]} for card in asking.templates(actor)]
    shown = {
        "desk_items": desk_items(actor, "notices:templates"),
        "desk_name": desk_name(actor),
        "form": form,
        "measured": measured,
        "cards": cards,
    }
    return render(request, "notices/templates.html", shown, status=422 if form.errors else 200)
