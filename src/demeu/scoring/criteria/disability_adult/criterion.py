"""Adults with a disability, the gravest group in the household deciding."""

from demeu.scoring.criteria.language import Count, Criterion, Facts, Limits, Outcomes, Value, When


def is_adult_with_any(person: Facts, limits: Limits) -> Value:
    """An adult with a disability of any group."""
    return (person.age >= limits.adult_age_years) & (person.disability_group >= limits.group_gravest)


def is_adult_with_grave(person: Facts, limits: Limits) -> Value:
    """An adult whose group is among the grave ones; group 0 means no disability."""
    return is_adult_with_any(person, limits) & (person.disability_group <= limits.group_grave_last)


def answers(limits: Limits) -> tuple[Value, ...]:
    """No disability, a grave group, the lightest group."""
    return (limits.group_absent, limits.group_gravest, limits.group_lightest)


def outcome(household: Facts, limits: Limits, outcomes: Outcomes, when: When) -> Value:
    """Grave before light before none. Order 267, group Псо."""
    light = when(household.adults_with_any >= limits.some, outcomes.light, outcomes.none)
    return when(household.adults_with_grave >= limits.some, outcomes.grave, light)


CRITERION = Criterion(
    code="disability_adult",
    group="social_protection",
    measures={
        "adults_with_any": Count(of=is_adult_with_any, facts={"disability_group": answers}),
        "adults_with_grave": Count(of=is_adult_with_grave, facts={"disability_group": answers}),
    },
    outcome=outcome,
    shown={"adults_with_any": "persons"},
)
