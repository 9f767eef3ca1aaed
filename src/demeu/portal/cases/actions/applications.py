"""Changing applications. Keyword-only, one transaction each."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import F

from demeu.contracts.vault import Assessed, Consent, Gathering, NeedFacts
from demeu.contracts.words import NeedGroup, Urgency
from demeu.kernel import clock, sealing
from demeu.kernel.audit import record
from demeu.kernel.errors import forbidden, invalid, not_found
from demeu.kernel.ids import new_id
from demeu.portal.cases.actions.locking import locked, locked_draft, move_application_row, move_case_row
from demeu.portal.cases.models import Answer, Application, Case, CaseNumber
from demeu.portal.cases.rules import WORDS_LENGTH_MAX, ApplicationState, CaseState

OPEN_STATES = (
    ApplicationState.SUBMITTED,
    ApplicationState.GATHERING,
    ApplicationState.WAITING_REGISTRY,
    ApplicationState.REVIEW,
    ApplicationState.VISIT,
)


@transaction.atomic
def start_application(*, application: UUID, person: UUID, lang: str, entered_by: UUID | None = None) -> Application:
    """A new draft under an id made by the page, so that a double click makes one."""
    moment = clock.now()
    row, created = Application.objects.get_or_create(
        id=application,
        defaults={
            "person": person,
            "lang": lang,
            "entered_by": entered_by,
            "created_at": moment,
            "updated_at": moment,
        },
    )
    if row.person != person:
        raise not_found("application.unknown")
    if created:
        record(actor=f"person:{entered_by or person}", action="application.start", subject=f"application:{row.id}")
    return row


@transaction.atomic
def answer_codes(*, application: UUID, by: str, **codes: str | bool) -> Application:
    """Keep answers that are codes: `for_whom`, `group`, `region_kato`, `district_kato`, `urgency`, `contact_saved`."""
    row = locked_draft(application)
    if "group" in codes and codes["group"] not in set(NeedGroup):
        raise invalid("application.unknown_choice", field="situation")
    if "urgency" in codes and codes["urgency"] not in set(Urgency):
        raise invalid("application.unknown_choice", field="urgency")
    for name, code in codes.items():
        setattr(row, name, code)
    row.updated_at = clock.now()
    row.save()
    record(actor=by, action="application.answer", subject=f"application:{row.id}", fields=sorted(codes))
    return row


@transaction.atomic
def answer_words(*, application: UUID, question: str, words: str, by: str) -> None:
    """Keep a free answer: sealed to vault at once and handed over by a job, so that it is taken while vault is away."""
    from demeu.portal.cases.tasks import hand_over_answer

    row = locked_draft(application)
    text = words.strip()
    if not text or len(text) > WORDS_LENGTH_MAX:
        raise invalid("application.words_length", most=WORDS_LENGTH_MAX)
    Answer.objects.update_or_create(
        application=row,
        question=question,
        defaults={
            "sealed": sealing.seal(settings.DEMEU_KEYS, "vault", text),
            "document": None,
            "saved_at": clock.now(),
        },
    )
    record(actor=by, action="application.words", subject=f"application:{row.id}", question=question)
    hand_over_answer.defer(application=str(row.id), question=question)


@transaction.atomic
def answer_handed_over(*, application: UUID, question: str, sealed: str, document: UUID) -> None:
    """Vault has the answer: forget the sealed text, unless a newer answer has been given since."""
    Answer.objects.filter(application_id=application, question=question, sealed=sealed).update(
        sealed="", document=document
    )


@transaction.atomic
def leave_out(*, application: UUID, left_out: dict[str, list[str]], by: str) -> Application:
    """What of the registries the person does not want read; a consent that was given about more is no longer used."""
    row = locked_draft(application)
    if row.left_out != left_out:
        row.left_out, row.consent, row.updated_at = left_out, None, clock.now()
        row.save(update_fields=["left_out", "consent", "updated_at"])
        record(actor=by, action="consent.narrowed", subject=f"application:{row.id}", left_out=sorted(left_out))
    return row


@transaction.atomic
def note_consent(*, application: UUID, consent: Consent, by: str) -> Application:
    """The person has answered for consent: a granted one is needed before anything is asked of a registry."""
    row = locked(application)
    if consent.person != row.person:
        raise forbidden("consent.foreign")
    row.consent = consent.consent if consent.state == "granted" else None
    row.updated_at = clock.now()
    row.save(update_fields=["consent", "updated_at"])
    record(actor=by, action=f"consent.{consent.state}", subject=f"application:{row.id}", consent=consent.consent)
    return row


@transaction.atomic
def lose_consent(*, application: UUID, consent: UUID, state: str) -> None:
    """The consent was withdrawn or is over: the application stays open, but nothing more is asked or shown under it."""
    row = locked(application)
    if row.consent != consent:
        return
    row.consent, row.updated_at = None, clock.now()
    row.save(update_fields=["consent", "updated_at"])
    record(actor="role:vault", action=f"consent.{state}", subject=f"application:{row.id}", consent=consent)


@transaction.atomic
def submit_application(*, application: UUID, by: str) -> Application:
    """Send it: everything answered and consent granted; registries are asked next by a job."""
    from demeu.portal.cases.queries import first_unanswered
    from demeu.portal.cases.tasks import begin_gathering

    row = locked(application)
    if row.state != ApplicationState.DRAFT:
        return row
    if row.consent is None:
        raise forbidden("application.no_consent")
    missing = first_unanswered(row)
    if missing:
        raise invalid("application.unanswered", question=missing)
    row.submitted_at = clock.now()
    move_application_row(row, ApplicationState.SUBMITTED, by)
    begin_gathering.defer(application=str(row.id))
    return row


@transaction.atomic
def note_gathering(*, application: UUID, gathering: Gathering) -> None:
    """Vault is asking the registries."""
    row = locked(application)
    row.gathering, row.household = gathering.gathering, gathering.household
    if row.state in (ApplicationState.SUBMITTED, ApplicationState.WAITING_REGISTRY):
        move_application_row(row, ApplicationState.GATHERING, "role:vault")
    row.save()


@transaction.atomic
def note_silence(*, application: UUID, silent: Sequence[str]) -> Application:
    """Some registries have not answered: the application waits, the person is told, nobody is refused for it."""
    row = locked(application)
    row.silent_registries = sorted(silent)
    if silent and row.state == ApplicationState.GATHERING:
        move_application_row(row, ApplicationState.WAITING_REGISTRY, "role:vault")
    row.save()
    return row


@transaction.atomic
def note_assessment(*, application: UUID, assessed: Assessed, needs: NeedFacts) -> Case:
    """Keep category and references, and make the draft of the case; with one in review a newer verdict counts."""
    row = locked(application)
    found = Case.objects.filter(application=row).first()
    if found:
        if row.state == ApplicationState.REVIEW and row.assessment != assessed.assessment:
            note_reassessment(application=row.id, assessed=assessed)
            found.refresh_from_db()
        return found
    row.household, row.assessment = assessed.household, assessed.assessment
    row.category, row.category_complete = assessed.category, assessed.is_final
    row.region_kato = needs.region_kato or row.region_kato
    row.district_kato = needs.district_kato or row.district_kato
    move_application_row(row, ApplicationState.REVIEW, "role:vault")
    return Case.objects.create(
        id=new_id(),
        number=_next_number(),
        application=row,
        person=row.person,
        household=row.household,
        group=needs.groups[0] if needs.groups else row.group,
        subgroup=needs.subgroups[0] if needs.subgroups else "",
        attributes=sorted(set(needs.attributes)),
        region_kato=row.region_kato,
        district_kato=row.district_kato,
        urgency=row.urgency,
        category=row.category,
        created_at=clock.now(),
    )


@transaction.atomic
def open_fast_lane(*, household: UUID, kind: str) -> list[UUID]:
    """An emergency is where this household lives: its open applications go first; those that were not urgent before."""
    rows = Application.objects.select_for_update().filter(household=household, state__in=OPEN_STATES)
    found = []
    for row in rows.exclude(urgency=Urgency.EMERGENCY):
        row.urgency, row.updated_at = Urgency.EMERGENCY, clock.now()
        row.save(update_fields=["urgency", "updated_at"])
        Case.objects.filter(application=row, published_at=None).update(urgency=Urgency.EMERGENCY)
        record(actor="role:vault", action="application.fast_lane", subject=f"application:{row.id}", kind=kind)
        found.append(row.id)
    return found


@transaction.atomic
def note_reassessment(*, application: UUID, assessed: Assessed) -> None:
    """A fact was put right and the household was assessed again: category and reference of the new verdict."""
    row = locked(application)
    row.assessment, row.category = assessed.assessment, assessed.category
    row.category_complete, row.updated_at = assessed.is_final, clock.now()
    row.save(update_fields=["assessment", "category", "category_complete", "updated_at"])
    Case.objects.filter(application=row, published_at=None).update(category=row.category)
    record(actor="role:vault", action="application.reassessed", subject=f"application:{row.id}")


@transaction.atomic
def withdraw_application(*, application: UUID, by: str) -> Application:
    """The person takes the application back; a case in the making goes with it."""
    row = locked(application)
    move_application_row(row, ApplicationState.WITHDRAWN, by)
    for case in Case.objects.select_for_update().filter(application=row):
        move_case_row(case, CaseState.WITHDRAWN, by)
    return row


@transaction.atomic
def move_application(*, application: UUID, to: ApplicationState, by: str, reason: str = "") -> Application:
    """Review, visit and decision move it on; the caller has checked that the actor may."""
    row = locked(application)
    row.refusal_reason = reason
    return move_application_row(row, to, by)


def _next_number() -> str:
    year = clock.today().year
    CaseNumber.objects.get_or_create(year=year)
    CaseNumber.objects.filter(year=year).update(last=F("last") + 1)
    return f"{year % 100:02d}-{CaseNumber.objects.get(year=year).last}"
