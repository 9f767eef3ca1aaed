"""A donor's own pages: overview, what gifts have done, cases that are followed, proposals with their reason.

POST /my/following/<number>/: `do` = follow | leave, `next` (an address of ours). POST /my/proposals/: see `forms`.
Figures of money are the treasury's; while it is away the pages say so and show what the portal knows.
"""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from demeu.contracts.treasury import OwnGift
from demeu.contracts.words import Role
from demeu.kernel import clock
from demeu.kernel.errors import invalid
from demeu.kernel.money import decimal_tenge
from demeu.portal.accounts.desks import cabinet_items
from demeu.portal.accounts.entrance import actor_of_request, for_roles, language
from demeu.portal.accounts.sessions import safe_next
from demeu.portal.cases.queries import public_case
from demeu.portal.giving.queries import cases_by_id, gifts_of
from demeu.portal.patron import actions, asking, queries, showing
from demeu.portal.patron.charts import HEIGHT, WIDTH, columns
from demeu.portal.patron.counting import impact, money_of, of_year
from demeu.portal.patron.forms import TasteForm
from demeu.portal.ui.regions import REGIONS

donor = for_roles(Role.DONOR)
NEWEST = 6


def _render(request: HttpRequest, name: str, status: int = 200, **shown: Any) -> HttpResponse:
    shown |= {"cabinet_items": cabinet_items("patron:home"), "tabs": showing.tabs(request.path)}
    answer = render(request, f"patron/{name}.html", shown, status=status)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _person(request: HttpRequest) -> UUID:
    person = actor_of_request(request).person
    assert person is not None
    return person


def _cases_given(gifts: Sequence[OwnGift]) -> list[UUID]:
    return list({part.case for gift in gifts for part in gift.parts if part.case is not None})


@require_safe
@donor
def home(request: HttpRequest) -> HttpResponse:
    """`/my/giving/`: this year's gifts, where they are now, news, what is proposed."""
    person, year = _person(request), clock.today().year
    gifts = asking.own_gifts(person)
    rows = list(gifts_of(person)[:NEWEST])
    cases = cases_by_id([row.case for row in rows if row.case])
    this_year = of_year(gifts or (), year)
    concerned = [*_cases_given(gifts or ()), *(case.id for case in queries.followed_cases(person)), *cases]
    return _render(
        request, "home", gifts=gifts, away=gifts is None, year=year, money=money_of(this_year),
        families=len(_cases_given(this_year)), rows=showing.gift_rows(rows, gifts or (), cases, language()),
        news=showing.news(queries.news_of(concerned)), proposed=_proposed(person)[:2],
        taste=queries.taste_of(person),
    )  # fmt: skip


@require_safe
@donor
def impact_page(request: HttpRequest) -> HttpResponse:
    """`/my/impact/`: the last twelve months and whom the gifts helped, each figure also in a table."""
    gifts = asking.own_gifts(_person(request))
    if gifts is None:
        return _render(request, "impact", status=503, away=True)
    found = impact(gifts, cases_by_id(_cases_given(gifts)), clock.today())
    counts = {share.code: share.families for share in found.regions if share.code in REGIONS}
    return _render(
        request, "impact", found=found, columns=columns(found.months), width=WIDTH, height=HEIGHT, counts=counts
    )


@require_safe
@donor
def following(request: HttpRequest) -> HttpResponse:
    """`/my/following/`: followed cases and their news."""
    found = queries.followed_cases(_person(request))
    news = showing.news(queries.news_of([case.id for case in found]))
    return _render(request, "following", cards=[showing.case_card(case) for case in found], news=news)


@require_POST
@donor
def follow(request: HttpRequest, number: str) -> HttpResponse:
    """Follow a case, or leave it; back to where the button stood."""
    case, person = public_case(number), _person(request)
    if request.POST.get("do") == "leave":
        actions.unfollow(person=person, case=case.id)
        messages.success(request, _("You no longer follow this case."))
    else:
        actions.follow(person=person, case=case.id)
        messages.success(request, _("You follow this case: its news stand in your cabinet."))
    return redirect(safe_next(request) or reverse("catalogue:case", args=[number]))


@require_http_methods(["GET", "HEAD", "POST"])
@donor
def proposals(request: HttpRequest) -> HttpResponse:
    """`/my/proposals/`: cases that answer what the donor chose, each with its reason; off with one press."""
    person = _person(request)
    if request.method == "POST":
        return _choose(request, person)
    return _proposals(request, person, None)


def _choose(request: HttpRequest, person: UUID) -> HttpResponse:
    known = queries.taste_of(person)
    if request.POST.get("do") == "off":
        kept = (known.groups, known.regions, known.budget_tiyn) if known else ([], [], None)
        actions.choose_taste(person=person, on=False, groups=kept[0], regions=kept[1], budget_tiyn=kept[2])
        messages.success(request, _("Nothing is proposed any more. Your choices are kept."))
        return redirect("patron:proposals")
    if request.POST.get("do") != "save":
        raise invalid("taste.unknown")
    form = TasteForm(request.POST)
    if not form.is_valid():
        return _proposals(request, person, form, status=422)
    given = form.cleaned_data
    actions.choose_taste(
        person=person, on=True, groups=given["groups"], regions=given["regions"], budget_tiyn=given["budget"]
    )
    messages.success(request, _("Saved. Proposals follow from these choices only."))
    return redirect("patron:proposals")


def _proposals(request: HttpRequest, person: UUID, form: TasteForm | None, status: int = 200) -> HttpResponse:
    taste = queries.taste_of(person)
    initial: dict[str, Any] = {}
    if taste is not None:
        initial = {"groups": taste.groups, "regions": taste.regions}
        initial["budget"] = decimal_tenge(taste.budget_tiyn).removesuffix(".00") if taste.budget_tiyn else ""
    shown = form or TasteForm(initial=initial)
    return _render(
        request, "proposals", status=status, taste=taste, form=form, fields=shown, proposed=_proposed(person),
        groups=showing.ticks(shown, "groups"), regions=showing.ticks(shown, "regions"),
    )  # fmt: skip


def _proposed(person: UUID) -> list[dict[str, Any]]:
    taste = queries.taste_of(person)
    found = queries.proposals(taste)
    return [{"card": showing.case_card(one.case), "reason": showing.reason_words(one)} for one in found]
