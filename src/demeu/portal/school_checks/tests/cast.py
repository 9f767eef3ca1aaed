"""A pedagogue of a school, a request of a parent, and a check that has come as far as wanted."""

from datetime import datetime
from uuid import UUID

from demeu.contracts.words import Role
from demeu.kernel import clock
from demeu.kernel.ids import new_id
from demeu.portal.accounts.actions import give_role
from demeu.portal.accounts.queries import actor_of
from demeu.portal.accounts.rules import Actor
from demeu.portal.school_checks.models import SchoolCheck
from demeu.portal.school_checks.rules import Request

IIN, OTHER_IIN, PHONE = "900101200010", "900101100014", "+77710009998"


def pedagogue(school: str = "Школа № 17", region: str = "35") -> Actor:
    """A person who works at a school."""
    person = new_id()
    give_role(person=person, role=Role.SCHOOL_PEDAGOGUE, by="operator:test", regions=(region,), organization=school)
    return actor_of(person)


def request(number: str = "12/2026", iin: str = IIN, phone: str = PHONE) -> Request:
    """A request as a school writes it."""
    return Request(number, iin, phone)


def assessed(school: str, region: str, number: str, category: int, at: datetime | None = None) -> UUID:
    """A check with a result, for the figures."""
    moment = at or clock.now()
    row = SchoolCheck.objects.create(
        id=new_id(), pedagogue=new_id(), school=school, region_kato=region, number=number, year=moment.year,
        state="assessed", person=new_id(), consent=new_id(), household=new_id(), assessment=new_id(),
        category=category, opened_at=moment, assessed_at=moment,
    )  # fmt: skip
    return row.id
