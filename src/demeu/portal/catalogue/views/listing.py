"""The catalogue: filters with true counts, pages, an address that can be shared; and the same as CSV.

Query: `group`, `region`, `urgency`, `tag`, `left`, `waiting` (each may repeat), `q`, `stage`, `sort`, `page`.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from demeu.contracts.words import NeedGroup
from demeu.portal.cases.queries import public_cases
from demeu.portal.catalogue import filters, queries, wording
from demeu.portal.catalogue.cards import card
from demeu.portal.catalogue.filters import Wanted
from demeu.portal.ui.groups import name_of
from demeu.portal.ui.regions import REGIONS, region_name
from demeu.portal.ui.sheets import Cell, csv_stream

PAGE_SIZE = 24
WIDER_SHOWN = 3


@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """`/cases/`; htmx replaces `#found` only and gets the whole page too, so that it works without scripts."""
    wanted = filters.read(dict(request.GET.lists()))
    counts = queries.counts(wanted)
    pages = Paginator(queries.found_cases(wanted), PAGE_SIZE)
    pages.count = counts["all"]["found"]
    page = pages.get_page(request.GET.get("page"))
    shown = {
        "wanted": wanted,
        "page": page,
        "cards": [card(row) for row in page.object_list],
        "found": counts["all"]["found"],
        "all": counts["all"]["all"],
        "facets": _facets(wanted, counts),
        "regions": _regions(wanted, counts["region"]),
        "stages": [
            {"href": f"?stage={stage}", "label": words, "count": None, "now": stage == wanted.stage}
            for stage, words in wording.STAGES.items()
        ],
        "sorts": list(wording.SORTS.items()),
        "chips": _chips(wanted),
        "ways": [] if counts["all"]["found"] else _wider(wanted),
    }
    return render(request, "catalogue/cases.html", shown)


def _facets(wanted: Wanted, counts: dict[str, dict[str, int]]) -> list[dict[str, Any]]:
    groups = {str(group): name_of(group) for group in NeedGroup}
    tables = (
        ("group", _("For whom"), groups),
        ("tag", _("What matters"), wording.TAGS),
        ("waiting", "", {"90": _("Waits for more than 90 days")}),
        ("urgency", _("How soon"), wording.URGENCY),
        ("left", _("Still to raise"), wording.LEFT),
    )
    return [
        {
            "title": title,
            "rows": [
                {"name": name, "value": value, "label": label, "count": counts[name][value], "on": value in chosen}
                for value, label in words.items()
            ],
        }
        for name, title, words in tables
        if (chosen := getattr(wanted, name)) is not None
    ]


def _regions(wanted: Wanted, counts: dict[str, int]) -> list[tuple[str, str, bool]]:
    rows = [(code, f"{region.name()} ({counts[code]})", code in wanted.region) for code, region in REGIONS.items()]
    return sorted(rows, key=lambda row: row[1])


def _chips(wanted: Wanted) -> list[dict[str, str]]:
    """What is filtered now, each with the address without it."""
    names: dict[str, Any] = {
        "group": name_of,
        "region": region_name,
        "tag": wording.TAGS.get,
        "urgency": wording.URGENCY.get,
        "left": wording.LEFT.get,
        "waiting": lambda _value: _("Waits for more than 90 days"),
    }
    base = reverse("catalogue:list")
    chips = [
        {"label": str(name(value)), "href": f"{base}?{_less(wanted, facet, value)}"}
        for facet, name in names.items()
        for value in sorted(getattr(wanted, facet))
    ]
    if wanted.words:
        chips.append({"label": f"«{wanted.words}»", "href": f"{base}?{wanted.without('words').query}"})
    return chips


def _less(wanted: Wanted, facet: str, value: str) -> str:
    fewer = {**{name: getattr(wanted, name) for name in filters.ALLOWED}, facet: getattr(wanted, facet) - {value}}
    return Wanted(**fewer, words=wanted.words, stage=wanted.stage, sort=wanted.sort).query


def _wider(wanted: Wanted) -> list[dict[str, Any]]:
    """Three wider searches with their counts, those that find something first."""
    offers = [
        (_("The same in the whole country"), wanted.without("region")),
        (_("Everything in this region"), wanted.without("group", "tag", "left", "urgency", "waiting", "words")),
        (_("Without special conditions"), wanted.without("tag", "left", "urgency", "waiting", "words")),
        (_("All open cases"), Wanted()),
    ]
    rows: list[dict[str, Any]] = []
    for label, wider in offers:
        if wider == wanted or wider.query in [row["query"] for row in rows]:
            continue
        count = queries.found_cases(wider).count()
        if count:
            href = f"{reverse('catalogue:list')}?{wider.query}"
            rows.append({"label": label, "href": href, "count": count, "query": wider.query})
    return rows[:WIDER_SHOWN]


CSV_COLUMNS = (
    "number", "state", "group", "subgroup", "region_kato", "urgency", "category", "published_at", "visited_on",
    "needed", "received", "held", "paid", "delivered", "gift_count", "title_kk", "title_ru", "title_en",
)  # fmt: skip
CSV_HEADS = {name: f"{name}_tiyn" for name in ("needed", "received", "held", "paid", "delivered")}


@require_safe
def cases_csv(request: HttpRequest) -> StreamingHttpResponse:
    """`/cases.csv`: every public case with its sums in tiyn, one a line; the filters of the address hold here too."""
    wanted = filters.read(dict(request.GET.lists()))
    cases = queries.with_money(public_cases()) if not wanted.any else queries.found_cases(wanted)
    return csv_stream(_rows(cases), "demeu-cases.csv")


def _rows(cases: Any) -> Iterator[list[Cell]]:
    yield [CSV_HEADS.get(name, name) for name in CSV_COLUMNS]
    for row in cases.order_by("number").values_list(*CSV_COLUMNS).iterator():
        yield [value if isinstance(value, int | date) or value is None else str(value) for value in row]
