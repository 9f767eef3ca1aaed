"""Reading accounts and roles."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from demeu.contracts.words import Role
from demeu.portal.accounts.models import Account, RoleGrant
from demeu.portal.accounts.rules import GUEST, STAFF, Actor


def actor_of(person: UUID | None) -> Actor:
    """The actor behind a session; every signed-in person is an applicant and a donor besides the roles given."""
    if person is None:
        return GUEST
    grants = list(RoleGrant.objects.filter(person=person, revoked_at__isnull=True))
    given = {Role(grant.role) for grant in grants}
    regions = {Role(grant.role): frozenset(grant.regions) for grant in grants if grant.regions}
    organization = next((grant.organization for grant in grants if grant.organization), "")
    return Actor(person, frozenset(given | {Role.APPLICANT, Role.DONOR}), regions, organization)


def works_in_office(person: UUID) -> bool:
    """Whether the person has any role of staff."""
    return bool(actor_of(person).roles & STAFF)


@dataclass(frozen=True)
class Workplace:
    """Where a person works in one role: the organisation, and its region as nine digits of KATO."""

    organization: str
    region_kato: str


def workplace_of(person: UUID, role: Role) -> Workplace:
    """The workplace that the role was given with; its parts are empty when it was given without them."""
    grant = RoleGrant.objects.filter(person=person, role=role, revoked_at__isnull=True).first()
    if grant is None:
        return Workplace("", "")
    region = str(grant.regions[0])[:2].ljust(9, "0") if len(grant.regions) == 1 else ""
    return Workplace(grant.organization, region)


def people_with(role: Role, kato: str = "") -> list[UUID]:
    """References of all who hold a role, in a place when one is given."""
    grants = RoleGrant.objects.filter(role=role, revoked_at__isnull=True).order_by("id")
    return [
        grant.person
        for grant in grants
        if not kato or not grant.regions or any(kato.startswith(region[:2]) for region in grant.regions)
    ]


def organizations_of(*roles: Role) -> set[str]:
    """Names of the organizations that somebody works for in one of these roles."""
    grants = RoleGrant.objects.filter(role__in=roles, revoked_at__isnull=True).exclude(organization="")
    return set(grants.values_list("organization", flat=True))


def people_of(organization: str) -> list[UUID]:
    """References of all who work or have worked for an organization."""
    return list(RoleGrant.objects.filter(organization=organization).values_list("person", flat=True).distinct())


@dataclass(frozen=True)
class Colleague:
    """Somebody with a role at an organisation: a reference, since when, and when they were here last."""

    person: UUID
    role: Role
    since: datetime
    seen_at: datetime | None


def colleagues(organization: str, roles: Sequence[Role]) -> list[Colleague]:
    """Everybody who holds one of these roles at an organisation of this name, in the order of the roles."""
    name = " ".join(organization.split()).casefold()
    grants = [
        grant
        for grant in RoleGrant.objects.filter(role__in=list(roles), revoked_at__isnull=True).exclude(organization="")
        if " ".join(grant.organization.split()).casefold() == name
    ]
    seen = dict(Account.objects.filter(person__in=[one.person for one in grants]).values_list("person", "last_seen_at"))
    found = [Colleague(one.person, Role(one.role), one.granted_at, seen.get(one.person)) for one in grants]
    return sorted(found, key=lambda one: (list(roles).index(one.role), one.since))
