"""The catalogue: filters with true counts, pages behind a place, an address that can be shared; and the same as CSV.

Query: the facets of `filters.read` (each may repeat), `q`, `stage`, `sort`, `after`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from demeu.contracts.words import NeedGroup
from demeu.portal.cases.queries import public_cases
from demeu.portal.catalogue import filters, queries, rules, wording
from demeu.portal.catalogue.cards import card
from demeu.portal.catalogue.codes import SUBGROUP_TREE
from demeu.portal.catalogue.filters import Wanted
from demeu.portal.ui.districts import districts
from demeu.portal.ui.groups import name_of
from demeu.portal.ui.kept_pages import kept_for_guests
from demeu.portal.ui.regions import REGIONS, region_name
from demeu.portal.ui.sheets import Cell, csv_stream

PAGE_SIZE = 24
WIDER_SHOWN = 3
VERIFIERS_SHOWN = 20
CSV_AT_ONCE = 2000


@require_safe
@kept_for_guests(queries.edition_key)
def cases(request: HttpRequest) -> HttpResponse:
    """`/cases/`; htmx replaces `#found` only and gets the whole page too, so that it works without scripts."""
    wanted, after = filters.read(dict(request.GET.lists())), request.GET.get("after", "")
    found = queries.found(wanted, after, PAGE_SIZE)
    shown = {
        "wanted": wanted,
        "cards": [card(row) for row in found.cases],
        "found": found.number,
        "all": found.counts["all"]["all"],
        "at": found.at,
        "next": _next(wanted, found.next),
        "later": bool(filters.place_after(after)),
        "facets": _facets(wanted, found.counts),
        "regions": _regions(wanted, found.counts["region"]),
        "districts": _districts(wanted, found.counts["district"]),
        "stages": [
            {
                "href": f"?{replace(wanted, stage=stage).query}",
                "label": words,
                "count": None,
                "now": stage == wanted.stage,
            }
            for stage, words in wording.STAGES.items()
        ],
        "sorts": list(wording.SORTS.items()),
        "chips": chips(wanted),
        "keep": wanted.query if wanted.any and not wanted.unknown else "",
        "ways": [] if found.number else _wider(wanted),
    }
    return render(request, "catalogue/cases.html", shown)


def _next(wanted: Wanted, after: str) -> str:
    return f"?{'&'.join(filter(None, (wanted.query, f'after={after}')))}" if after else ""


def _facets(wanted: Wanted, counts: dict[str, dict[str, int]]) -> list[dict[str, Any]]:
    groups = {str(group): name_of(group) for group in NeedGroup}
    shown: list[tuple[str, str, Mapping[str, Any]]] = [
        ("tag", _("What matters"), wording.TAGS),
        ("group", _("For whom"), groups),
        ("subgroup", _("More exactly"), _subgroups(wanted)),
        ("urgency", _("How soon"), wording.URGENCY),
        ("waiting", _("How long it waits"), wording.WAITING),
        ("kind", _("What is needed"), wording.KINDS),
        ("left", _("Still to raise"), wording.LEFT),
        ("verifier", _("Who verified it"), _verifiers(wanted, counts["verifier"])),
    ]
    return [
        {
            "title": title,
            "name": name,
            "open": name in ("tag", "group", "subgroup") or bool(getattr(wanted, name)),
            "rows": [
                {
                    "name": name,
                    "value": value,
                    "label": label,
                    "count": counts[name].get(value, 0),
                    "on": value in chosen,
                }
                for value, label in words.items()
            ],
        }
        for name, title, words in shown
        if words and (chosen := getattr(wanted, name)) is not None
    ]


def _subgroups(wanted: Wanted) -> dict[str, Any]:
    """Subgroups of the groups that are ticked, and those that are ticked themselves."""
    own = [code for group in SUBGROUP_TREE if group in wanted.group for code in SUBGROUP_TREE[group]]
    others = [code for code in wording.SUBGROUPS if code in wanted.subgroup and code not in own]
    return {code: wording.SUBGROUPS[code] for code in (*own, *others)}


def _verifiers(wanted: Wanted, counts: dict[str, int]) -> dict[str, str]:
    """Those with most cases found, and those that are ticked."""
    names = queries.verifier_names()
    most = sorted(counts, key=lambda number: -counts[number])[:VERIFIERS_SHOWN]
    return {number: names[number] for number in (*most, *sorted(wanted.verifier - set(most))) if number in names}


def _regions(wanted: Wanted, counts: dict[str, int]) -> list[tuple[str, str, bool]]:
    rows = [(code, f"{region.name()} ({counts[code]})", code in wanted.region) for code, region in REGIONS.items()]
    return sorted(rows, key=lambda row: row[1])


def _districts(wanted: Wanted, counts: dict[str, int]) -> list[tuple[str, str, bool]]:
    """Districts of the chosen regions where cases were found, with their numbers."""
    own = {code for code in counts if code.zfill(9)[:2] in wanted.region} | wanted.district
    return [(code, f"{district_name(code)} ({counts.get(code, 0)})", code in wanted.district) for code in sorted(own)]


def district_name(code: str) -> str:
    """By the state classifier; one that it does not have is told by its region and code."""
    known = districts().get(code.zfill(9))
    shown = {"region": region_name(code.zfill(9)), "code": code.zfill(9)}
    return known.name if known else _("%(region)s, district %(code)s") % shown


def chips(wanted: Wanted) -> list[dict[str, str]]:
    """What is filtered now, each with the address without it."""
    verifiers = queries.verifier_names() if wanted.verifier else {}
    names: dict[str, Any] = {
        "group": name_of,
        "subgroup": wording.SUBGROUPS.get,
        "region": region_name,
        "district": district_name,
        "tag": wording.TAGS.get,
        "urgency": wording.URGENCY.get,
        "left": wording.LEFT.get,
        "kind": wording.KINDS.get,
        "waiting": wording.WAITING.get,
        "verifier": lambda number: verifiers.get(number, f"№ {number}"),
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
    fewer: dict[str, Any] = {facet: getattr(wanted, facet) - {value}}
    return replace(wanted, unknown=False, **fewer).query


def _wider(wanted: Wanted) -> list[dict[str, Any]]:
    """Three wider searches with their counts, those that find something first."""
    narrow = [facet for facet in filters.FACETS if facet not in ("region", "district")]
    conditions = [facet for facet in narrow if facet != "group"]
    offers = [
        (_("The same in the whole country"), wanted.without("region", "district")),
        (_("Everything in this region"), wanted.without(*narrow, "words")),
        (_("Without special conditions"), wanted.without(*conditions, "words")),
        (_("All open cases"), Wanted()),
    ]
    rows: list[dict[str, Any]] = []
    for label, wider in offers:
        if wider == wanted or wider.query in [row["query"] for row in rows]:
            continue
        count = queries.number_found(wider)
        if count:
            href = f"{reverse('catalogue:list')}?{wider.query}"
            rows.append({"label": label, "href": href, "count": count, "query": wider.query})
    return rows[:WIDER_SHOWN]


@require_safe
def fair_order(request: HttpRequest) -> HttpResponse:
    """`/cases/order/`: the published order, with the points of the first cases of today."""
    first = queries.slots_found(Wanted(), 3)
    shown = {
        "rules": rules,
        "urgency": [(wording.URGENCY[word], points) for word, points in rules.URGENCY_POINTS.items()],
        "category_most": rules.POINTS_PER_CATEGORY * 5,
        "rows": [queries.points_of_case(row) for row in queries.cases_of_slots(first)],
    }
    return render(request, "catalogue/fair_order.html", shown)


CSV_COLUMNS = (
    "number", "state", "group", "subgroup", "region_kato", "urgency", "category", "published_at", "visited_on",
    "needed", "received", "held", "paid", "delivered", "gift_count", "title_kk", "title_ru", "title_en",
)  # fmt: skip
CSV_HEADS = {name: f"{name}_tiyn" for name in ("needed", "received", "held", "paid", "delivered")}


@require_safe
def cases_csv(request: HttpRequest) -> StreamingHttpResponse:
    """`/cases.csv`: every public case with its sums in tiyn, one a line; the filters of the address hold here too."""
    wanted = filters.read(dict(request.GET.lists()))
    return csv_stream(_rows(_found_whole(wanted) if wanted.any else _all_public()), "demeu-cases.csv")


def _all_public() -> Iterator[Any]:
    yield from queries.with_money(public_cases()).order_by("number").values_list(*CSV_COLUMNS).iterator()


def _found_whole(wanted: Wanted) -> Iterator[Any]:
    """Everything that was found, some thousands at a time, in the order asked for."""
    slots = queries.slots_found(wanted, queries.CASES_MAX)
    for start in range(0, len(slots), CSV_AT_ONCE):
        for row in queries.cases_of_slots(slots[start : start + CSV_AT_ONCE]):
            yield [getattr(row, name) for name in CSV_COLUMNS]


def _rows(cases: Iterator[Any]) -> Iterator[list[Cell]]:
    yield [CSV_HEADS.get(name, name) for name in CSV_COLUMNS]
    for row in cases:
        yield [value if isinstance(value, int | date) or value is None else str(value) for value in row]
