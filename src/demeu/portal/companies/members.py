"""Who works for a company here: invitations and roles. Names stay in vault; a colleague is known by role and days."""

from uuid import UUID

from django.db import transaction

from demeu.contracts.words import Role
from demeu.kernel.errors import conflict, not_found
from demeu.portal.accounts.actions import invite, revoke_role
from demeu.portal.accounts.queries import Colleague, colleagues
from demeu.portal.companies.rules import company_of

ROLES = (Role.COMPANY_ADMIN, Role.COMPANY_MEMBER)


def members_of(organization: str) -> list[Colleague]:
    """Everybody with a role at this company, those who may promise first."""
    company_of(organization)
    return colleagues(organization, ROLES)


def invite_member(*, organization: str, role: Role, by: str) -> str:
    """A link's word for a new colleague; kept nowhere. Refuses `company.not_named`."""
    company_of(organization)
    return invite(role=role, by=by, organization=organization)


@transaction.atomic
def let_go(*, organization: str, person: UUID, role: Role, by: str) -> None:
    """Take a colleague's role back. Refuses `company.not_a_member`, `company.last_admin`."""
    members = members_of(organization)
    if not any(one.person == person and one.role == role for one in members):
        raise not_found("company.not_a_member")
    if role is Role.COMPANY_ADMIN and sum(one.role == role for one in members) == 1:
        raise conflict("company.last_admin")
    revoke_role(person=person, role=role, by=by)
