"""Endpoints of public data: cases, things, money, regions, words. Every list goes by cursor."""

from typing import Annotated, Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest
from ninja import Path, Query, Router

from demeu.contracts.words import NeedGroup, Urgency
from demeu.kernel.errors import not_found, unavailable
from demeu.portal.cases.queries import cases_by_id, public_case, public_cases
from demeu.portal.catalogue import ledger
from demeu.portal.legal.queries import current_version
from demeu.portal.public_api import schemas, showing
from demeu.portal.public_api.answers import answers
from demeu.portal.public_api.categories import categories
from demeu.portal.public_api.figures import figures
from demeu.portal.public_api.registry import organizations
from demeu.portal.public_api.rules import (
    CURSOR_LENGTH_MAX,
    PAGE_SIZE,
    PAGE_SIZE_MAX,
    cursor_of,
    number_place,
    place_of,
    uuid_place,
)
from demeu.portal.wishes.queries import asked_items, asked_items_after, item_of
from demeu.portal.wishes.states import ASKED_OF_DONORS

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
Cursor = Annotated[str, Query("", max_length=CURSOR_LENGTH_MAX, description="Cursor of the page; none for the first")]
Limit = Annotated[int, Query(PAGE_SIZE, ge=1, le=PAGE_SIZE_MAX, description="How many rows on the page at most")]
Number = Annotated[str, Path(pattern=r"^[0-9-]{1,10}$", description="Number of the case")]
Kato = Annotated[
    str | None, Query(None, pattern=r"^[0-9]{2}([0-9]{7})?$", description="Region by KATO, two or nine digits")
]
router = Router(tags=["Public data"])


@router.get("/", response=answers(schemas.Start), operation_id="start", summary="Where everything is")
def start(request: HttpRequest) -> schemas.Start:
    """Addresses, the licence, the offer in force, and what the key of this request opens."""
    key = getattr(request, "api_key", None)
    return schemas.Start(
        offer_version=current_version("offer"),
        offer_url=showing.address("legal:offer"),
        documentation_url=showing.address("public-api:about"),
        openapi_url=f"{settings.DEMEU_PORTAL_PUBLIC_URL}/api/v1/openapi.json",
        open_data_url=f"{settings.DEMEU_PORTAL_PUBLIC_URL}/open-data/",
        licence=LICENCE,
        key=key.kind if key else "none",
        scopes=key.scopes if key else [],
    )


@router.get("/cases", response=answers(schemas.CasePage), operation_id="list_cases", summary="Published cases")
def list_cases(
    request: HttpRequest,
    cursor: Cursor = "",
    limit: Limit = PAGE_SIZE,
    stage: Annotated[schemas.CaseStage | None, Query(None, description="Only cases at this stage")] = None,
    group: Annotated[NeedGroup | None, Query(None, description="Only cases of this group of need")] = None,
    region: Kato = None,
    urgency: Annotated[Urgency | None, Query(None, description="Only cases of this urgency")] = None,
) -> schemas.CasePage:
    """Cases in the order of their numbers; new ones come at the end, so a stored cursor goes on where it stood."""
    exact = {"state": stage, "group": group, "urgency": urgency}
    rows = public_cases().filter(**{name: value for name, value in exact.items() if value is not None})
    if region:
        rows = rows.filter(region_kato__startswith=region[:2])
    after = place_of("cases", cursor)
    page, more = _page(rows.filter(number__gt=after).order_by("number"), limit)
    return schemas.CasePage(
        data=showing.cases(page), next=cursor_of("cases", page[-1].number) if more else None
    )  # fmt: skip


@router.get("/cases/{number}", response=answers(schemas.Case), operation_id="get_case", summary="One case")
def get_case(request: HttpRequest, number: Number) -> schemas.Case:
    """A published case by its number."""
    return showing.cases([public_case(number)])[0]


@router.get(
    "/cases/{number}/items", response=answers(schemas.ItemPage), operation_id="list_case_items",
    summary="Things of a case",
)  # fmt: skip
def list_case_items(request: HttpRequest, number: Number) -> schemas.ItemPage:
    """The whole list of a case, on one page."""
    row = public_case(number)
    return schemas.ItemPage(data=showing.items(asked_items(row.id), {row.id: row.number}), next=None)


@router.get(
    "/cases/{number}/trail", response=answers(schemas.Trail), operation_id="get_case_trail", summary="Money of a case"
)
def get_case_trail(request: HttpRequest, number: Number) -> schemas.Trail:
    """Every proved step of a case's money, with the numbers of its records in the transparency log."""
    steps = ledger.trail(public_case(number).id)
    if steps is None:
        raise unavailable("call.service_down", service="treasury")
    return schemas.Trail(data=showing.lines(steps))


@router.get("/items", response=answers(schemas.ItemPage), operation_id="list_items", summary="Things that are needed")
def list_items(
    request: HttpRequest,
    cursor: Cursor = "",
    limit: Limit = PAGE_SIZE,
    stage: Annotated[schemas.ItemStage | None, Query(None, description="Only things at this stage")] = None,
    code: Annotated[
        str | None, Query(None, max_length=40, pattern=r"^[a-z0-9_]+$", description="Only this kind of thing")
    ] = None,
) -> schemas.ItemPage:
    """Things of all published cases, in the order of their references."""
    rows = asked_items_after(uuid_place("items", cursor)).filter(case__in=public_cases().values("id"))
    rows = rows.filter(**{name: value for name, value in {"state": stage, "code": code}.items() if value is not None})
    page, more = _page(rows, limit)
    numbers = {key: row.number for key, row in cases_by_id([item.case for item in page]).items()}
    shown = showing.items([item for item in page if item.case in numbers], numbers)
    return schemas.ItemPage(data=shown, next=cursor_of("items", str(page[-1].id)) if more else None)


@router.get("/items/{item}", response=answers(schemas.Item), operation_id="get_item", summary="One thing")
def get_item(request: HttpRequest, item: UUID) -> schemas.Item:
    """A thing of a published case by its reference."""
    row = item_of(item)
    numbers = {key: case.number for key, case in cases_by_id([row.case]).items()}
    if row.case not in numbers or row.state not in ASKED_OF_DONORS:
        raise not_found("wish.unknown")
    return showing.items([row], numbers)[0]


@router.get("/figures", response=answers(schemas.Figures), operation_id="get_figures", summary="Public totals")
def get_figures(request: HttpRequest) -> schemas.Figures:
    """Totals, at most a minute old. Counts from one to ten are hidden, and one more where that would give them away."""
    return figures()


@router.get("/log", response=answers(schemas.LogHead), operation_id="get_log", summary="Head of the transparency log")
def get_log(request: HttpRequest) -> schemas.LogHead:
    """Size and root of the log, and where to read it."""
    platform = ledger.platform()
    if platform is None:
        raise unavailable("call.service_down", service="treasury")
    place = f"{settings.DEMEU_ADDRESSES['treasury']}/log"
    return schemas.LogHead(size=platform.log_size, root=platform.log_root, address=place)


@router.get("/ledger", response=answers(schemas.LedgerPage), operation_id="list_ledger", summary="Steps of all money")
def list_ledger(request: HttpRequest, cursor: Cursor = "", limit: Limit = PAGE_SIZE) -> schemas.LedgerPage:
    """Every proved step of money, in the order of the log; nothing here leads to a donor."""
    steps = ledger.lines(number_place("ledger", cursor), limit + 1)
    if steps is None:
        raise unavailable("call.service_down", service="treasury")
    shown, more = steps[:limit], len(steps) > limit
    return schemas.LedgerPage(
        data=showing.lines(shown), next=cursor_of("ledger", str(shown[-1].log_index)) if more else None
    )


@router.get(
    "/organizations", response=answers(schemas.OrganizationPage), operation_id="list_organizations",
    summary="The public registry of organizations",
)  # fmt: skip
def list_organizations(request: HttpRequest, cursor: Cursor = "", limit: Limit = PAGE_SIZE) -> schemas.OrganizationPage:
    """Who checks needs, with what second visits and reports of problems showed; at most a minute old."""
    after = place_of("organizations", cursor)
    rows = [row for row in organizations() if row.name > after]
    page, more = rows[:limit], len(rows) > limit
    return schemas.OrganizationPage(data=page, next=cursor_of("organizations", page[-1].name) if more else None)


@router.get("/regions", response=answers(schemas.Regions), operation_id="list_regions", summary="The twenty regions")
def list_regions(request: HttpRequest) -> schemas.Regions:
    """Codes, names and centres."""
    return schemas.Regions(data=showing.regions())


@router.get("/categories", response=answers(schemas.Categories), operation_id="list_categories", summary="Closed lists")
def list_categories(request: HttpRequest) -> schemas.Categories:
    """Every word that the API uses, with its names: groups, urgency, stages, kinds of things, ways to pay."""
    return schemas.Categories(data=categories())


def _page(rows: QuerySet[Any], limit: int) -> tuple[list[Any], bool]:
    """One page, and whether there is more."""
    found = list(rows[: limit + 1])
    return found[:limit], len(found) > limit
