"""Reading reviews and visits."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from demeu.contracts.words import Role
from demeu.kernel.errors import forbidden, invalid, not_found
from demeu.portal.accounts.queries import people_with
from demeu.portal.accounts.rules import Actor
from demeu.portal.cases.queries import application as application_by_id
from demeu.portal.cases.queries import disputes_of, review_queue
from demeu.portal.verification.models import Review, Visit
from demeu.portal.verification.rules import VisitState


def visit_of(application: UUID) -> Visit | None:
    """The application's visit that stands."""
    return Visit.objects.filter(application=application).exclude(state=VisitState.CALLED_OFF).first()


def visits_of(person: UUID) -> QuerySet[Visit]:
    """Visits that this person makes as a volunteer or has planned as a curator, those to come first."""
    own = Visit.objects.filter(Q(volunteer=person) | Q(curator=person))
    return own.exclude(state=VisitState.CALLED_OFF).order_by("-state", "planned_for")


def own_visit(application: UUID, actor: Actor) -> Visit:
    """The visit of this volunteer; for anyone else it does not exist."""
    row = visit_of(application)
    if row is None or row.volunteer != actor.person:
        raise not_found("visit.unknown")
    return row


def reviews_of(application: UUID) -> list[Review]:
    """Decisions about an application, oldest first."""
    return list(Review.objects.filter(application=application).order_by("at"))


def open_disputes(application: UUID) -> list[Any]:
    """Facts that the family disputes and nobody has looked into yet."""
    return list(disputes_of(application).filter(settled_at__isnull=True))


def open_dispute(application: UUID, dispute: UUID) -> None:
    """Refuse `dispute.unknown_fact` unless the application has this open dispute."""
    if not disputes_of(application).filter(id=dispute, settled_at__isnull=True).exists():
        raise invalid("dispute.unknown_fact")


def queue(actor: Actor) -> QuerySet:  # type: ignore[type-arg]
    """Applications waiting for this curator: only in the curator's own regions."""
    regions = actor.regions.get(Role.CURATOR, frozenset())
    waiting = review_queue(regions)
    return waiting if regions else waiting.none()


def application_for_curator(application: UUID, actor: Actor):  # type: ignore[no-untyped-def]
    """An application of the curator's own regions; `case.other_region` elsewhere."""
    row = application_by_id(application)
    if not actor.sees_region(Role.CURATOR, row.region_kato):
        raise forbidden("case.other_region")
    return row


def volunteers_for(application) -> list[UUID]:  # type: ignore[no-untyped-def]
    """Volunteers of the place who take no other part in the application."""
    involved = (application.person, application.entered_by)
    return [person for person in people_with(Role.VOLUNTEER, application.region_kato) if person not in involved]


def first_visits(applications: Sequence[UUID]) -> list[Visit]:
    """Signed visits of these applications."""
    return list(Visit.objects.filter(application__in=applications, state=VisitState.DONE))
