"""A donor's own papers: the statement of a year as PDF, CSV and XLSX, and a company's set for the tax office."""

import base64
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from demeu.contracts.words import Role
from demeu.kernel import clock
from demeu.kernel.clock import ALMATY
from demeu.kernel.errors import Kind, Refusal, invalid
from demeu.portal.accounts.desks import cabinet_items
from demeu.portal.accounts.entrance import actor_of_request, for_roles, language
from demeu.portal.giving.queries import gifts_of
from demeu.portal.papers import asking
from demeu.portal.papers.forms import CompanyForm
from demeu.portal.papers.printing import deductions, tax_set
from demeu.portal.papers.rules import deductions_of
from demeu.portal.papers.wording import MONEY_COLUMNS, PAYERS, table
from demeu.portal.ui.refusals import text_of
from demeu.portal.ui.sheets import csv_file, xlsx_file

YEARS = (2020, 2100)
GIFTS_MAX = 100
WAYS = (Role.DONOR, Role.COMPANY_ADMIN, Role.COMPANY_MEMBER)


@require_safe
@for_roles(*WAYS)
def mine(request: HttpRequest) -> HttpResponse:
    """`/my/papers/`: the years in which something was given, each with its papers."""
    return _private(render(request, "papers/mine.html", _shown(_donor(request))))


@require_safe
@for_roles(*WAYS)
def statement(request: HttpRequest, year: str, kind: str) -> HttpResponse:
    """`/my/papers/<year>/statement.pdf|csv|xlsx`"""
    _checked(int(year))
    found = asking.statement(_donor(request), int(year), language())
    name = f"demeu-{year}.{kind}"
    if kind == "pdf":
        return _private(_file(base64.b64decode(found.pdf_b64), "application/pdf", name))
    rows = table(found.lines)
    if kind == "csv":
        return _private(csv_file(rows, name, money=MONEY_COLUMNS, bom=True))
    return _private(xlsx_file(rows, name, title=year, money=MONEY_COLUMNS))


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(*WAYS)
def company(request: HttpRequest, year: int) -> HttpResponse:
    """`/my/papers/<year>/tax/`: the form, and the ZIP when it is filled in right. Nothing of it is kept."""
    _checked(year)
    form = CompanyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _private(_file(_packed(request, year, form), "application/zip", f"demeu-tax-{year}.zip"))
        except Refusal as refusal:
            if refusal.kind not in (Kind.INVALID, Kind.UNAVAILABLE):
                raise
            form.add_error(None, text_of(refusal))
    shown = {"form": form, "year": year, "limits": _limits(year), "cabinet_items": cabinet_items("giving:mine")}
    return _private(render(request, "papers/company.html", shown, status=422 if form.errors else 200))


def _packed(request: HttpRequest, year: int, form: CompanyForm) -> bytes:
    donor, lang = _donor(request), language()
    found = asking.statement(donor, year, lang)
    if not found.lines:
        raise invalid("tax_set.no_gifts")
    if len(found.lines) > GIFTS_MAX:
        raise invalid("tax_set.too_many", most=GIFTS_MAX)
    receipts = {str(line.gift): asking.receipt(line.gift, donor, lang) for line in found.lines}
    return tax_set(found, receipts, form.cleaned_data, lang)


def _shown(donor: UUID) -> dict[str, Any]:
    moments = gifts_of(donor).filter(received_at__isnull=False).values_list("received_at", flat=True)
    years = {_year(at) for at in moments if at is not None} | {clock.today().year}
    return {"years": sorted(years, reverse=True), "cabinet_items": cabinet_items("giving:mine")}


def _limits(year: int) -> list[dict[str, Any]]:
    return [{"row": row, "payer": PAYERS[row.payer]} for row in deductions_of(deductions(), year)]


def _year(at: datetime) -> int:
    return at.astimezone(ALMATY).year


def _donor(request: HttpRequest) -> UUID:
    person = actor_of_request(request).person
    assert person is not None
    return person


def _checked(year: int) -> None:
    if not YEARS[0] <= year <= YEARS[1]:
        raise Http404


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response
