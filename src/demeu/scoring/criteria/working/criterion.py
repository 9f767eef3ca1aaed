"""Members who work."""

from demeu.scoring.criteria.language import Count, Criterion, Facts, Limits, Outcomes, Value, When, yes_or_no


def is_working(person: Facts, _limits: Limits) -> Value:
    """A member who works."""
    return person.working


def outcome(household: Facts, limits: Limits, outcomes: Outcomes, when: When) -> Value:
    """None, one, several. Order 267, group Пз."""
    some = when(household.working_members >= limits.one, outcomes.one, outcomes.none)
    return when(household.working_members >= limits.several, outcomes.several, some)


CRITERION = Criterion(
    code="working",
    group="employment",
    measures={"working_members": Count(of=is_working, facts={"working": yes_or_no})},
    outcome=outcome,
    shown={"working_members": "persons"},
)
