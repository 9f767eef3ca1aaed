"""Asking scoring for a verdict and keeping it beside the facts it was made from."""

from uuid import UUID

from django.db import transaction

from demeu.contracts.scoring import ASSESS, CHANGES, Assessment, AssessRequest
from demeu.contracts.vault import Assessed, AssessedChange, AssessmentChanges, OfficialCategory
from demeu.contracts.words import Language, Purpose, Registry
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.calling import ask
from demeu.kernel.errors import Refusal, forbidden, not_found
from demeu.kernel.ids import new_id
from demeu.vault.consents.rules import CATEGORY_ONLY
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
    shown = _without_values(verdict) if use in CATEGORY_ONLY else verdict
    return _assessed(kept, shown)


def shown_assessment(*, assessment: UUID, lang: Language, actor: str, use: Purpose) -> Assessed:
    """A stored verdict with its reasons in the reader's language.

    Scoring words the reasons again from the very facts of then; where it is away, or by now would judge otherwise,
    the stored verdict stands as it is. The person sees their own verdict always; anybody else under the consent only.
    Refuses `assessment.unknown`, `consent.missing`.
    """
    row = _released_row(assessment, actor, use)
    kept = Assessment.model_validate(row.verdict)
    if row.facts.get("lang") != lang:
        kept = _worded(row, kept, lang, actor, use)
    shown = _without_values(kept) if use in CATEGORY_ONLY else kept
    return _assessed(row, shown)


def shown_changes(*, assessment: UUID, lang: Language, actor: str, use: Purpose) -> AssessmentChanges:
    """Which single fact, were it another, would change a stored verdict; by the rule set and the facts of then.

    Who may see the verdict may see this. Refuses as `shown_assessment`, and what scoring refuses.
    """
    row = _released_row(assessment, actor, use)
    request = AssessRequest.model_validate({**row.facts, "lang": lang, "rules": row.rule_set})
    found = ask("scoring", CHANGES, request, actor=actor, purpose=use.value)
    labels = queries.labels_of(row.gathering)
    return AssessmentChanges(
        assessment=row.id,
        household=row.household_id,
        category=found.category,
        total=found.total,
        complete=found.complete,
        changes=tuple(
            AssessedChange(
                fact=change.fact,
                title=change.title,
                member=labels[change.person_id] if change.person_id else "household",
                now=change.now,
                moves=change.moves,
            )
            for change in found.changes
        ),
    )


def _assessed(row: AssessmentRow, shown: Assessment) -> Assessed:
    """The verdict beside the ministry's own category, with what of its facts is contested now."""
    told = queries.official_category(row.gathering)
    official = told and OfficialCategory(category=int(told.value), source=Registry(told.source), as_of=told.as_of)
    return Assessed(
        assessment=row.id,
        household=row.household_id,
        made_at=row.made_at,
        verdict=shown,
        official=official,
        contested=tuple(sorted({code for code, _member in queries.open_contests(row.household_id)})),
    )


def _without_values(verdict: Assessment) -> Assessment:
    """Category and reasons, without what the registries answered."""
    bare = tuple(one.model_copy(update={"value": None}) for one in verdict.indicators)
    return verdict.model_copy(update={"indicators": bare})


def _released_row(assessment: UUID, actor: str, use: Purpose) -> AssessmentRow:
    """A stored verdict that this actor may see for this use."""
    row = AssessmentRow.objects.filter(id=assessment).first()
    if row is None:
        raise not_found("assessment.unknown")
    person = queries.person_of(row.household_id)
    if use is not Purpose.OWN_DATA or actor != f"person:{person}":
        _require_whole_release(row, person, use)
    return row


def _require_whole_release(row: AssessmentRow, person: UUID, use: Purpose) -> None:
    """A verdict tells of every fact it was made from: a use that may see only some of them may not see it."""
    released = queries.released_for(row.consent, use, person)
    if not set(row.gathering.facts.values_list("source", flat=True)) <= released:
        raise forbidden("consent.missing", purpose=use.value)


def _worded(row: AssessmentRow, kept: Assessment, lang: Language, actor: str, use: Purpose) -> Assessment:
    request = AssessRequest.model_validate({**row.facts, "lang": lang, "rules": row.rule_set})
    try:
        again = ask("scoring", ASSESS, request, actor=actor, purpose=use.value, deadline_s=3)
    except Refusal:
        return kept
    same = (again.rule_set_hash, again.category, again.total) == (kept.rule_set_hash, kept.category, kept.total)
    return again if same else kept
