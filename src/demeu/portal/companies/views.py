"""A company's pledges, the form of a new one, its printable invoice, and the public page of doubling."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from demeu.contracts.treasury import Pledge
from demeu.contracts.words import Role
from demeu.kernel.errors import Kind, Refusal
from demeu.kernel.ids import new_id
from demeu.portal.accounts.desks import desk_items, desk_name
from demeu.portal.accounts.entrance import actor_of_request, for_roles, language
from demeu.portal.accounts.queries import workplace_of
from demeu.portal.accounts.rules import Actor
from demeu.portal.companies import actions, asking
from demeu.portal.companies.forms import PledgeForm
from demeu.portal.companies.queries import names_of, pledge_of, pledges_of
from demeu.portal.companies.rules import company_of
from demeu.portal.companies.wording import KIND_TEXTS, PLACES, REST_TEXTS, STATES
from demeu.portal.giving.offering import choice_page, title_for
from demeu.portal.legal.queries import current_version
from demeu.portal.ui.refusals import text_of

DESK = "companies:pledges"
PEOPLE = (Role.COMPANY_ADMIN, Role.COMPANY_MEMBER)
MISTAKES = (Kind.INVALID, Kind.CONFLICT, Kind.TOO_LATE, Kind.UNAVAILABLE, Kind.FORBIDDEN)


@require_safe
@for_roles(*PEOPLE)
def pledges(request: HttpRequest) -> HttpResponse:
    """What the company has promised, and where each pledge stands."""
    actor = actor_of_request(request)
    company = company_of(company_name(actor))
    standing = asking.standing(company, actor.name)
    rows = [
        {
            "row": row,
            "now": (standing or {}).get(row.pledge),
            "kind": KIND_TEXTS[row.kind][0],
            "title": title_for(row.target_kind, row.target_code),
            "state": _state((standing or {}).get(row.pledge)),
        }
        for row in pledges_of(company)
    ]
    shown = {"rows": rows, "away": standing is None, "may_promise": actor.is_(Role.COMPANY_ADMIN)}
    return render(request, "companies/pledges.html", {**desk(request), **shown})


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.COMPANY_ADMIN)
def promise(request: HttpRequest) -> HttpResponse:
    """The form; POST makes the pledge and goes on to its invoice."""
    if request.method != "POST":
        return _form(request, None)
    form, actor = PledgeForm(request.POST), actor_of_request(request)
    if not form.is_valid():
        return _form(request, form, status=422)
    given = form.cleaned_data
    assert actor.person is not None
    try:
        row = actions.make_pledge(
            pledge=given["pledge"],
            organization=company_name(actor),
            kind=given["kind"],
            amount_tiyn=given["amount"],
            wanted=given["wanted"],
            until=given["until"],
            rest=given["rest"],
            named=given["named"],
            offer_version=given["offer_version"],
            lang=language(),
            person=actor.person,
            by=actor.name,
        )
        asking.made(row, actor.name)
    except Refusal as refusal:
        if refusal.kind not in MISTAKES:
            raise
        form.add_error("until" if refusal.code.endswith(".until") else None, text_of(refusal))
        return _form(request, form, status=refusal.status)
    return redirect("companies:invoice", pledge=row.pledge)


@require_safe
@for_roles(*PEOPLE)
def invoice(request: HttpRequest, pledge: UUID) -> HttpResponse:
    """The invoice as a page made for printing; its purpose is what finds the payment in the bank's statement."""
    actor = actor_of_request(request)
    row = pledge_of(pledge, company_of(company_name(actor)))
    shown: dict[str, Any] = {"row": row, "title": title_for(row.target_kind, row.target_code)}
    try:
        shown["now"] = asking.made(row, actor.name)
    except Refusal as refusal:
        if refusal.kind is not Kind.UNAVAILABLE:
            raise
        shown["problem"] = text_of(refusal)
    response = render(
        request, "companies/invoice.html", {**desk(request), **shown}, status=503 if "problem" in shown else 200
    )
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def doubling(request: HttpRequest) -> HttpResponse:
    """`/doubling/`: which gifts are doubled now, by whom (where the company wishes to be named), how much is left."""
    now = asking.doubling_now()
    names = names_of(one.pledge for one in now)
    rows = [
        {
            "now": one,
            "title": title_for(one.target.kind, one.target.code or ""),
            "name": names.get(one.pledge, ""),
            "left_tiyn": one.amount_tiyn - one.matched_tiyn,
            "query": f"{one.target.kind}={one.target.code or 1}",
        }
        for one in now
    ]
    return render(request, "companies/doubling.html", {"rows": rows})


def _form(request: HttpRequest, form: PledgeForm | None, *, status: int = 200) -> HttpResponse:
    choices = choice_page()
    targets = [("", "—", "")]
    targets += [(f"programme:{code}", str(title), "") for code, title, _ in choices["programmes"]]
    targets += [(f"group:{code}", str(title), "") for code, title in choices["groups"]]
    targets += [(f"region:{code}", str(title), "") for code, title in choices["regions"]]
    targets += [(f"{kind}:1", str(title), "") for kind, title, _ in choices["funds"]]
    typed = form.data if form else {}
    shown = {
        "form": form,
        "fields": form or PledgeForm(),
        "pledge": typed.get("pledge") or new_id(),
        "kinds": [(kind, *KIND_TEXTS[kind]) for kind in KIND_TEXTS],
        "rests": [(rest, *REST_TEXTS[rest]) for rest in REST_TEXTS],
        "targets": targets,
        "named": bool(typed.get("named")),
        "offer_version": current_version("offer"),
        "offer_taken": bool(typed.get("offer")) and typed.get("offer_version") == current_version("offer"),
        "organization": company_name(actor_of_request(request)),
    }
    return render(request, "companies/promise.html", {**desk(request), **shown}, status=status)


def company_name(actor: Actor) -> str:
    """The company of the actor's own invitation to a company, whatever else they work at; empty when it names none."""
    assert actor.person is not None
    role = next(role for role in PEOPLE if actor.is_(role))
    return workplace_of(actor.person, role).organization


def _state(now: Pledge | None) -> str:
    return str(STATES[now.state]) if now else ""


def desk(request: HttpRequest, place: str = DESK) -> dict[str, Any]:
    """The frame of a company's pages; `place` is the URL name of the present one."""
    actor = actor_of_request(request)
    return {
        "desk_items": desk_items(actor, DESK),
        "places": company_places(place, admin=actor.is_(Role.COMPANY_ADMIN)),
        "desk_name": desk_name(actor),
    }


def company_places(now: str, *, admin: bool) -> list[dict[str, Any]]:
    """The places of a company's cabinet, for `<c-tabs>`."""
    return [
        {"href": reverse(name), "label": label, "count": None, "now": name == now}
        for name, label in PLACES
        if admin or name != "companies:people"
    ]
