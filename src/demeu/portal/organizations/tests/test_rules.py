"""Quarters, terms, agreement and the lot."""

from datetime import date
from uuid import UUID

import pytest

from demeu.kernel.ids import new_id
from demeu.portal.organizations import rules
from demeu.portal.organizations.rules import Period


@pytest.mark.parametrize(
    ("day", "period", "due"),
    [
        (date(2026, 1, 1), "2026-Q1", date(2026, 5, 1)),
        (date(2026, 9, 30), "2026-Q3", date(2026, 10, 31)),
        (date(2026, 12, 31), "2026-Q4", date(2027, 1, 31)),
    ],
)
def test_a_report_is_due_thirty_days_after_its_quarter(day: date, period: str, due: date) -> None:
    found = Period.of(day)
    assert str(found) == period and found == Period.read(period) and found.due_on == due


def test_only_quarters_that_have_ended_since_registration_are_owed() -> None:
    assert [str(one) for one in rules.owed(date(2026, 5, 2), date(2026, 11, 22))] == ["2026-Q2", "2026-Q3"]
    assert rules.owed(date(2026, 11, 1), date(2026, 11, 22)) == []


def test_a_report_is_overdue_the_day_after_its_last_day() -> None:
    due = date(2026, 10, 31)
    assert not rules.is_overdue(due, False, due)
    assert rules.is_overdue(due, False, date(2026, 11, 1)) and not rules.is_overdue(due, True, date(2026, 11, 1))


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ({"lives_here", "need_seen"}, {"lives_here", "need_seen", "home_cold"}, True),
        ({"lives_here", "need_seen"}, {"lives_here", "need_not_seen"}, False),
        ({"lives_here", "family_differs"}, {"lives_here", "family_as_stated"}, False),
        ({"lives_here", "need_seen"}, {"need_seen"}, False),
    ],
)
def test_two_visits_agree_unless_they_contradict_each_other(first: set[str], second: set[str], same: bool) -> None:
    assert rules.agrees(first, second) is same is rules.agrees(second, first)


def test_the_lot_falls_on_about_one_in_twenty_and_always_on_the_same() -> None:
    cases = [new_id() for _ in range(4000)]
    drawn = [case for case in cases if rules.is_drawn(case)]
    assert 120 < len(drawn) < 290 and all(rules.is_drawn(UUID(str(case))) for case in drawn)
