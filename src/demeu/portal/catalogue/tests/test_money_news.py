"""News of money moves figures, items and cases forward, also when it comes late, twice or in another order."""

from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from demeu.kernel import clock
from demeu.portal.cases.queries import case as case_by_id
from demeu.portal.catalogue import queries, tasks
from demeu.portal.catalogue.tests.country import identifier, load, money_event
from demeu.portal.wishes.queries import items_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    found = load(monkeypatch)["cases"]
    chosen: dict[str, Any] = next(row for row in found if len(row["items"]) == 2)
    return chosen


def test_older_figures_do_not_replace_newer_ones(case: dict[str, Any]) -> None:
    moment = clock.now()
    for held, at in ((500, moment), (100, moment - timedelta(minutes=1))):
        tasks.take_figures.run(case=case["case"], money=money_event(case, held), at=at.isoformat())
    figures = queries.figures_of(identifier(case["case"]))
    assert figures is not None and figures.held_tiyn == 500
    assert figures.items[case["items"][0]["item"]][2] == 500


def _news(case: dict[str, Any]) -> list[Any]:
    items = [item["item"] for item in case["items"]]
    return [
        *((tasks.item_funded.run, {"case": case["case"], "item": item, "held": True}) for item in items),
        (tasks.payout_moved.run, {"payout": items[0], "case": case["case"], "items": items, "state": "sent"}),
        (tasks.payout_moved.run, {"payout": items[0], "case": case["case"], "items": items, "state": "settled"}),
    ]


def test_whatever_the_order_of_news_the_case_ends_delivering(case: dict[str, Any]) -> None:
    for number, order in enumerate(permutations(_news(case))):
        if number % 5:
            continue
        for run, facts in order:
            run(**facts)
            run(**facts)
    assert {item.state for item in items_of(identifier(case["case"]))} == {"paid"}
    assert case_by_id(identifier(case["case"])).state == "delivering"


def test_the_last_confirmation_completes_the_case_once(case: dict[str, Any]) -> None:
    for run, facts in _news(case):
        run(**facts)
    for item in [*case["items"], *case["items"]]:
        tasks.delivery_confirmed.run(case=case["case"], item=item["item"])
    row = case_by_id(identifier(case["case"]))
    assert row.state == "completed" and row.completed_at is not None
    assert list(row.updates.values_list("code", flat=True)).count("completed") == 1


def test_news_about_an_unknown_item_changes_nothing(case: dict[str, Any]) -> None:
    tasks.item_funded.run(case=case["case"], item=case["case"], held=True)
    assert case_by_id(identifier(case["case"])).state == "published"
