"""Reading people. Callers that show what they read to anyone leave an access record themselves."""

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from demeu.contracts.words import Language
from demeu.kernel.errors import not_found
from demeu.vault.people import rules
from demeu.vault.people.models import Person
from demeu.vault.sealing.cipher import blind, unseal


@dataclass(frozen=True)
class Card:
    """What a page may show of a person."""

    display_name: str
    masked_iin: str
    masked_phone: str
    lang: Language
    region_kato: str


@dataclass(frozen=True)
class Contact:
    """Where messages go. `phone` is empty when none is known; `pending` waits for its code."""

    phone: str
    pending: str
    lang: Language
    email: str = ""


def person_card(person: UUID) -> Card:
    """The card of one person. Refuses `person.unknown`."""
    row = _row(person)
    names = (unseal(row.id, f"person.{name}", getattr(row, name)) for name in ("surname", "given_name", "patronymic"))
    return Card(
        display_name=rules.display_name(*names),
        masked_iin=rules.masked_iin(unseal(row.id, "person.iin", row.iin)),
        masked_phone=rules.masked_phone(unseal(row.id, "person.phone", row.phone)),
        lang=cast(Language, row.lang),
        region_kato=row.region_kato,
    )


def person_contact(person: UUID) -> Contact:
    """The contact of one person. Refuses `person.unknown`."""
    row = _row(person)
    return Contact(
        phone=unseal(row.id, "person.phone", row.phone),
        pending=unseal(row.id, "person.phone_pending", row.phone_pending),
        lang=cast(Language, row.lang),
        email=unseal(row.id, "person.email", row.email),
    )


def iin_of(person: UUID) -> str:
    """The IIN, empty when the person has none. Refuses `person.unknown`."""
    row = _row(person)
    return unseal(row.id, "person.iin", row.iin)


def people_with_phone(phone: str) -> list[UUID]:
    """References of the people with this phone (+7…)."""
    return list(Person.objects.filter(phone_blind=blind("phone", phone)).values_list("id", flat=True))


def _row(person: UUID) -> Person:
    row = Person.objects.filter(id=person).first()
    if row is None:
        raise not_found("person.unknown")
    return row
