"""Months, families and reasons are counted from what is given, and a proposal answers a donor's own choices."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from demeu.contracts.treasury import GiftPart, OwnGift
from demeu.kernel.ids import new_id
from demeu.portal.patron.charts import BASE, TOP, columns
from demeu.portal.patron.counting import impact, month_before, of_year, reason_of


@dataclass
class Somewhere:
    group: str = "children_youth"
    region_kato: str = "350000000"


def gift(day: str, *parts: tuple[UUID | None, int, str], returned: int = 0) -> OwnGift:
    made = tuple(
        GiftPart.model_validate({"item": None, "case": case, "amount_tiyn": tiyn, "state": state})
        for case, tiyn, state in parts
    )
    return OwnGift(
        gift=new_id(),
        received_at=datetime.fromisoformat(day).replace(tzinfo=UTC),
        amount_tiyn=sum(tiyn for _, tiyn, _ in parts) + returned,
        returned_tiyn=returned,
        parts=made,
    )


def test_each_family_counts_once_however_many_gifts_reached_it() -> None:
    one, other = new_id(), new_id()
    gifts = [
        gift("2026-10-05T10:00", (one, 100, "delivered"), (other, 50, "paid")),
        gift("2026-11-01T10:00", (one, 30, "held"), (None, 20, "received")),
    ]
    found = impact(gifts, {one: Somewhere(), other: Somewhere("elderly", "750000000")}, date(2026, 11, 22))
    assert (found.families, found.gifts, found.money.collected_tiyn) == (2, 2, 200)
    assert [(row.code, row.families, row.amount_tiyn) for row in found.groups] == [
        ("children_youth", 1, 130),
        ("elderly", 1, 50),
    ]
    assert [(row.code, row.amount_tiyn) for row in found.regions] == [("35", 130), ("75", 50)]


def test_months_are_those_of_kazakhstan_and_there_are_twelve() -> None:
    late = gift("2026-10-31T20:30", (new_id(), 100, "paid"))
    found = impact([late], {}, date(2026, 11, 22))
    assert len(found.months) == 12 and found.months[0].first == date(2025, 12, 1)
    assert [month.first for month in found.months if month.money.collected_tiyn] == [date(2026, 11, 1)]
    assert of_year([gift("2025-12-31T20:00", (None, 5, "held"))], 2026)


@pytest.mark.parametrize(("back", "first"), [(0, "2026-01-01"), (1, "2025-12-01"), (13, "2024-12-01")])
def test_months_go_back_over_the_year(back: int, first: str) -> None:
    assert month_before(date(2026, 1, 31), back) == date.fromisoformat(first)


def test_the_tallest_month_fills_the_chart_and_an_empty_one_stands_on_the_ground() -> None:
    newest = gift("2026-11-02T10:00", (None, 60, "received"), (None, 40, "paid"))
    found = impact([newest, gift("2026-10-02T10:00", (None, 50, "held"))], {}, date(2026, 11, 22))
    drawn = columns(found.months)
    assert drawn[-1].bars[-1].y == pytest.approx(TOP) and drawn[-1].bars[0].key == "paid"
    assert sum(bar.height for bar in drawn[-2].bars) == pytest.approx((BASE - TOP) / 2)
    assert drawn[0].bars == ()


def test_a_case_is_proposed_only_for_a_choice_that_it_answers() -> None:
    case = Somewhere()
    chosen = reason_of(case, 500, groups=["children_youth"], regions=[], budget_tiyn=600)
    assert chosen and (chosen.group, chosen.region, chosen.closes_tiyn) == (True, False, 500)
    assert reason_of(case, 700, groups=[], regions=["35"], budget_tiyn=600).closes_tiyn is None  # type: ignore[union-attr]
    for groups, regions, budget in (([], [], None), (["elderly"], [], None), (["children_youth"], ["75"], None)):
        assert reason_of(case, 500, groups=groups, regions=regions, budget_tiyn=budget) is None
    assert reason_of(case, 700, groups=[], regions=[], budget_tiyn=600) is None
    assert reason_of(case, 0, groups=[], regions=[], budget_tiyn=600) is None
