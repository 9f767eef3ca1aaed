"""A child with disability, or a member disabled since childhood."""

from demeu.scoring.criteria.language import Count, Criterion, Facts, Limits, Outcomes, Value, When, yes_or_no


def has_childhood_disability(person: Facts, _limits: Limits) -> Value:
    """A child with disability or a member disabled since childhood."""
    return person.disability_childhood


def outcome(household: Facts, limits: Limits, outcomes: Outcomes, when: When) -> Value:
    """Present from the first member. Order 267, group Псо."""
    return when(household.disabled_since_childhood >= limits.some, outcomes.present, outcomes.none)


CRITERION = Criterion(
    code="disability_child",
    group="social_protection",
    measures={
        "disabled_since_childhood": Count(of=has_childhood_disability, facts={"disability_childhood": yes_or_no}),
    },
    outcome=outcome,
    shown={"disabled_since_childhood": "persons"},
)
