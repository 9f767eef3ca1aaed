"""A family that no registry knows, told by the institution that saw it in person: the page of the assistant.

POST /my/applications/<application>/family/: `protected`, `tenure`, `hardship`, `housing_units`, `relation` and `born`
(repeated, one pair a member, the applicant first), `ill` (repeated, numbers of members), `basis` (file).
"""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from demeu.contracts.vault import EnteredMember
from demeu.contracts.words import Role
from demeu.kernel.errors import Refusal, conflict, forbidden, invalid
from demeu.portal.accounts.entrance import actor_of_request, for_roles
from demeu.portal.accounts.rules import Actor
from demeu.portal.cabinets import asking
from demeu.portal.cabinets.places import places
from demeu.portal.cases.fact_words import MEMBERS, VALUES
from demeu.portal.cases.models import Application
from demeu.portal.cases.queries import own_application
from demeu.portal.cases.rules import ApplicationState
from demeu.portal.ui.refusals import text_of

INSTITUTIONS = (Role.AKIMAT, Role.NGO_ADMIN, Role.CURATOR)
OPEN = (ApplicationState.WAITING_REGISTRY, ApplicationState.REVIEW)
ROWS = 8
BASIS_BYTES_MAX = 10 * 1024 * 1024
RELATIONS = ("applicant", "spouse", "child", "parent", "other")
UNITS = (("", gettext_lazy("not known")), ("0", "0"), ("1", "1"), ("2", "2"))


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*INSTITUTIONS)
def family(request: HttpRequest, application: UUID) -> HttpResponse:
    """What the institution saw: who lives together, the home, whether the place must stay a secret."""
    actor = actor_of_request(request)
    row, problem = _entered_application(application, actor), ""
    if request.method == "POST":
        try:
            _enter(request, row, actor)
            messages.success(request, _("It is written down. The curator sees that an institution told it."))
            return redirect("cabinets:application", application=row.id)
        except Refusal as refusal:
            problem = text_of(refusal)
    posted = request.POST
    pairs = list(zip(posted.getlist("relation"), posted.getlist("born"), strict=False)) or [("applicant", "")]
    shown = {
        "application": row,
        "problem": problem,
        "posted": posted,
        "rows": [(number, *pair) for number, pair in enumerate((pairs + [("", "")] * ROWS)[:ROWS], start=1)],
        "relations": [("", "—"), *((code, str(MEMBERS[code])) for code in RELATIONS)],
        "tenures": [("", _("not known")), *((code, str(words)) for code, words in VALUES["tenure"].items())],
        "units": [(code, str(words)) for code, words in UNITS],
        "cabinet_items": places("applications"),
    }
    return render(request, "cabinets/family.html", shown, status=422 if problem else 200)


def _entered_application(application: UUID, actor: Actor) -> Application:
    """An application that this assistant entered for somebody else, while it may still be told about."""
    row = own_application(application, actor)
    if actor.person == row.person:
        raise forbidden("facts.own_entry")
    if row.state not in OPEN or row.consent is None:
        raise conflict("facts.entry_closed")
    return row


def _enter(request: HttpRequest, row: Application, actor: Actor) -> None:
    members = _members(request)
    basis = asking.keep_papers(actor, row, [_basis(request)])[0]
    facts = {"kato": row.region_kato, "hardship": "true" if "hardship" in request.POST else "false"}
    for name in ("tenure", "housing_units"):
        if request.POST.get(name):
            facts[name] = request.POST[name]
    asking.enter_family(actor, row, basis, facts=facts, members=members, protected="protected" in request.POST)


def _members(request: HttpRequest) -> tuple[EnteredMember, ...]:
    ill = set(request.POST.getlist("ill"))
    members = []
    pairs = zip(request.POST.getlist("relation"), request.POST.getlist("born"), strict=False)
    for number, (relation, born) in enumerate(pairs, start=1):
        if not relation and not born:
            continue
        if relation not in RELATIONS:
            raise invalid("facts.unusable_entry", fields=["relation"])
        facts = {"disability_childhood": "true"} if str(number) in ill else {}
        members.append(EnteredMember(relation=relation, birth_date=_day(born), facts=facts))
    if not members:
        raise invalid("facts.unusable_entry", fields=["born"])
    return tuple(members)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise invalid("facts.unusable_entry", fields=["born"]) from None


def _basis(request: HttpRequest) -> tuple[str, bytes]:
    file: UploadedFile[Any] | None = request.FILES.get("basis")
    if file is None or not file.size or file.size > BASIS_BYTES_MAX:
        raise invalid("facts.no_basis")
    return file.name or "basis", file.read()
