"""An application in review with its case and wish list, and the people around it."""

from dataclasses import dataclass
from uuid import UUID

from django.test import Client

from demeu.contracts.vault import NeedFact
from demeu.contracts.words import Registry, Role
from demeu.kernel import clock
from demeu.kernel.ids import new_id
from demeu.portal.accounts.actions import give_role
from demeu.portal.accounts.queries import actor_of
from demeu.portal.accounts.rules import Actor
from demeu.portal.cases.models import Application, Case
from demeu.portal.cases.rules import ApplicationState
from demeu.portal.wishes.actions import form_wish_list

NEEDS = (
    NeedFact(code="wheelchair_child", count=1, source=Registry.IPR),
    NeedFact(code="winter_clothes_child", count=2, source=Registry.CKS),
    NeedFact(code="home_schooling", count=9, source=Registry.NOBD),
)
HOME_SCHOOLED = ("child_home_schooled",)


@dataclass(frozen=True)
class Cast:
    """Ids of everybody and of the application."""

    application: UUID
    case: UUID
    curator: Actor
    volunteer: Actor
    mother: UUID


def staff(role: Role, regions: tuple[str, ...] = ("35",), organization: str = "") -> Actor:
    """A new person with one role."""
    person = new_id()
    give_role(person=person, role=role, by="operator:test", regions=regions, organization=organization)
    return actor_of(person)


def in_review(entered_by: UUID | None = None) -> Cast:
    """An application of Karaganda Region waiting for its curator."""
    mother, moment = new_id(), clock.now()
    row = Application.objects.create(
        id=new_id(), person=mother, entered_by=entered_by, state=ApplicationState.REVIEW, group="children_youth",
        region_kato="350000000", district_kato="351000000", category=2, created_at=moment, submitted_at=moment,
        updated_at=moment,
    )  # fmt: skip
    case = Case.objects.create(
        id=new_id(), number=f"26-{str(row.id.int)[-6:]}", application=row, person=mother, group="children_youth",
        attributes=["child_home_schooled", "single_parent"], region_kato="350000000", district_kato="351000000",
        category=2, created_at=moment,
    )  # fmt: skip
    form_wish_list(case=case.id, needs=NEEDS, by="role:portal")
    curator = staff(Role.CURATOR, organization="Центр поддержки семьи")
    volunteer = staff(Role.VOLUNTEER, organization="Общественный фонд «Тірек»")
    return Cast(row.id, case.id, curator, volunteer, mother)


def signed_in(client: Client, actor: Actor) -> Client:
    """The client with this person's session."""
    session = client.session
    session["person"], session["office"] = str(actor.person), True
    session.save()
    return client
