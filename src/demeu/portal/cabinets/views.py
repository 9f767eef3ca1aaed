"""Pages of the cabinet. Each translates one question or one action."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from demeu.contracts.vault import NeedFacts
from demeu.contracts.words import Purpose, Registry, Role
from demeu.kernel import clock
from demeu.kernel.errors import Refusal, invalid
from demeu.kernel.money import parse_tenge
from demeu.portal.accounts.entrance import actor_of_request, for_roles, language
from demeu.portal.cabinets import asking
from demeu.portal.cabinets.disputing import dispute_href, disputed
from demeu.portal.cabinets.places import desks, places
from demeu.portal.cabinets.wording import (
    CONSENT_STATES,
    COVER_TEXTS,
    INDICATOR_GROUPS,
    ITEM_STATES,
)
from demeu.portal.cases import actions as cases
from demeu.portal.cases.fact_words import fact_name, fact_value, member_name
from demeu.portal.cases.models import Application
from demeu.portal.cases.queries import applications_of, own_application
from demeu.portal.cases.wording import REGISTRY_TEXTS, STATE_TEXTS, STEP_OF_STATE, STEPS
from demeu.portal.entitlements.queries import minimum_tiyn, services
from demeu.portal.entitlements.rules import entitlements, grounds
from demeu.portal.objections.queries import objections_of
from demeu.portal.objections.wording import PURPOSES, look_in_words
from demeu.portal.ui.refusals import text_of
from demeu.portal.wishes import actions as wishes
from demeu.portal.wishes.models import Item
from demeu.portal.wishes.prices import price_list
from demeu.portal.wishes.queries import items_of
from demeu.portal.wishes.states import EDITABLE, ItemState

own = for_roles(Role.APPLICANT)
# While an application stands here, the assistant who entered it may tell what they saw of the family.
TOLD_STATES = ("waiting_registry", "review")


def _cabinet(request: HttpRequest, name: str, now: str, status: int = 200, **shown: Any) -> HttpResponse:
    return render(request, f"cabinets/{name}.html", {"cabinet_items": places(now), **shown}, status=status)


@require_safe
@own
def home(request: HttpRequest) -> HttpResponse:
    """Who I am here, my applications, the desks that my roles open."""
    actor = actor_of_request(request)
    assert actor.person is not None
    rows = [_row(row) for row in applications_of(actor.person)[:5]]
    return _cabinet(request, "home", "home", card=asking.card(actor), rows=rows, desks=desks(actor))


@require_safe
@own
def applications(request: HttpRequest) -> HttpResponse:
    """All my applications."""
    actor = actor_of_request(request)
    assert actor.person is not None
    return _cabinet(request, "applications", "applications", rows=[_row(row) for row in applications_of(actor.person)])


def _row(row: Application) -> dict[str, Any]:
    case = getattr(row, "case", None)
    return {"application": row, "state": STATE_TEXTS[row.state], "case": case}


@require_safe
@own
def application(request: HttpRequest, application: UUID) -> HttpResponse:
    """Where one application stands, and the ways to its parts."""
    actor = actor_of_request(request)
    row = own_application(application, actor)
    case = getattr(row, "case", None)
    shown: dict[str, Any] = {
        "may_tell": actor.person != row.person and row.consent is not None and row.state in TOLD_STATES,
        "application": row,
        "case": case,
        "state": STATE_TEXTS[row.state],
        "steps": STEPS,
        "step": STEP_OF_STATE[row.state],
        "silent": [REGISTRY_TEXTS[code][0] for code in row.silent_registries],
        "items": _items(case.id) if case else [],
    }
    return _cabinet(request, "application", "applications", **shown)


@require_POST
@own
def withdraw_application(request: HttpRequest, application: UUID) -> HttpResponse:
    """Take the application back."""
    actor = actor_of_request(request)
    row = own_application(application, actor)
    cases.withdraw_application(application=row.id, by=actor.name)
    return redirect("cabinets:application", application=row.id)


@require_safe
@own
def score(request: HttpRequest, application: UUID) -> HttpResponse:
    """The category with all its reasons."""
    actor = actor_of_request(request)
    row = own_application(application, actor)
    assessed = asking.verdict(actor, row, language())
    shown: dict[str, Any] = {"application": row, "assessed": assessed}
    if assessed:
        shown["verdict"] = assessed.verdict
        shown["groups"] = [
            {"title": INDICATOR_GROUPS.get(group.code, group.code), "points": group.points, "rows": group.rows}
            for group in asking.grouped(assessed.verdict)
        ]
    return _cabinet(request, "score", "applications", **shown)


@require_safe
@own
def facts(request: HttpRequest, application: UUID) -> HttpResponse:
    """Everything that the registries answered, with source and time."""
    actor = actor_of_request(request)
    row = own_application(application, actor)
    open_disputes = {key for key, one in disputed(row).items() if one.settled_at is None}
    found = asking.facts(actor, row)
    rows = [
        {
            "href": dispute_href(row, fact.code, fact.member),
            "disputed": (fact.code, fact.member) in open_disputes,
            "fact": fact,
            "member": member_name(fact.member),
            "name": fact_name(fact.code),
            "value": fact_value(fact.code, fact.value),
            "source": REGISTRY_TEXTS[str(fact.source)][0],
        }
        for fact in found
    ]
    marks = {
        "contradictions": any(fact.contradicts for fact in found),
        "stale": any(fact.stale for fact in found),
    }
    return _cabinet(request, "facts", "applications", application=row, rows=rows, **marks)


@require_http_methods(["GET", "HEAD", "POST"])
@own
def wish_list(request: HttpRequest, application: UUID) -> HttpResponse:
    """The wish list; POST edits, removes or restores one item (`item`, `do`, `quantity`, `unit_price`, `detail`)."""
    actor = actor_of_request(request)
    row = own_application(application, actor)
    case = getattr(row, "case", None)
    problem = ""
    if request.method == "POST" and case:
        try:
            _change_item(request, case.id, actor.name)
            return redirect("cabinets:wishes", application=row.id)
        except Refusal as refusal:
            problem = text_of(refusal)
    needs = asking.needs(actor, row)
    shown = {
        "application": row,
        "problem": problem,
        "typed": request.POST,
        "items": _items(case.id) if case else [],
        "covers": _covers(case.id, needs, _counting_category(row)) if case else [],
    }
    return _cabinet(request, "wishes", "applications", status=422 if problem else 200, **shown)


def _counting_category(row: Application) -> int | None:
    """The category as far as it may take something away: none while a fact is disputed and nobody has decided."""
    return None if any(one.settled_at is None for one in disputed(row).values()) else row.category


def _change_item(request: HttpRequest, case: UUID, by: str) -> None:
    """One change of one item of this very case."""
    item = items_of(case).filter(id=_uuid(request.POST.get("item", ""))).first()
    if item is None:
        raise invalid("wish.unknown")
    do = request.POST.get("do", "")
    if do == "remove":
        wishes.remove_item(item=item.id, by=by)
    elif do == "restore":
        wishes.restore_item(item=item.id, by=by)
    elif do != "edit":
        raise invalid("wish.unknown")
    else:
        quantity = request.POST.get("quantity", "")
        if not quantity.isascii() or not quantity.isdigit() or len(quantity) > 4:
            raise invalid("wish.quantity_unreadable")
        wishes.edit_item(
            item=item.id,
            quantity=int(quantity),
            unit_price_tiyn=parse_tenge(request.POST.get("unit_price", "")),
            detail=request.POST.get("detail", ""),
            by=by,
        )


def _items(case: UUID) -> list[dict[str, Any]]:
    """Items with their names and limits in the reader's language."""
    return [_item(item) for item in items_of(case)]


def _item(item: Item) -> dict[str, Any]:
    line = price_list().price(item.code)
    return {
        "item": item,
        "name": line.names[language()],
        "state": ITEM_STATES[item.state],
        "editable": ItemState(item.state) in EDITABLE,
        "removed": item.state == ItemState.REMOVED,
        "price_max_tiyn": line.unit_price_max_tiyn,
        "details": line.details,
        "source": REGISTRY_TEXTS.get(item.source, (item.source,))[0],
        "services": [number for number in item.covered_by.split(",") if number],
    }


def _covers(case: UUID, needs: NeedFacts | None, category: int | None) -> list[dict[str, Any]]:
    """State services that have to do with the needs of this case."""
    if needs is None:
        return []
    attributes = grounds(needs.attributes, needs.income_per_member_tiyn, minimum_tiyn(clock.today()))
    codes = [price_list().price(item.code).service_need for item in items_of(case)]
    found = entitlements(services(), sorted({code for code in codes if code}), attributes, category)
    return [
        {
            "number": row.service.number,
            "name": row.service.names[language()],
            "cover": COVER_TEXTS[row.cover],
            "sure": row.cover == "covered",
            "term": row.service.term_working_days,
            "source": row.service.source,
        }
        for row in found
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@own
def consents(request: HttpRequest) -> HttpResponse:
    """My consents; POST withdraws one (`consent`), or with `do` refuse says no to one that is asked."""
    actor, problem = actor_of_request(request), ""
    if request.method == "POST":
        try:
            answer = asking.refuse if request.POST.get("do") == "refuse" else asking.withdraw
            answer(actor, _uuid(request.POST.get("consent", "")))
            return redirect("cabinets:consents")
        except Refusal as refusal:
            problem = text_of(refusal)
    rows = [
        {
            "consent": row,
            "state": CONSENT_STATES[row.state],
            "purpose": PURPOSES.get(row.purpose, row.purpose),
            "asked_by_school": row.state == "asked" and row.purpose is Purpose.PUPIL_AID,
            "registries": [_registry(code, row.fields.get(code, ())) for code in row.registries],
        }
        for row in asking.consents(actor)
    ]
    return _cabinet(request, "consents", "consents", status=422 if problem else 200, rows=rows, problem=problem)


def _registry(registry: Registry, fields: tuple[str, ...]) -> str:
    """A registry of a consent, with what of it the consent is about where it was narrowed."""
    name = str(REGISTRY_TEXTS[registry.value][0])
    if not fields:
        return name
    only = ", ".join(fact_name(code) for code in fields)
    return _("%(registry)s (only: %(fields)s)") % {"registry": name, "fields": only}


@require_safe
@own
def consent_receipt(request: HttpRequest, consent: UUID) -> HttpResponse:
    """The receipt of one of my consents as a file."""
    actor = actor_of_request(request)
    if consent not in {row.consent for row in asking.consents(actor)}:
        raise invalid("consent.foreign")
    response = HttpResponse(asking.receipt(actor, consent), content_type="application/ld+json")
    response["Content-Disposition"] = f'attachment; filename="consent-{consent}.jsonld"'
    return response


@require_safe
@own
def access(request: HttpRequest) -> HttpResponse:
    """Who looked at my data, when and why; each look of another can be objected to in one tap."""
    actor = actor_of_request(request)
    assert actor.person is not None
    made, page = objections_of(actor.person), asking.trail(actor, before=_before(request.GET.get("before", "")))
    lines = [
        {"look": look_in_words(line, actor.name), "record": line.record, "objection": made.get(line.record)}
        for line in page.lines
    ]
    older = page.lines[-1].record if page.older else None
    return _cabinet(request, "access", "access", lines=lines, older=older)


def _before(text: str) -> int | None:
    """The number of the last look already seen; anything else begins anew."""
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) <= 18 and int(text) else None


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise invalid("wish.unknown") from None
