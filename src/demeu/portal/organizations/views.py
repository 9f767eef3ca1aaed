"""The public registry and the page of one organization: what it showed, how well it checks, what it owes."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from demeu.portal.organizations import actions, queries, wording
from demeu.portal.organizations.models import Organization
from demeu.portal.ui.sheets import Cell, csv_file

HEAD = ("name", "kind", "checked_until", "cases", "second_visits", "agreed", "complaints", "upheld", "overdue_reports")


@require_safe
def registry(request: HttpRequest) -> HttpResponse:
    """`/organizations/`"""
    rows = queries.registry()
    if not rows and actions.register_all():
        rows = queries.registry()
    return render(request, "organizations/registry.html", {"rows": [shown(row) for row in rows]})


@require_safe
def organization(request: HttpRequest, identifier: UUID) -> HttpResponse:
    """`/organizations/<id>/`"""
    row = queries.organization(identifier)
    me = shown(queries.standing(row))
    facts = me | {"me": me} | {"papers": papers(row), "reports": row.reports.order_by("-due_on")}
    return render(request, "organizations/organization.html", facts)


@require_safe
def registry_csv(request: HttpRequest) -> HttpResponse:
    """`/organizations.csv`"""
    rows: list[list[Cell]] = [list(HEAD)]
    for one in queries.registry():
        row = one.organization
        figures = (one.cases, one.second_visits, one.agreed, one.complaints, one.upheld, len(one.overdue))
        rows.append([row.name, row.kind, row.checked_until, *figures])
    return csv_file(rows, "demeu-organizations.csv", bom=True)


def shown(one: queries.Standing) -> dict[str, Any]:
    """An organization for the templates."""
    return {"standing": one, "row": one.organization, "kind": wording.KINDS[one.organization.kind]}


def papers(row: Organization) -> list[dict[str, Any]]:
    """Its papers with their kinds in words."""
    return [{"paper": paper, "kind": wording.PAPERS[paper.kind]} for paper in queries.papers_of(row)]
