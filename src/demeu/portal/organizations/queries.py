"""Reading the registry: organizations with papers, agreement of second visits, upheld reports, overdue reports."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from demeu.contracts.words import Role
from demeu.kernel import clock
from demeu.kernel.errors import not_found
from demeu.portal.accounts.queries import organizations_of, people_of
from demeu.portal.accounts.rules import Actor
from demeu.portal.cases.queries import cases_checked_by
from demeu.portal.cases.rules import PUBLIC_CASE_STATES, CaseState
from demeu.portal.catalogue.queries import complaints_about
from demeu.portal.organizations import rules
from demeu.portal.organizations.models import HiddenCase, Organization, Paper, Report, SecondVisit


@dataclass(frozen=True)
class Standing:
    """What the public may know of one organization."""

    organization: Organization
    checked: bool
    cases: int
    second_visits: int
    agreed: int
    complaints: int
    upheld: int
    overdue: tuple[Report, ...]
    hidden: int

    @property
    def agreement(self) -> int | None:
        """Agreement of second visits, percent."""
        return round(100 * self.agreed / self.second_visits) if self.second_visits else None


def registry() -> list[Standing]:
    """Every organization, NGOs first, by name."""
    rows = Organization.objects.order_by("kind", "name")
    return [standing(row) for row in rows]


def organization(identifier: UUID) -> Organization:
    """One organization; `organization.unknown`."""
    row = Organization.objects.filter(id=identifier).first()
    if row is None:
        raise not_found("organization.unknown")
    return row


def own_organization(actor: Actor) -> Organization:
    """The organization that this person works for; `organization.unknown` when it has not been registered."""
    row = Organization.objects.filter(name=actor.organization).first() if actor.organization else None
    if row is None:
        raise not_found("organization.unknown")
    return row


def standing(row: Organization) -> Standing:
    """Figures of one organization."""
    today = clock.today()
    seen = SecondVisit.objects.filter(organization=row, done_at__isnull=False)
    counted = seen.aggregate(all=Count("pk"), agreed=Count("pk", filter=Q(agrees=True)))
    decided = complaints_about(checked_cases(row).values("id")).filter(upheld__isnull=False)
    return Standing(
        organization=row,
        checked=row.checked_until is not None and row.checked_until >= today,
        cases=checked_cases(row).filter(state__in=PUBLIC_CASE_STATES).count(),
        second_visits=counted["all"],
        agreed=counted["agreed"],
        complaints=decided.count(),
        upheld=decided.filter(upheld=True).count(),
        overdue=tuple(overdue_reports(row, today)),
        hidden=HiddenCase.objects.filter(organization=row).count(),
    )


def checked_cases(row: Organization) -> QuerySet[Any]:
    """Cases whose family was visited by somebody of this organization."""
    return cases_checked_by(people_of(row.name))


def open_cases(row: Organization) -> list[UUID]:
    """Those that raise money now."""
    return list(checked_cases(row).filter(state=CaseState.PUBLISHED).values_list("id", flat=True))


def overdue_reports(row: Organization, today: date) -> list[Report]:
    """Reports that are overdue by the one rule, the oldest first."""
    waiting = row.reports.filter(filed_at__isnull=True).order_by("due_on")
    return [report for report in waiting if rules.is_overdue(report.due_on, False, today)]


def papers_of(row: Organization) -> list[Paper]:
    """The newest paper of each kind."""
    newest: dict[str, Paper] = {paper.kind: paper for paper in row.papers.order_by("at")}
    return [newest[kind] for kind in rules.PAPERS if kind in newest]


def second_visits_for(actor: Actor) -> list[SecondVisit]:
    """Visits that wait for a second look by this volunteer: of other organizations, in the volunteer's regions."""
    waiting = SecondVisit.objects.filter(done_at__isnull=True).exclude(organization__name=actor.organization)
    if actor.person is not None:
        waiting = waiting.exclude(first_volunteer=actor.person)
    waiting = waiting.select_related("organization").order_by("drawn_at")
    return [row for row in waiting if actor.sees_region(Role.VOLUNTEER, row.region_kato)]


def names_at_work() -> dict[str, str]:
    """Organizations that somebody works for now, by name, with their kind."""
    ngos = organizations_of(Role.NGO_ADMIN, Role.VOLUNTEER)
    return dict.fromkeys(organizations_of(Role.CURATOR, Role.AKIMAT) - ngos, "state") | dict.fromkeys(ngos, "ngo")
