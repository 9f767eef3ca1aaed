"""A company's cabinet beside its pledges: the year with budgets and report, its people, its public page.

POST /company/year/<year>/: `do` = plan (`budget-<theme>`, tenge) | page (`public` on) | share (`on` yes, no).
POST /company/people/: `do` = invite (`role`) | let_go (`person`, `role`).
"""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from demeu.contracts.words import Role
from demeu.kernel import clock
from demeu.kernel.errors import Kind, Refusal, forbidden, invalid
from demeu.kernel.money import decimal_tenge
from demeu.portal.accounts.entrance import actor_of_request, for_roles, language
from demeu.portal.companies import actions, asking, members, queries
from demeu.portal.companies.forms import PlanForm
from demeu.portal.companies.planning import check_year, employees_sum, themes_of
from demeu.portal.companies.reporting import report_pdf, report_xlsx, theme_name
from demeu.portal.companies.rules import company_of
from demeu.portal.companies.views import PEOPLE, company_name, desk
from demeu.portal.companies.wording import ROLE_WORDS
from demeu.portal.ui.refusals import text_of
from demeu.portal.ui.sheets import XLSX_TYPE

MISTAKES = (Kind.INVALID, Kind.CONFLICT, Kind.NOT_FOUND, Kind.FORBIDDEN)


def _year(request: HttpRequest, year: int) -> dict[str, Any]:
    """The figures of a year; without the treasury nothing counts as paid, and the page says so."""
    actor = actor_of_request(request)
    name = company_name(actor)
    company, standing = company_of(name), asking.standing(company_of(name), actor.name)
    themes = themes_of(queries.pledges_of(company), standing or {}, queries.budgets_of(company, year), year)
    employees = employees_sum(queries.employees_gifts(company, year))
    return {"themes": themes, "employees": employees, "away": standing is None, "organization": name, "year": year}


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*PEOPLE)
def year_page(request: HttpRequest, year: int = 0) -> HttpResponse:
    """`/company/year/<year>/`: budgets beside what was given, the report, employees' gifts, the public page."""
    year = check_year(year or clock.today().year)
    if request.method == "POST":
        return _change_year(request, year)
    return _show_year(request, year, None)


def _show_year(request: HttpRequest, year: int, form: PlanForm | None) -> HttpResponse:
    actor, found = actor_of_request(request), _year(request, year)
    company = company_of(found["organization"])
    shown = form or PlanForm(initial={f"budget-{one.code}": _plain(one.budget_tiyn) for one in found["themes"]})
    page = queries.page_of(company)
    assert actor.person is not None
    found |= {
        "rows": [(one, theme_name(one.code), shown[f"budget-{one.code}"]) for one in found["themes"]],
        "form": form,
        "may_plan": actor.is_(Role.COMPANY_ADMIN),
        "public": page is not None and page.public,
        "public_href": reverse("companies:public", args=[company]),
        "shares": queries.shares_giving(company, actor.person),
        "years": [year - 1, year, year + 1],
    }
    answer = render(
        request, "companies/year.html", {**desk(request, "companies:year"), **found}, status=422 if form else 200
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


def _plain(tiyn: int) -> str:
    return decimal_tenge(tiyn).removesuffix(".00") if tiyn else ""


def _change_year(request: HttpRequest, year: int) -> HttpResponse:
    actor, do = actor_of_request(request), request.POST.get("do", "")
    name = company_name(actor)
    assert actor.person is not None
    if do == "share":
        actions.share_giving(organization=name, person=actor.person, on=request.POST.get("on") == "yes")
        messages.success(request, _("Saved."))
        return redirect("companies:year-of", year=year)
    if not actor.is_(Role.COMPANY_ADMIN):
        raise forbidden("account.not_your_role")
    if do == "page":
        actions.show_company(organization=name, public=request.POST.get("public") == "on", by=actor.name)
    elif do == "plan":
        form = PlanForm(request.POST)
        if not form.is_valid():
            return _show_year(request, year, form)
        actions.plan_year(organization=name, year=year, amounts_tiyn=form.amounts_tiyn(), by=actor.name)
    else:
        raise invalid("company.theme")
    messages.success(request, _("Saved."))
    return redirect("companies:year-of", year=year)


@require_safe
@for_roles(*PEOPLE)
def report(request: HttpRequest, year: int, kind: str) -> HttpResponse:
    """The year as a file: xlsx or pdf."""
    found = _year(request, check_year(int(year)))
    if kind == "xlsx":
        body, media = report_xlsx(found["themes"], year=found["year"], company=found["organization"]), XLSX_TYPE
    else:
        body = report_pdf(
            found["themes"], found["employees"], year=found["year"], company=found["organization"], lang=language()
        )
        media = "application/pdf"
    answer = HttpResponse(body, content_type=media)
    answer["Content-Disposition"] = f'attachment; filename="demeu-{found["year"]}.{kind}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(Role.COMPANY_ADMIN)
def people(request: HttpRequest) -> HttpResponse:
    """`/company/people/`: who works here; a link for a new colleague is shown once and kept nowhere."""
    actor, shown = actor_of_request(request), {}
    name = company_name(actor)
    status = 200
    if request.method == "POST":
        try:
            shown = _change_people(request, name, actor.name)
        except Refusal as refusal:
            if refusal.kind not in MISTAKES:
                raise
            shown, status = {"problem": text_of(refusal)}, refusal.status
    rows = [(one, ROLE_WORDS[one.role], one.person == actor.person) for one in members.members_of(name)]
    shown |= {
        "rows": rows,
        "organization": name,
        "roles": [(role.value, ROLE_WORDS[role], "") for role in members.ROLES],
    }
    answer = render(request, "companies/people.html", {**desk(request, "companies:people"), **shown}, status=status)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _change_people(request: HttpRequest, name: str, by: str) -> dict[str, Any]:
    try:
        role = Role(request.POST.get("role", ""))
        person = UUID(request.POST["person"]) if request.POST.get("person") else None
    except ValueError:
        raise invalid("company.not_a_member") from None
    if role not in members.ROLES:
        raise invalid("company.not_a_member")
    if request.POST.get("do") == "invite":
        word = members.invite_member(organization=name, role=role, by=by)
        return {"link": request.build_absolute_uri(reverse("accounts:invitation", args=[word]))}
    if person is None:
        raise invalid("company.not_a_member")
    members.let_go(organization=name, person=person, role=role, by=by)
    return {"gone": True}


@require_safe
def public(request: HttpRequest, company: UUID) -> HttpResponse:
    """`/companies/<company>/`: what a company that wishes it has given; of its pledges the paid ones only."""
    page, year = queries.public_page(company), clock.today().year
    pledges, standing = queries.pledges_of(company), asking.standing(company, "guest")
    shown: dict[str, Any] = {"page": page, "away": standing is None, "year": year}
    if standing is not None:
        themes = themes_of(pledges, standing, {}, year)
        shown["rows"] = [(theme_name(one.code), one.paid_tiyn) for one in themes if one.paid_tiyn]
        shown["total_tiyn"] = sum(one.paid_tiyn for one in themes)
        shown["doubled_tiyn"] = sum(one.matched_tiyn for one in standing.values())
        shown["employees"] = employees_sum(queries.employees_gifts(company, year))
    return render(request, "companies/public.html", shown)
