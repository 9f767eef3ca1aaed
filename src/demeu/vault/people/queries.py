"""Reading people. Callers that show what they read to anyone leave an access record themselves."""

from dataclasses import dataclass
from typing import cast
from uuid import UUID

from django.db.models import Q, QuerySet

from demeu.contracts.words import Language
from demeu.kernel import clock
from demeu.kernel.errors import not_found
from demeu.vault.people.duplicates import NAMES
from demeu.vault.people.models import Paper, Person, Tie
from demeu.vault.people.rules import MAY_ACT
from demeu.vault.people.viewing import View, iin_in, name_in, phone_in, text_in
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


def person_card(person: UUID, view: View = View.MASKED) -> Card:
    """The card of one person, numbers always masked; redacted it has initials only. Refuses `person.unknown`."""
    row = _row(person)
    names = (unseal(row.id, f"person.{name}", getattr(row, name)) for name in NAMES)
    shown = View.REDACTED if view is View.REDACTED else View.MASKED
    return Card(
        display_name=name_in(shown, *names),
        masked_iin=iin_in(shown, unseal(row.id, "person.iin", row.iin)),
        masked_phone=phone_in(shown, unseal(row.id, "person.phone", row.phone)),
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


def may_act_for(other: UUID, person: UUID) -> bool:
    """Whether `other` is a guardian, trustee or representative of `person` today."""
    return _in_force(person).filter(other=other, role__in=sorted(MAY_ACT)).exists()


def household_of(person: UUID) -> tuple[tuple[UUID, str], ...]:
    """(reference, role) of those who live with the person, by what they are to them."""
    rows = _in_force(person).filter(one_household=True).order_by("role", "other")
    return tuple(rows.values_list("other", "role"))


def person_of_tie(tie: UUID) -> UUID:
    """Whose tie it is. Refuses `tie.unknown`."""
    row = Tie.objects.filter(id=tie).first()
    if row is None:
        raise not_found("tie.unknown")
    return row.person_id


def person_shown(person: UUID, view: View) -> dict[str, object]:
    """Everything of one person in this view; protected contacts in the plain one only. Refuses `person.unknown`."""
    row = _row(person)
    names = [unseal(row.id, f"person.{name}", getattr(row, name)) for name in NAMES]
    aliases = [
        name_in(view, *(unseal(one.id, f"alias.{name}", getattr(one, name)) for name in NAMES))
        for one in row.aliases.order_by("script")
    ]
    contacts = [
        {
            "kind": one.kind,
            "value": text_in(view, unseal(one.id, "contact.value", one.value)),
            "protected": one.protected,
        }
        for one in row.contacts.order_by("kind", "noted_at")
        if view is View.PLAIN or not one.protected
    ]
    papers = [
        {"kind": one.kind, "number": text_in(view, number_of(one)), "expires_on": one.expires_on}
        for one in row.papers.order_by("kind", "noted_at")
    ]
    return {
        "name": name_in(view, *names),
        "iin": iin_in(view, unseal(row.id, "person.iin", row.iin)),
        "phone": phone_in(view, unseal(row.id, "person.phone", row.phone)),
        "email": text_in(view, unseal(row.id, "person.email", row.email)),
        "birth_date": unseal(row.id, "person.birth_date", row.birth_date) if view is View.PLAIN else "",
        "aliases": aliases,
        "contacts": contacts,
        "papers": papers,
        "ties": [_tie(one) for one in _in_force(person).select_related("other").order_by("since", "role", "id")],
    }


def _tie(tie: Tie) -> dict[str, object]:
    """The other by initials alone, whatever the view: naming somebody must not tell who they are."""
    other = tie.other
    names = (unseal(other.id, f"person.{name}", getattr(other, name)) for name in NAMES)
    return {
        "tie": tie.id,
        "other": other.id,
        "role": tie.role,
        "initials": name_in(View.REDACTED, *names),
        "since": tie.since,
        "grounded": tie.ground is not None,
    }


def number_of(paper: Paper) -> str:
    """The number of an identity document."""
    return unseal(paper.id, "paper.number", paper.number)


def _in_force(person: UUID) -> "QuerySet[Tie]":
    ended = Q(until__isnull=True) | Q(until__gt=clock.today())
    return Tie.objects.filter(ended, person=person, since__lte=clock.today())
