"""`/my/details/`: what vault knows of me, and forms to add to it. Nothing of it is kept here, in a URL or in a log."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from demeu.contracts.vault import PersonShown
from demeu.contracts.words import Role
from demeu.kernel.errors import Refusal, invalid
from demeu.kernel.ids import new_id
from demeu.portal.accounts.entrance import actor_of_request, for_roles, language
from demeu.portal.accounts.rules import Actor
from demeu.portal.cabinets import details_asking as telling
from demeu.portal.cabinets.details_forms import (
    CONTACT_KINDS,
    FIELD_OF,
    MAY_ACT,
    PAPER_KINDS,
    TIE_ROLES,
    ContactForm,
    Names,
    PaperForm,
    TieForm,
)
from demeu.portal.cabinets.places import places
from demeu.portal.ui.refusals import text_of

FORMS: dict[str, type[forms.Form]] = {"spelling": Names, "contact": ContactForm, "paper": PaperForm, "tie": TieForm}
SECTION_OF = {"protect": "contact", "untie": "tie"}


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.APPLICANT)
def details(request: HttpRequest) -> HttpResponse:
    """All of it on one page; each form adds one thing and shows its own errors."""
    actor, do, status = actor_of_request(request), request.POST.get("do", ""), 200
    sheets = {name: form(prefix=name) for name, form in FORMS.items()}
    problem = ""
    if request.method == "POST":
        if do in FORMS:
            sheets[do] = FORMS[do](request.POST, request.FILES, prefix=do)
        try:
            if do not in FORMS or sheets[do].is_valid():
                return _done(request, actor, do, sheets)
            status = 422
        except Refusal as refusal:
            problem, status = text_of(refusal), refusal.status
            if do in FORMS:
                field = FIELD_OF.get(refusal.code, "")
                sheets[do].add_error(field if field in sheets[do].fields else None, problem)
                problem = ""
    return _page(request, actor, sheets, problem, status)


def _done(request: HttpRequest, actor: Actor, do: str, sheets: dict[str, forms.Form]) -> HttpResponse:
    act = ACTS.get(do)
    if act is None:
        raise invalid("details.unknown_act")
    act(request, actor, sheets[do].cleaned_data if do in sheets else {})
    messages.success(request, _("Kept in the vault."))
    return redirect(f"{reverse('cabinets:details')}#{SECTION_OF.get(do, do)}")


def _add_spelling(_request: HttpRequest, actor: Actor, cleaned: dict[str, Any]) -> None:
    telling.add_spelling(actor, **cleaned)


def _add_contact(_request: HttpRequest, actor: Actor, cleaned: dict[str, Any]) -> None:
    telling.add_contact(actor, **cleaned)


def _protect(request: HttpRequest, actor: Actor, _cleaned: dict[str, Any]) -> None:
    """Set or take off the mark of a contact that is there; what is not there is not made by it."""
    kind, value = request.POST.get("kind", ""), request.POST.get("value", "")
    known = telling.shown(actor)
    if known is not None and (kind, value) not in {(one.kind, one.value) for one in known.contacts}:
        raise invalid("details.unknown_contact")
    telling.add_contact(actor, kind=kind, value=value, protected=request.POST.get("protected") == "yes")


def _add_paper(_request: HttpRequest, actor: Actor, cleaned: dict[str, Any]) -> None:
    telling.add_paper(actor, **cleaned)


def _tie(_request: HttpRequest, actor: Actor, cleaned: dict[str, Any]) -> None:
    names = {name: cleaned[name] for name in ("surname", "given_name", "patronymic", "iin")}
    ground, key = cleaned["ground"], cleaned["key"]
    other = telling.add_relative(actor, relative=telling.relative_of(**names, lang=language()), key=key)
    telling.tie(
        actor,
        other=other,
        role=cleaned["role"],
        ground=(ground.name or "ground", ground.read()) if ground else None,
        one_household=cleaned["together"],
        key=key,
    )


def _untie(request: HttpRequest, actor: Actor, _cleaned: dict[str, Any]) -> None:
    try:
        tie = UUID(request.POST.get("tie", ""))
    except ValueError:
        raise invalid("tie.unknown") from None
    telling.untie(actor, tie)


ACTS: dict[str, Callable[[HttpRequest, Actor, dict[str, Any]], None]] = {
    "spelling": _add_spelling,
    "contact": _add_contact,
    "protect": _protect,
    "paper": _add_paper,
    "tie": _tie,
    "untie": _untie,
}


def _page(request: HttpRequest, actor: Actor, sheets: dict[str, forms.Form], problem: str, status: int) -> HttpResponse:
    known = telling.shown(actor)
    shown = {
        "cabinet_items": places("details"),
        "known": known,
        **(_rows(known) if known else {}),
        "forms": sheets,
        "key": new_id(),
        "problem": problem,
    }
    answer = render(request, "cabinets/details.html", shown, status=503 if known is None else status)
    answer["Cache-Control"] = "no-store"
    return answer


def _rows(known: PersonShown) -> dict[str, Any]:
    """What is known in words; a code without words is shown as it is."""
    return {
        "born": parse_date(known.birth_date) if known.birth_date else None,
        "contacts": [{"kind": CONTACT_KINDS.get(one.kind, one.kind), "contact": one} for one in known.contacts],
        "papers": [{"kind": PAPER_KINDS.get(one.kind, one.kind), "paper": one} for one in known.papers],
        "ties": [
            {"role": TIE_ROLES.get(one.role, one.role), "may_act": one.role in MAY_ACT, "tie": one}
            for one in known.ties
        ],
    }
