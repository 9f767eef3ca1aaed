"""Overdue payments of adults: long enough and large enough at once."""

from demeu.scoring.criteria.language import Count, Criterion, Facts, Limits, Outcomes, Value, When, just_above


def is_adult(person: Facts, limits: Limits) -> Value:
    """A member who can owe."""
    return person.age >= limits.adult_age_years


def is_overdue(person: Facts, limits: Limits) -> Value:
    """An adult with more days and more tiyn overdue than is tolerated."""
    late = (person.overdue_days > limits.days_tolerated) & (person.overdue_tiyn > limits.tolerated_tiyn)
    return is_adult(person, limits) & late


def answers_days(limits: Limits) -> tuple[Value, ...]:
    """One answer on each side of the tolerated days."""
    return (limits.days_tolerated, just_above(limits.days_tolerated))


def answers_tiyn(limits: Limits) -> tuple[Value, ...]:
    """One answer on each side of the tolerated sum."""
    return (limits.tolerated_tiyn, just_above(limits.tolerated_tiyn))


def outcome(household: Facts, limits: Limits, outcomes: Outcomes, when: When) -> Value:
    """None, some adults or all of them; a household without adults has none. Order 267, group Пдк."""
    every = when(household.overdue_adults >= household.adults, outcomes.every_adult, outcomes.some_adults)
    return when(household.overdue_adults >= limits.some, every, outcomes.none)


CRITERION = Criterion(
    code="overdue",
    group="income_and_loans",
    measures={
        "overdue_adults": Count(of=is_overdue, facts={"overdue_days": answers_days, "overdue_tiyn": answers_tiyn}),
        "adults": Count(of=is_adult),
    },
    outcome=outcome,
    shown={"overdue_adults": "persons"},
)
