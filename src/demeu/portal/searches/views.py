"""A person's kept searches.

GET /my/searches/keep/?<the catalogue's query> asks, POST keeps. POST /my/searches/<id>/: `do` (tell, quiet, forget).
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from demeu.contracts.words import Role
from demeu.kernel.errors import Refusal, invalid
from demeu.portal.accounts.desks import cabinet_items
from demeu.portal.accounts.entrance import actor_of_request, for_roles
from demeu.portal.catalogue import filters
from demeu.portal.catalogue import queries as catalogue
from demeu.portal.catalogue.filters import Wanted
from demeu.portal.catalogue.views.listing import chips
from demeu.portal.searches import actions, queries
from demeu.portal.ui.refusals import text_of

DOES: dict[str, bool | None] = {"tell": True, "quiet": False, "forget": None}


def _person(request: HttpRequest) -> UUID:
    person = actor_of_request(request).person
    assert person is not None
    return person


def _render(request: HttpRequest, name: str, status: int = 200, **shown: Any) -> HttpResponse:
    shown |= {"cabinet_items": cabinet_items("patron:home")}
    answer = render(request, f"searches/{name}.html", shown, status=status)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _shown(wanted: Wanted) -> dict[str, Any]:
    return {
        "words": [chip["label"] for chip in chips(wanted)],
        "found": catalogue.number_found(wanted),
        "href": f"{reverse('catalogue:list')}?{wanted.query}",
    }


@require_safe
@for_roles(Role.DONOR)
def mine(request: HttpRequest) -> HttpResponse:
    """All of them, with how many cases match now."""
    rows = [{"search": row, **_shown(queries.wanted_of(row))} for row in queries.searches_of(_person(request))]
    return _render(request, "mine", rows=rows)


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.DONOR)
def keep(request: HttpRequest) -> HttpResponse:
    """What is to be kept, and the button; the query stays in the address, so that signing in first loses nothing."""
    wanted, problem, status = filters.read(dict(request.GET.lists())), "", 200
    if request.method == "POST":
        try:
            actions.keep_search(person=_person(request), wanted=wanted)
            messages.success(request, _("Kept. You are told of new cases once a day at most."))
            return redirect("searches:mine")
        except Refusal as refusal:
            problem, status = text_of(refusal), refusal.status
    return _render(request, "keep", status, problem=problem, **_shown(wanted))


@require_POST
@for_roles(Role.DONOR)
def change(request: HttpRequest, search: UUID) -> HttpResponse:
    """Word on, word off, or forget."""
    do = request.POST.get("do", "")
    if do not in DOES:
        raise invalid("search.nothing")
    actions.change_search(search=search, person=_person(request), tell=DOES[do])
    return redirect("searches:mine")
