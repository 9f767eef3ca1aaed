"""Who may decide about whom, and by which words."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.kernel.errors import Refusal
from demeu.portal.verification import rules

TODAY = date(2026, 11, 22)


@given(st.uuids(), st.lists(st.uuids() | st.none()))
def test_only_someone_who_takes_no_other_part_may_decide(actor: UUID, others: list[UUID | None]) -> None:
    if actor in others:
        with pytest.raises(Refusal) as refused:
            rules.need_other_person(actor, *others)
        assert refused.value.code == "case.same_person"
    else:
        rules.need_other_person(actor, *others)


@given(st.integers(-100, 200))
def test_a_visit_is_planned_within_two_months(days: int) -> None:
    planned = TODAY + timedelta(days=days)
    if 0 <= days <= rules.PLAN_DAYS_MAX:
        rules.check_plan(planned, TODAY)
    else:
        with pytest.raises(Refusal):
            rules.check_plan(planned, TODAY)


@given(st.lists(st.sampled_from([*rules.FINDINGS, "spell"])))
def test_findings_come_from_the_list(findings: list[str]) -> None:
    if findings and "spell" not in findings:
        assert set(rules.check_findings(findings)) == set(findings)
    else:
        with pytest.raises(Refusal):
            rules.check_findings(findings)


@pytest.mark.parametrize("reason", ["", "because"])
def test_a_refusal_needs_a_reason_of_the_list(reason: str) -> None:
    with pytest.raises(Refusal):
        rules.check_reason(reason)
