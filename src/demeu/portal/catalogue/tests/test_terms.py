"""Promises beside what happened."""

from datetime import date

from demeu.portal.catalogue.terms import Days, last_day, terms

TODAY = date(2026, 11, 22)


def test_a_finished_case_shows_what_each_step_took() -> None:
    days = Days(date(2026, 11, 1), date(2026, 11, 3), date(2026, 11, 5), date(2026, 11, 6), date(2026, 11, 20), TODAY)
    assert [(term.step, term.took_days, term.late) for term in terms(days, TODAY)] == [
        ("publication", 2, False),
        ("payment", 1, False),
        ("delivery", 14, False),
        ("report", 2, False),
    ]


def test_a_step_under_way_runs_and_is_late_after_its_promise() -> None:
    days = Days(date(2026, 11, 1), date(2026, 11, 7), date(2026, 11, 10), None, None, None)
    found = {term.step: term for term in terms(days, TODAY)}
    assert (found["publication"].late, found["payment"].running_days, found["payment"].late) == (True, 12, True)
    assert (found["delivery"].running_days, found["delivery"].took_days) == (None, None)


def test_a_step_is_over_when_it_has_come_for_every_item() -> None:
    lines = [("item_paid", date(2026, 11, 5)), ("item_paid", date(2026, 11, 9)), ("published", TODAY)]
    assert last_day(lines, "item_paid", 2) == date(2026, 11, 9)
    assert last_day(lines, "item_paid", 3) is None
    assert last_day(lines, "item_delivered", 0) is None
