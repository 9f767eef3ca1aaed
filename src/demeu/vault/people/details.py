"""Other spellings, further contacts, identity documents, family and representatives of a person."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import conflict, invalid, not_found
from demeu.vault.people import rules
from demeu.vault.people.actions import NAMES, require_phone
from demeu.vault.people.duplicates import renew_blocking_keys
from demeu.vault.people.models import Alias, Contact, Paper, Person, Tie
from demeu.vault.people.rules import MAY_ACT, TieRole
from demeu.vault.people.spelling import script_of
from demeu.vault.sealing.cipher import blind, seal

PAPER_KINDS = ("id_card", "passport", "birth_certificate", "residence_permit", "refugee_certificate")
PAPER_LENGTH_MAX = 20


def note_alias(*, person: UUID, surname: str, given_name: str, patronymic: str, actor: str) -> str:
    """Keep the name in another script, in place of the one before; the script. Refuses `person.no_name`."""
    tidy = [rules.tidy_name(text) for text in (surname, given_name, patronymic)]
    script = script_of("".join(tidy))
    if not script:
        raise invalid("person.no_name")
    with transaction.atomic():
        row = _locked(person)
        alias = Alias.objects.filter(person=row, script=script).first() or Alias(person=row, script=script)
        for name, text in zip(NAMES, tidy, strict=True):
            setattr(alias, name, seal(alias.id, f"alias.{name}", text))
        alias.noted_at = clock.now()
        alias.save()
        renew_blocking_keys(row)
        record(actor=actor, action="person.alias_noted", subject=f"person:{person}", script=script)
    return script


def note_contact(*, person: UUID, kind: str, value: str, protected: bool, actor: str) -> UUID:
    """Keep a further phone, mail or address once. A protected one is shown to nobody but the person.

    Refuses `person.contact_kind`, `person.phone_invalid`, `person.email_invalid`, `person.address_invalid`.
    """
    tidy = _contact(kind, value)
    with transaction.atomic():
        row = _locked(person)
        hidden = blind("contact", f"{kind}:{tidy.casefold()}")
        contact = Contact.objects.filter(person=row, kind=kind, value_blind=hidden).first()
        if contact is None:
            contact = Contact(person=row, kind=kind, value_blind=hidden)
            contact.value = seal(contact.id, "contact.value", tidy)
        contact.protected, contact.noted_at = protected, clock.now()
        contact.save()
        record(actor=actor, action="person.contact_noted", subject=f"person:{person}", kind=kind, protected=protected)
    return contact.id


def note_paper(
    *, person: UUID, kind: str, number: str, issued_on: date | None, expires_on: date | None, actor: str
) -> UUID:
    """Keep an identity document. Refuses `paper.kind`, `paper.number_invalid`, `paper.dates`, `paper.of_another`."""
    tidy = "".join(number.split()).upper()
    if kind not in PAPER_KINDS:
        raise invalid("paper.kind")
    if not tidy.isalnum() or not 5 <= len(tidy) <= PAPER_LENGTH_MAX:
        raise invalid("paper.number_invalid")
    if issued_on and expires_on and expires_on <= issued_on:
        raise invalid("paper.dates")
    with transaction.atomic():
        row = _locked(person)
        hidden = blind("paper", f"{kind}:{tidy}")
        paper = Paper.objects.filter(kind=kind, number_blind=hidden).first() or Paper(person=row, kind=kind)
        if paper.person_id != row.id:
            raise conflict("paper.of_another")
        paper.number, paper.number_blind = seal(paper.id, "paper.number", tidy), hidden
        paper.issued_on, paper.expires_on, paper.noted_at = issued_on, expires_on, clock.now()
        paper.save()
        record(actor=actor, action="person.paper_noted", subject=f"person:{person}", kind=kind)
    return paper.id


def tie_people(
    *, person: UUID, other: UUID, role: TieRole, ground: UUID | None, one_household: bool, actor: str
) -> UUID:
    """`other` is this to `person` from today. Who may act needs a ground: a document that vault keeps.

    Refuses `tie.of_two`, `tie.no_ground`, `tie.known`.
    """
    if person == other:
        raise invalid("tie.of_two")
    if role in MAY_ACT and ground is None:
        raise invalid("tie.no_ground")
    with transaction.atomic():
        _locked(other)
        row = _locked(person)
        try:
            with transaction.atomic():
                tie = Tie.objects.create(
                    person=row,
                    other_id=other,
                    role=role,
                    ground=ground,
                    one_household=one_household,
                    since=clock.today(),
                    noted_by=actor[:120],
                )
        except IntegrityError:
            raise conflict("tie.known") from None
        record(actor=actor, action="person.tied", subject=f"person:{person}", role=role.value)
    return tie.id


def end_tie(*, tie: UUID, actor: str) -> None:
    """The tie ends today; ended again, nothing changes. Refuses `tie.unknown`."""
    with transaction.atomic():
        row = Tie.objects.select_for_update().filter(id=tie).first()
        if row is None:
            raise not_found("tie.unknown")
        if row.until is None:
            row.until = clock.today()
            row.save(update_fields=["until"])
            record(actor=actor, action="person.untied", subject=f"person:{row.person_id}", role=row.role)


def _contact(kind: str, value: str) -> str:
    tidy = " ".join(value.split())
    if kind == Contact.PHONE:
        return require_phone(tidy)
    if kind == Contact.EMAIL:
        if not rules.is_email(tidy):
            raise invalid("person.email_invalid")
        return tidy
    if kind != Contact.ADDRESS:
        raise invalid("person.contact_kind")
    if not 5 <= len(tidy) <= 300:
        raise invalid("person.address_invalid")
    return tidy


def _locked(person: UUID) -> Person:
    row = Person.objects.select_for_update().filter(id=person, erased_at__isnull=True).first()
    if row is None:
        raise not_found("person.unknown")
    return row
