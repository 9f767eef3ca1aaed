"""School for every child of that age."""

from demeu.scoring.criteria.language import Count, Criterion, Facts, Limits, Outcomes, Value, When, yes_or_no


def is_of_age(person: Facts, limits: Limits) -> Value:
    """A child of school age."""
    return (person.age >= limits.age_years_from) & (person.age <= limits.age_years_to)


def is_enrolled(person: Facts, limits: Limits) -> Value:
    """A child of school age who is enrolled."""
    return is_of_age(person, limits) & person.school_enrolled


def outcome(household: Facts, limits: Limits, outcomes: Outcomes, when: When) -> Value:
    """Missed when any child of the age is not enrolled. Order 267, group По."""
    met = when(household.children_of_age >= limits.some, outcomes.everyone, outcomes.no_children)
    return when(household.children_enrolled < household.children_of_age, outcomes.someone_left_out, met)


CRITERION = Criterion(
    code="school",
    group="education",
    measures={
        "children_enrolled": Count(of=is_enrolled, facts={"school_enrolled": yes_or_no}),
        "children_of_age": Count(of=is_of_age),
    },
    outcome=outcome,
    shown={"children_enrolled": "enrolled", "children_of_age": "of_age"},
)
