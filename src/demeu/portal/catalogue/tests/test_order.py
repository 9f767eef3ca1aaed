"""The fair order is the published rule, not what the database happens to do."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.kernel import clock
from demeu.portal.catalogue import queries, rules
from demeu.portal.catalogue.filters import Wanted
from demeu.portal.catalogue.models import Shelved
from demeu.portal.catalogue.shelf.loading import edition
from demeu.portal.catalogue.tests.country import load

NOON = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_the_shelf_counts_the_points_of_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    load(monkeypatch)
    with clock.frozen(NOON):
        found = queries.found(Wanted(), size=1000)
        points = [_points(row) for row in found.cases]
        shelf = edition()
    counted = dict(zip(shelf.rows["slot"].tolist(), shelf.points.tolist(), strict=True))
    slots = dict(Shelved.objects.values_list("case", "slot"))
    assert [counted[slots[row.id]] for row in found.cases] == points
    assert points == sorted(points, reverse=True) and len(points) == found.number > 20


def _points(row: Any) -> int:
    return rules.fair_points_milli(
        number=row.number,
        category=row.category,
        urgency=row.urgency,
        waiting_days=queries.waiting_days(row),
        share_millionths=rules.share_millionths(row.needed, row.collected),
        day=clock.today(),
    )


cases = st.fixed_dictionaries(
    {
        "number": st.from_regex(r"26-1\d{4}", fullmatch=True),
        "category": st.none() | st.integers(1, 6),
        "urgency": st.sampled_from(list(rules.URGENCY_POINTS)),
        "waiting_days": st.integers(0, 400),
        "share_millionths": st.integers(0, 1_000_000),
        "day": st.just(NOON.date()),
    }
)


@given(cases)
def test_more_money_never_lifts_a_case(case: dict[str, Any]) -> None:
    richer = {**case, "share_millionths": min(case["share_millionths"] + 100_000, 1_000_000)}
    assert rules.fair_points_milli(**richer) <= rules.fair_points_milli(**case)


@given(cases)
def test_waiting_longer_never_lowers_a_case(case: dict[str, Any]) -> None:
    longer = {**case, "waiting_days": case["waiting_days"] + 30}
    assert rules.fair_points_milli(**longer) >= rules.fair_points_milli(**case)


@given(cases)
def test_a_sharper_need_outweighs_chance(case: dict[str, Any]) -> None:
    sharper = {**case, "category": 1, "number": "26-00000"}
    blunter = {**case, "category": 3}
    assert rules.fair_points_milli(**sharper) > rules.fair_points_milli(**blunter)
