"""Attachment of every member to a clinic."""

from demeu.scoring.criteria.language import Count, Criterion, Facts, Limits, Outcomes, Value, When, yes_or_no


def is_attached(person: Facts, _limits: Limits) -> Value:
    """A member attached to a clinic."""
    return person.clinic_attached


def outcome(household: Facts, limits: Limits, outcomes: Outcomes, when: When) -> Value:
    """Met when nobody is left out. Order 267, group Пзд."""
    return when(household.attached_members >= household.members, outcomes.everyone, outcomes.someone_left_out)


CRITERION = Criterion(
    code="clinic",
    group="health",
    measures={"attached_members": Count(of=is_attached, facts={"clinic_attached": yes_or_no})},
    outcome=outcome,
    shown={"attached_members": "persons"},
)
