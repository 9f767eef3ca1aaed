"""Promises of the calendar of monthly gifts, of retries, and of when a plan ends. No database."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.kernel.errors import Refusal
from demeu.treasury.monthly.rules import (
    ChargeState,
    Terms,
    check_day,
    check_own,
    check_skippable,
    check_target,
    check_undoable,
    due_day,
    first_month,
    is_over,
    moment_on,
    month_after,
    month_of,
    next_due_month,
    retry_day,
    terms_on,
)
from demeu.treasury.monthly.terms import all_terms

TERMS = Terms(date(2026, 11, 1), 10, 3, (1, 3, 7), 2, 30)
PAID, MISSED, SKIPPED = ChargeState.PAID, ChargeState.MISSED, ChargeState.SKIPPED


@pytest.mark.parametrize(
    ("month", "day", "due"),
    [
        (date(2027, 2, 1), 31, date(2027, 2, 28)),
        (date(2028, 2, 1), 30, date(2028, 2, 29)),
        (date(2027, 4, 1), 31, date(2027, 4, 30)),
        (date(2027, 5, 1), 31, date(2027, 5, 31)),
        (date(2027, 5, 1), 7, date(2027, 5, 7)),
    ],
)
def test_a_short_month_is_charged_on_its_last_day_and_the_next_on_the_chosen_one(
    month: date, day: int, due: date
) -> None:
    assert due_day(month, day) == due


@given(st.dates(date(2026, 1, 1), date(2099, 12, 1)), st.integers(1, 31))
def test_every_month_has_exactly_one_day(day: date, chosen: int) -> None:
    month = day.replace(day=1)
    assert due_day(month, chosen).replace(day=1) == month
    assert month_after(month) == (month + timedelta(days=31)).replace(day=1)
    assert due_day(month_after(month), chosen) > due_day(month, chosen)


def test_the_day_is_that_of_kazakhstan() -> None:
    late = datetime(2026, 11, 30, 20, 0, tzinfo=UTC)
    assert month_of(late) == date(2026, 12, 1) and first_month(given_at=late) == date(2027, 1, 1)
    assert moment_on(date(2027, 1, 31), TERMS) == datetime(2027, 1, 31, 5, 0, tzinfo=UTC)


def test_a_failed_charge_is_tried_three_times_more_and_then_the_month_is_left_out() -> None:
    due = date(2027, 1, 31)
    days = [retry_day(due=due, failed=failed, terms=TERMS) for failed in (1, 2, 3, 4)]
    assert days == [date(2027, 2, 1), date(2027, 2, 3), date(2027, 2, 7), None]


def test_the_last_retry_comes_before_the_next_month_is_due_whatever_the_day() -> None:
    for terms in all_terms():
        for chosen in range(1, 32):
            for number in range(1, 13):
                month = date(2027, number, 1)
                last = due_day(month, chosen) + timedelta(days=terms.retry_days[-1])
                assert last < due_day(month_after(month), chosen)


@pytest.mark.parametrize(
    ("ended", "over"),
    [
        ([PAID, MISSED], False),
        ([MISSED, PAID, MISSED], False),
        ([PAID, MISSED, MISSED], True),
        ([PAID, MISSED, SKIPPED, MISSED], True),
        ([MISSED], False),
    ],
)
def test_a_plan_ends_after_two_months_in_a_row_left_out(ended: list[ChargeState], over: bool) -> None:
    assert is_over(ended, TERMS) is over


def test_terms_hold_from_their_day() -> None:
    later = Terms(date(2027, 6, 1), 12, 5, (2,), 3, 30)
    assert terms_on([later, TERMS], date(2027, 5, 31)) is TERMS
    assert terms_on([later, TERMS], date(2027, 6, 1)) is later
    assert terms_on([later, TERMS], date(2020, 1, 1)) is TERMS


def test_taking_a_stop_back_charges_no_month_that_has_passed() -> None:
    now = datetime(2027, 4, 10, tzinfo=UTC)
    assert next_due_month(next_month=date(2027, 1, 1), day=5, now=now, terms=TERMS) == date(2027, 5, 1)
    assert next_due_month(next_month=date(2027, 1, 1), day=15, now=now, terms=TERMS) == date(2027, 4, 1)
    assert next_due_month(next_month=date(2027, 6, 1), day=5, now=now, terms=TERMS) == date(2027, 6, 1)


@pytest.mark.parametrize("kind", ["case", "item", "nonsense"])
def test_one_need_is_not_given_to_every_month(kind: str) -> None:
    with pytest.raises(Refusal, match=r"monthly\.one_need"):
        check_target(kind)


@pytest.mark.parametrize("day", [0, 32, -1])
def test_a_day_that_no_month_has_is_refused(day: int) -> None:
    with pytest.raises(Refusal, match=r"monthly\.day"):
        check_day(day)


def test_only_the_donor_and_only_in_time() -> None:
    with pytest.raises(Refusal, match=r"monthly\.not_yours"):
        check_own(actor="person:b", donor="a")
    with pytest.raises(Refusal, match=r"monthly\.month_begun"):
        check_skippable(ChargeState.TRYING)
    with pytest.raises(Refusal, match=r"monthly\.nothing_to_undo"):
        check_undoable(found=False, age=timedelta(0), terms=TERMS, charged_since=False)
    for age, charged in ((timedelta(days=31), False), (timedelta(0), True)):
        with pytest.raises(Refusal, match=r"monthly\.too_late_to_undo"):
            check_undoable(found=True, age=age, terms=TERMS, charged_since=charged)
