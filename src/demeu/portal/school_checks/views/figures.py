"""The published form: schools, requests, category 6 by quarter and region. Small cells are hidden from the public."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from demeu.contracts.words import Role
from demeu.kernel.errors import not_found
from demeu.portal.accounts.entrance import actor_of_request
from demeu.portal.accounts.queries import workplace_of
from demeu.portal.school_checks import queries
from demeu.portal.school_checks.rules import SHOWN_LEAST, Quarter, for_the_public, quarter_named, total_of
from demeu.portal.school_checks.showing import figure_rows, figures_csv, quarter_name
from demeu.portal.school_checks.views.desk import pedagogue


def _asked(request: HttpRequest) -> Quarter:
    """The quarter of `?period=2026-q4`; the present one when none is named."""
    known = queries.quarters()
    if not request.GET.get("period"):
        return known[0]
    found = quarter_named(request.GET["period"])
    if found not in known or found is None:
        raise not_found("page.unknown")
    return found


@require_safe
def public(request: HttpRequest) -> HttpResponse:
    """`/school-checks/`: the form by region, for everybody."""
    quarter = _asked(request)
    rows, total = for_the_public(queries.figures(quarter))
    tabs = [
        {"href": f"?period={one.code}", "label": quarter_name(one), "now": one == quarter} for one in queries.quarters()
    ]
    shown = {
        "rows": figure_rows(rows), "total": total, "tabs": tabs, "quarter": quarter, "least": SHOWN_LEAST,
        "period": quarter_name(quarter),
    }  # fmt: skip
    return render(request, "school_checks/figures.html", shown)


@require_safe
def public_csv(request: HttpRequest) -> HttpResponse:
    """`/school-checks/figures.csv`: the same as a file; a hidden cell is empty."""
    quarter = _asked(request)
    rows, total = for_the_public(queries.figures(quarter))
    return _file(figures_csv(quarter, rows, total), f"school-checks-{quarter.code}.csv")


@require_safe
@pedagogue
def own_csv(request: HttpRequest) -> HttpResponse:
    """`/desk/school-checks/figures.csv`: full counts of the pedagogue's own school."""
    actor = actor_of_request(request)
    assert actor.person is not None
    quarter = _asked(request)
    rows = queries.figures(quarter, workplace_of(actor.person, Role.SCHOOL_PEDAGOGUE))
    return _file(figures_csv(quarter, rows, total_of(rows)), f"own-school-{quarter.code}.csv")


def _file(text: str, name: str) -> HttpResponse:
    response = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
