"""The fair order is the published rule, not what the database happens to do."""

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.kernel import clock
from demeu.portal.catalogue import queries, rules
from demeu.portal.catalogue.filters import Wanted
from demeu.portal.catalogue.tests.country import load

NOON = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)


@pytest.mark.django_db
def test_the_database_counts_the_points_of_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    load(monkeypatch)
    with clock.frozen(NOON):
        found = list(queries.found_cases(Wanted()))
        points = [_points(row) for row in found]
    for row, expected in zip(found, points, strict=True):
        assert row.points == pytest.approx(expected, abs=1e-6)
    assert points == sorted(points, reverse=True)


def _points(row: Any) -> float:
    return rules.fair_points(
        number=row.number,
        category=row.category,
        urgency=row.urgency,
        waiting_days=queries.waiting_days(row),
        needed_tiyn=row.needed,
        collected_tiyn=row.collected,
        day=clock.today(),
    )


cases = st.fixed_dictionaries(
    {
        "number": st.from_regex(r"26-1\d{4}", fullmatch=True),
        "category": st.none() | st.integers(1, 6),
        "urgency": st.sampled_from(list(rules.URGENCY_POINTS)),
        "waiting_days": st.integers(0, 400),
        "needed_tiyn": st.integers(1, 10**10),
        "collected_tiyn": st.integers(0, 10**10),
        "day": st.just(NOON.date()),
    }
)


@given(cases)
def test_more_money_never_lifts_a_case(case: dict[str, Any]) -> None:
    richer = {**case, "collected_tiyn": case["collected_tiyn"] + 10**9}
    assert rules.fair_points(**richer) <= rules.fair_points(**case)


@given(cases)
def test_waiting_longer_never_lowers_a_case(case: dict[str, Any]) -> None:
    longer = {**case, "waiting_days": case["waiting_days"] + 30}
    assert rules.fair_points(**longer) >= rules.fair_points(**case)


@given(cases)
def test_a_sharper_need_outweighs_chance(case: dict[str, Any]) -> None:
    sharper = {**case, "category": 1, "number": "26-00000"}
    blunter = {**case, "category": 3}
    assert rules.fair_points(**sharper) > rules.fair_points(**blunter)
