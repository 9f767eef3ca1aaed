"""Which team a person works for, by the organisation that they were invited with."""

from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest

from demeu.contracts.words import Role
from demeu.kernel.errors import forbidden
from demeu.portal.accounts.entrance import actor_of_request
from demeu.portal.accounts.queries import workplace_of
from demeu.portal.accounts.rules import Actor
from demeu.portal.companies.rules import company_of

PEOPLE = (Role.COMPANY_ADMIN, Role.NGO_ADMIN, Role.COMPANY_MEMBER)


@dataclass(frozen=True)
class Team:
    """The reference of an organisation, its name, and the one who acts for it."""

    id: UUID
    name: str
    actor: Actor

    @property
    def may_change(self) -> bool:
        """Whether the person may make and revoke keys and addresses."""
        return self.actor.is_(Role.COMPANY_ADMIN, Role.NGO_ADMIN)


def team_of(request: HttpRequest) -> Team:
    """The team of the actor's first role in a company or an NGO: `company.not_named` when it names none."""
    actor = actor_of_request(request)
    role = next((role for role in PEOPLE if actor.is_(role)), None)
    if role is None or actor.person is None:
        raise forbidden("company.not_named")
    name = " ".join(workplace_of(actor.person, role).organization.split())
    return Team(company_of(name), name, actor)
