"""Reading applications and cases."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import QuerySet

from demeu.contracts.words import Urgency
from demeu.kernel.clock import ALMATY
from demeu.kernel.errors import not_found
from demeu.portal.accounts.rules import Actor
from demeu.portal.cases.models import Application, Case, CaseUpdate, Dispute
from demeu.portal.cases.questions import QUESTIONS
from demeu.portal.cases.rules import PUBLIC_CASE_STATES, ApplicationState, CaseState


def applications_of(person: UUID) -> QuerySet[Application]:
    """A person's own applications and those they entered for others, newest first."""
    mine = Application.objects.filter(person=person) | Application.objects.filter(entered_by=person)
    return mine.select_related("case").order_by("-created_at")


def own_application(application: UUID, actor: Actor) -> Application:
    """An application that the actor made or entered; for anyone else it does not exist."""
    row = Application.objects.select_related("case").filter(id=application).first()
    if row is None or actor.person is None or actor.person not in (row.person, row.entered_by):
        raise not_found("application.unknown")
    return row


def application(identifier: UUID) -> Application:
    """An application by its id, for staff views that have checked role and region."""
    row = Application.objects.select_related("case").filter(id=identifier).first()
    if row is None:
        raise not_found("application.unknown")
    return row


def answered(row: Application) -> set[str]:
    """Codes of the questions that have an answer."""
    done = {
        "for_whom": bool(row.for_whom),
        "situation": bool(row.group),
        "place": bool(row.region_kato),
        "urgency": bool(row.for_whom),
        "contact": row.contact_saved,
        "consent": row.consent is not None,
        "words": row.answers.filter(question="words").exists(),
    }
    return {code for code, given in done.items() if given}


def first_unanswered(row: Application) -> str | None:
    """The code of the question to go on with."""
    done = answered(row)
    return next((question.code for question in QUESTIONS if question.code not in done), None)


def case(identifier: UUID) -> Case:
    """A case by its id."""
    row = Case.objects.filter(id=identifier).first()
    if row is None:
        raise not_found("case.unknown")
    return row


def public_case(number: str) -> Case:
    """A case that everybody may see, by its number."""
    row = Case.objects.filter(number=number, state__in=PUBLIC_CASE_STATES).first()
    if row is None:
        raise not_found("case.unknown")
    return row


def public_cases() -> QuerySet[Case]:
    """All cases that everybody may see."""
    return Case.objects.filter(state__in=PUBLIC_CASE_STATES)


def cases_by_id(cases: Sequence[UUID]) -> dict[UUID, Case]:
    """Public cases by id, those that are there."""
    return {case.id: case for case in public_cases().filter(id__in=cases)}


def approved_unpublished() -> QuerySet[Case]:
    """Cases whose application is approved and which are not public yet, the oldest first."""
    unpublished = Case.objects.filter(state__in=[CaseState.DRAFT, CaseState.GUARDED])
    waiting = unpublished.filter(application__state=ApplicationState.APPROVED)
    return waiting.select_related("application").order_by("created_at")


def review_queue(actor_regions: frozenset[str]) -> QuerySet[Application]:
    """Applications that wait for a curator's review: emergencies first, then the oldest; only in the given regions."""
    waiting = Application.objects.filter(
        state__in=[ApplicationState.REVIEW, ApplicationState.WAITING_REGISTRY, ApplicationState.VISIT]
    ).select_related("case")
    if actor_regions:
        prefixes = [region[:2] for region in actor_regions]
        waiting = waiting.filter(region_kato__regex=rf"^({'|'.join(sorted(prefixes))})")
    first = models.Case(models.When(urgency=Urgency.EMERGENCY, then=0), default=1)
    return waiting.order_by(first, "submitted_at")


def states_of_case(identifier: UUID) -> tuple[ApplicationState | None, CaseState]:
    """The states of a case's application (None without one) and of the case itself."""
    row = Case.objects.select_related("application").filter(id=identifier).first()
    if row is None:
        raise not_found("case.unknown")
    return (ApplicationState(row.application.state) if row.application else None), CaseState(row.state)


def disputes_of(application: UUID) -> QuerySet[Dispute]:
    """All disputes of an application, the newest first."""
    return Dispute.objects.filter(application=application).order_by("-disputed_at")


def published_number(identifier: UUID) -> str | None:
    """The number of a case that is or once was public; None for one that never was."""
    return Case.objects.filter(id=identifier, published_at__isnull=False).values_list("number", flat=True).first()


def funded_days(cases: Sequence[UUID]) -> dict[UUID, date]:
    """The day of Kazakhstan on which each of these cases had all its money, where that is known."""
    rows = CaseUpdate.objects.filter(case__in=list(cases), code="case_funded").values_list("case_id", "at")
    return {case: at.astimezone(ALMATY).date() for case, at in rows}


def cases_checked_by(volunteers: Sequence[UUID]) -> QuerySet[Case]:
    """Cases whose family one of these volunteers visited, in every state."""
    return Case.objects.filter(volunteer__in=volunteers)
