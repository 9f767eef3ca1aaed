"""The public page of a case, its whole trail, and reporting a problem. Serves with treasury and vault away."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from demeu.contracts.treasury import TrailStep
from demeu.kernel import clock
from demeu.kernel.errors import Refusal, not_found
from demeu.kernel.ids import new_id
from demeu.portal.accounts.entrance import actor_of_request
from demeu.portal.cases.queries import public_case
from demeu.portal.catalogue import actions, ledger, queries, rules, wording
from demeu.portal.catalogue.cards import card, item_name, item_rows, words_in
from demeu.portal.catalogue.forms import ReportForm
from demeu.portal.catalogue.share_card import share_card
from demeu.portal.catalogue.terms import Days, last_day, terms
from demeu.portal.catalogue.trails import item_trail, trail_rows
from demeu.portal.entitlements.queries import service
from demeu.portal.records.queries import openings
from demeu.portal.ui.groups import name_of
from demeu.portal.ui.kept_pages import kept_for_guests
from demeu.portal.ui.money_states import MoneyStates
from demeu.portal.ui.refusals import text_of
from demeu.portal.ui.sheets import Cell, csv_file
from demeu.portal.ui.wording import language
from demeu.portal.wishes.queries import items_of
from demeu.portal.wishes.states import ASKED_OF_DONORS, ItemState

GIFTS_SHOWN = 6
SHARE_S = 600
FURTHEST = [
    ItemState.OPEN,
    ItemState.RESERVED,
    ItemState.FUNDED,
    ItemState.ORDERED,
    ItemState.PAID,
    ItemState.DELIVERED,
]


@require_safe
@kept_for_guests(queries.case_key)
def case(request: HttpRequest, number: str) -> HttpResponse:
    """`/cases/<number>/`, `?item=<uuid>` chooses the thing whose tenge are followed."""
    row = public_case(number)
    items = list(items_of(row.id))
    asked = [item for item in items if item.state in ASKED_OF_DONORS]
    figures = queries.figures_of(row.id)
    steps = ledger.trail(row.id)
    chosen = _chosen(request.GET.get("item", ""), asked)
    shown = {
        "case": row,
        "title": words_in(row, "title"),
        "story": words_in(row, "story"),
        "waiting": queries.waiting_days(row),
        "money": _money(figures, asked),
        "gift_count": figures.gifts if figures else 0,
        "items": item_rows(asked, figures.items if figures else {}),
        "sources": [wording.REGISTRIES[name] for name in sorted({item.source for item in items if item.source})],
        "state_gives": _state_gives(items),
        "steps": item_trail(steps, chosen.id, reverse("catalogue:journal")) if steps is not None and chosen else None,
        "trail_away": steps is None,
        "item_tabs": _item_tabs(asked, chosen),
        "gifts": [step for step in reversed(steps or ()) if step.kind == "received"][:GIFTS_SHOWN],
        "updates": _updates(row, items),
        "releases": queries.releases_of(row.id),
        "questions": queries.answered_questions(row.id),
        "similar": [card(other) for other in queries.similar(row)],
        "share": request.build_absolute_uri(reverse("catalogue:case", args=[row.number])),
        "picture": request.build_absolute_uri(reverse("catalogue:share", args=[row.number, language()])),
        "terms": _terms(row, len(asked)),
        "crumbs": [
            {"href": reverse("catalogue:list"), "label": _("Cases")},
            {"href": f"{reverse('catalogue:list')}?group={row.group}", "label": name_of(row.group)},
            {"href": "", "label": f"№ {row.number}"},
        ],
    }
    return render(request, "catalogue/case.html", shown)


def _money(figures: Any, asked: list[Any]) -> MoneyStates:
    if figures is None:
        return MoneyStates(goal_tiyn=sum(item.amount_tiyn for item in asked))
    return MoneyStates(
        figures.delivered_tiyn, figures.paid_tiyn, figures.held_tiyn, figures.received_tiyn, figures.needed_tiyn
    )


def _chosen(wanted: str, asked: list[Any]) -> Any:
    """The item of the address; else the one that is furthest on its way."""
    named = [item for item in asked if str(item.id) == wanted]
    return named[0] if named else max(asked, key=_distance, default=None)


def _distance(item: Any) -> int:
    return FURTHEST.index(item.state) if item.state in FURTHEST else len(FURTHEST)


def _item_tabs(asked: list[Any], chosen: Any) -> list[dict[str, Any]]:
    return [
        {"href": f"?item={item.id}#trail", "label": item_name(item.code), "count": None, "now": item is chosen}
        for item in asked
    ]


def _state_gives(items: list[Any]) -> str:
    """What was taken out of the list because a state service covers it."""
    lines = []
    for item in items:
        if item.state == ItemState.COVERED_BY_STATE:
            names = [service(int(number)).names[language()] for number in item.covered_by.split(",") if number]
            lines.append(f"{item_name(item.code)}: {'; '.join(names)}.")
    return " ".join(lines)


def _updates(row: Any, items: list[Any]) -> list[dict[str, Any]]:
    """The public history; what happened to several things on one day is one line."""
    names = {item.id: item_name(item.code) for item in items}
    told: dict[tuple[str, Any], list[str]] = {}
    moments: dict[tuple[str, Any], Any] = {}
    for line in row.updates.all():
        if line.code in wording.UPDATES:
            key = (line.code, line.at.astimezone(clock.ALMATY).date())
            moments.setdefault(key, line.at)
            told.setdefault(key, []).append(str(names.get(line.item, "")))
    return [
        {"at": moments[key], "text": str(wording.UPDATES[key[0]]) % {"item": ", ".join(sorted(set(things)))}}
        for key, things in told.items()
    ]


def _terms(row: Any, asked: int) -> list[dict[str, Any]]:
    """Promised terms beside what each took or has taken so far."""
    moments = [(line.code, line.at.astimezone(clock.ALMATY).date()) for line in row.updates.all()]
    days = Days(
        visited=row.visited_on,
        published=row.published_at.astimezone(clock.ALMATY).date() if row.published_at else None,
        funded=last_day(moments, "case_funded", 1),
        paid=last_day(moments, "item_paid", asked),
        delivered=last_day(moments, "item_delivered", asked),
        completed=last_day(moments, "completed", 1),
    )
    rows = terms(days, clock.today())
    return [dict(zip(("name", "promised"), wording.TERMS[term.step], strict=True), term=term) for term in rows]


@require_safe
def share(request: HttpRequest, number: str, lang: str) -> HttpResponse:
    """`/cases/<number>/share-<lang>.png`: the card that networks and messengers show beside the link."""
    row = public_case(number)
    if lang not in rules.LANGS:
        raise not_found("case.unknown")
    response = HttpResponse(share_card(row, _money(queries.figures_of(row.id), []), lang), content_type="image/png")
    response["Cache-Control"] = f"public, max-age={SHARE_S}"
    return response


@require_safe
def trail(request: HttpRequest, number: str) -> HttpResponse:
    """`/cases/<number>/trail/`: every step of the case's money with its record number."""
    row = public_case(number)
    steps = ledger.trail(row.id)
    names = {item.id: item_name(item.code) for item in items_of(row.id)}
    shown = {
        "case": row,
        "rows": trail_rows(steps or (), names),
        "away": steps is None,
        "title": words_in(row, "title"),
    }
    return render(request, "catalogue/trail.html", shown)


@require_safe
def trail_csv(request: HttpRequest, number: str) -> HttpResponse:
    """`/cases/<number>/trail.csv`: the same, sums in tiyn, moments in UTC."""
    row = public_case(number)
    steps = ledger.trail(row.id)
    if steps is None:
        return redirect("catalogue:trail", number=number)
    head: list[Cell] = ["at", "kind", "item", "amount_tiyn", "log_index"]
    return csv_file([head, *(_line(step) for step in steps)], f"demeu-{row.number}.csv")


@require_safe
def records(request: HttpRequest, number: str) -> HttpResponse:
    """`/cases/<number>/records.json`: the openings of this case's states in the log, for anybody to recompute."""
    row = public_case(number)
    return JsonResponse({"case": row.number, "records": openings(f"case:{row.id}")}, json_dumps_params={"indent": 1})


def _line(step: TrailStep) -> list[Cell]:
    return [step.at, step.kind, str(step.item or ""), step.amount_tiyn, step.log_index]


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, number: str) -> HttpResponse:
    """`/cases/<number>/report/`: fields `complaint`, `code`, `words`."""
    row = public_case(number)
    form = ReportForm(request.POST or None, initial={"complaint": new_id()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.file_complaint(
                complaint=form.cleaned_data["complaint"],
                case=row.id,
                code=form.cleaned_data["code"],
                words=form.cleaned_data["words"],
                by=actor_of_request(request).name,
            )
            messages.success(request, _("Thank you. A person reads it and answers within 2 days."))
            return redirect("catalogue:report-state", number=number, complaint=form.cleaned_data["complaint"])
        except Refusal as refusal:
            form.add_error(None, text_of(refusal))
    shown = {"case": row, "form": form, "title": words_in(row, "title")}
    return render(request, "catalogue/report.html", shown, status=422 if form.errors else 200)


@require_safe
def item_address(request: HttpRequest, item: UUID) -> HttpResponse:
    """`/items/<uuid>/`: the case that asks for this thing."""
    from demeu.portal.cases.queries import cases_by_id
    from demeu.portal.wishes.queries import items_by_id

    found = items_by_id([item]).get(item)
    row = cases_by_id([found.case]).get(found.case) if found else None
    if row is None:
        raise not_found("case.unknown")
    return redirect(f"{reverse('catalogue:case', args=[row.number])}?item={item}#trail")
