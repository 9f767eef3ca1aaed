"""Asking scoring for a verdict and keeping it beside the facts it was made from."""

from uuid import UUID

from django.db import transaction

from demeu.contracts.scoring import ASSESS, AssessRequest
from demeu.contracts.vault import Assessed
from demeu.contracts.words import Purpose
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.calling import ask
from demeu.kernel.ids import new_id
from demeu.vault.households import queries, scoring_facts
from demeu.vault.households.models import AssessmentRow
from demeu.vault.people import queries as people


def assess_household(*, household: UUID, consent: UUID, use: Purpose, actor: str) -> Assessed:
    """The verdict on the last gathered facts. Names never leave: scoring gets random references.

    Refuses `consent.missing`, `facts.not_gathered` and what scoring refuses.
    """
    row, released = queries.released_gathering(household, consent, use)
    picture, on = queries.picture_of(row, released), clock.today()
    request = AssessRequest(
        household=scoring_facts.household_row(household, picture),
        persons=tuple(scoring_facts.person_row(household, member, on) for member in picture.members),
        on=on,
        lang=people.person_contact(queries.person_of(household)).lang,
    )
    verdict = ask("scoring", ASSESS, request, actor=actor, purpose=use.value)
    with transaction.atomic():
        kept = AssessmentRow.objects.create(
            id=new_id(),
            household_id=household,
            gathering=row,
            consent=consent,
            facts=request.model_dump(mode="json"),
            verdict=verdict.model_dump(mode="json"),
            category=verdict.category,
            rule_set=verdict.rule_set,
            rule_set_hash=verdict.rule_set_hash,
            made_at=clock.now(),
        )
        record(
            actor=actor,
            action="household.assessed",
            subject=f"household:{household}",
            assessment=kept.id,
            rule_set=verdict.rule_set,
        )
    return Assessed(assessment=kept.id, household=household, made_at=kept.made_at, verdict=verdict)
