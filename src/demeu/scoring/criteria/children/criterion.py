"""Minors, and students below the age the rule names."""

from demeu.scoring.criteria.language import Count, Criterion, Facts, Limits, Outcomes, Value, When, yes_or_no


def is_child_or_student(person: Facts, limits: Limits) -> Value:
    """A minor, or a student who is young enough."""
    minor = person.age < limits.adult_age_years
    return minor | ((person.age < limits.student_age_years) & person.student)


def outcome(household: Facts, limits: Limits, outcomes: Outcomes, when: When) -> Value:
    """By their number, the last step open. Order 267, group Псо."""
    few = when(household.children >= limits.one, outcomes.one, outcomes.none)
    more = when(household.children >= limits.three, outcomes.three, outcomes.two)
    most = when(household.children >= limits.many, outcomes.many, more)
    return when(household.children >= limits.two, most, few)


CRITERION = Criterion(
    code="children",
    group="social_protection",
    measures={"children": Count(of=is_child_or_student, facts={"student": yes_or_no})},
    outcome=outcome,
    shown={"children": "persons"},
)
