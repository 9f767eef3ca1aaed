"""A published case with priced items, for tests of giving and payments."""

from uuid import UUID

from django.test import Client

from demeu.contracts.vault import NeedFact
from demeu.contracts.words import NeedGroup, Registry
from demeu.kernel.clock import now
from demeu.kernel.ids import new_id
from demeu.portal.cases.models import Case
from demeu.portal.cases.rules import CaseState
from demeu.portal.wishes.actions import form_wish_list, open_items


def published_case(number: str = "26-20001", *, curator: UUID | None = None) -> Case:
    """A case of a family in the Karaganda region that asks for three winter jackets."""
    case = Case.objects.create(
        id=new_id(), number=number, person=new_id(), group=NeedGroup.CHILDREN_YOUTH, region_kato="350000000",
        state=CaseState.PUBLISHED, curator=curator, title_ru="Семье нужна зимняя одежда", created_at=now(),
        published_at=now(),
    )  # fmt: skip
    needs = [NeedFact(code="winter_clothes_child", count=3, source=Registry.GBD_FL)]
    form_wish_list(case=case.id, needs=needs, by="role:portal")
    open_items(case=case.id, by="role:portal")
    return case


def signed_in(client: Client, person: UUID) -> Client:
    """The client with a session of this person."""
    session = client.session
    session["person"], session["office"] = str(person), True
    session.save()
    return client
