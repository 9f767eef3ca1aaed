"""Cases, items and movements as the public templates take them."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from demeu.contracts.treasury import TrailStep
from demeu.portal.cases.queries import cases_by_id
from demeu.portal.catalogue import wording
from demeu.portal.catalogue.queries import money_of, waiting_days
from demeu.portal.ui.money_states import MoneyStates
from demeu.portal.ui.regions import region_name
from demeu.portal.ui.wording import language
from demeu.portal.wishes.prices import price_list
from demeu.portal.wishes.queries import items_by_id


def words_in(row: Any, part: str, lang: str | None = None) -> str:
    """`title` or `story` of a case in the reader's language, in Russian when that one is missing."""
    return str(getattr(row, f"{part}_{lang or language()}", "") or getattr(row, f"{part}_ru"))


def item_name(code: str) -> str:
    """What the price list calls an item, in the reader's language."""
    names = price_list().price(code).names
    return names.get(language(), names["ru"])


def card(row: Any) -> dict[str, Any]:
    """A case annotated by `queries.with_money`, for `<c-case-card>`."""
    return {
        "href": reverse("catalogue:case", args=[row.number]),
        "group": row.group,
        "region": region_name(row.region_kato),
        "waiting": waiting_days(row),
        "title": words_in(row, "title"),
        "need": words_in(row, "story").split(". ")[0].rstrip(".") + ".",
        "money": money_of(row),
        "visited_on": row.visited_on,
        "number": row.number,
    }


def item_rows(items: Sequence[Any], figures: dict[str, list[int]]) -> list[dict[str, Any]]:
    """Items that donors are asked for, with their sums; without figures only what is needed is known."""
    rows = []
    for item in items:
        needed, received, held, paid, delivered = figures.get(str(item.id), [item.amount_tiyn, 0, 0, 0, 0])
        state, label = wording.ITEM_STATES[item.state]
        rows.append(
            {
                "item": item,
                "name": item_name(item.code),
                "money": MoneyStates(delivered, paid, held, received, needed),
                "state": state,
                "label": label,
            }
        )
    return rows


def movements(steps: Iterable[TrailStep]) -> list[dict[str, Any]]:
    """Steps of money with the thing and the region they concern. Two queries for all."""
    listed = list(steps)
    items = items_by_id([step.item for step in listed if step.item])
    cases = cases_by_id([item.case for item in items.values()])
    rows = []
    for step in listed:
        item = items.get(step.item) if step.item else None
        case = cases.get(item.case) if item else None
        state, words = wording.MOVEMENTS[step.kind]
        rows.append(
            {
                "step": step,
                "state": state,
                "words": words,
                "thing": item_name(item.code) if item else "",
                "region": region_name(case.region_kato) if case else "",
                "number": case.number if case else "",
            }
        )
    return rows
