"""Changing what is known of people. Every action audits without personal facts."""

from datetime import date
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction

from demeu.contracts.words import Language
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import invalid, not_found
from demeu.kernel.sealing import unseal as unseal_words
from demeu.vault.people import rules
from demeu.vault.people.duplicates import renew_blocking_keys
from demeu.vault.people.models import Alias, Person
from demeu.vault.people.spelling import script_of
from demeu.vault.people.tasks import seek_duplicates
from demeu.vault.sealing.cipher import blind, seal, unseal

NAMES = ("surname", "given_name", "patronymic")


def find_or_create_person(*, iin: str, surname: str, given_name: str, patronymic: str, lang: Language) -> UUID:
    """The reference of the person with this IIN, made when new; names from a checked source replace older ones.

    Refuses `person.iin_invalid`.
    """
    require_iin(iin)
    with transaction.atomic():
        person = Person.objects.select_for_update().filter(iin_blind=blind("iin", iin)).first()
        if person is None:
            return _create(
                iin=iin, surname=surname, given_name=given_name, patronymic=patronymic, lang=lang, actor="role:vault"
            )
        before = _names(person)
        if _seal_names(person, surname, given_name, patronymic):
            person.save(update_fields=["surname", "given_name", "patronymic"])
            _keep_other_spelling(person, before)
            renew_blocking_keys(person)
            record(actor="role:vault", action="person.names_renewed", subject=f"person:{person.id}")
        return person.id


def enter_person(
    *,
    actor: str,
    surname: str,
    given_name: str,
    patronymic: str,
    iin: str | None,
    birth_date: date | None,
    phone: str | None,
    lang: Language,
    region_kato: str,
) -> tuple[UUID, bool]:
    """An institution enters a person; (reference, known before). A known person's data stay as they are.

    Refuses `person.iin_invalid`, `person.phone_invalid`, `person.no_name`.
    """
    if not surname.strip() and not given_name.strip():
        raise invalid("person.no_name")
    if iin is not None:
        require_iin(iin)
    number = require_phone(phone) if phone else ""
    with transaction.atomic():
        known = Person.objects.filter(iin_blind=blind("iin", iin)).first() if iin else None
        if known is not None:
            return known.id, True
        person = _create(
            iin=iin or "",
            surname=surname,
            given_name=given_name,
            patronymic=patronymic,
            lang=lang,
            actor=actor,
            birth_date=birth_date.isoformat() if birth_date else "",
            phone=number,
            region_kato=region_kato,
        )
        return person, False


def enter_by_number(*, actor: str, sealed: str) -> tuple[UUID, bool]:
    """An institution names a person by number only, sealed to the vault; (reference, known before).

    A known person's data stay as they are, so nobody can put their own phone in the place of the person's.
    Refuses `seal.unreadable`, `person.iin_invalid`, `person.phone_invalid`.
    """
    told = rules.sealed_person(unseal_words(settings.DEMEU_KEYS, sealed))
    if told is None:
        raise invalid("seal.unreadable")
    require_iin(told.iin)
    number = require_phone(told.phone) if told.phone else ""
    with transaction.atomic():
        known = Person.objects.filter(iin_blind=blind("iin", told.iin)).first()
        if known is not None:
            return known.id, True
        person = _create(
            iin=told.iin, surname="", given_name="", patronymic="", lang=told.lang, actor=actor, phone=number
        )
        return person, False


def save_contact(*, person: UUID, actor: str, phone: str | None, email: str | None, lang: Language | None) -> None:
    """Keep what is given. The first phone is used at once; another one waits for its code (`confirm_phone`).

    Refuses `person.phone_invalid`, `person.email_invalid`.
    """
    with transaction.atomic():
        row = _locked(person)
        if phone is not None:
            _set_phone(row, require_phone(phone) if phone else "")
        if email is not None:
            if email and not rules.is_email(email):
                raise invalid("person.email_invalid")
            row.email = seal(row.id, "person.email", email)
        row.lang = lang or row.lang
        row.save()
        record(actor=actor, action="person.contact_saved", subject=f"person:{person}")


def confirm_phone(*, person: UUID, phone: str) -> None:
    """The code sent to this phone was read out: it is the person's. A waiting phone takes the place of the old one."""
    with transaction.atomic():
        row = _locked(person)
        if unseal(row.id, "person.phone_pending", row.phone_pending) == phone:
            row.phone = seal(row.id, "person.phone", phone)
            row.phone_blind = blind("phone", phone)
            row.phone_pending = b""
        elif unseal(row.id, "person.phone", row.phone) != phone:
            return
        row.phone_confirmed_at = clock.now()
        row.save()
        record(actor="role:vault", action="person.phone_confirmed", subject=f"person:{person}")


def keep_demo_person(
    *,
    ref: UUID,
    iin: str,
    surname: str,
    given_name: str,
    patronymic: str,
    phone: str,
    lang: Language,
    region_kato: str,
) -> None:
    """A person of the demo country under a given reference; told again, nothing changes."""
    require_iin(iin)
    number = require_phone(phone) if phone else ""
    with transaction.atomic():
        if Person.objects.filter(id=ref).exists():
            return
        _create(
            iin=iin,
            surname=surname,
            given_name=given_name,
            patronymic=patronymic,
            lang=lang,
            actor="role:vault",
            phone=number,
            region_kato=region_kato,
            ref=ref,
        )
        Person.objects.filter(id=ref).update(phone_confirmed_at=clock.now() if number else None)


def keep_region(*, person: UUID, region_kato: str) -> None:
    """The region that the registries name replaces the one told."""
    Person.objects.filter(id=person).update(region_kato=region_kato)


def require_iin(iin: str) -> None:
    """Refuse a number that no person can have."""
    if not rules.is_iin(iin):
        raise invalid("person.iin_invalid")


def require_phone(phone: str) -> str:
    """The phone in its one form, or a refusal."""
    number = rules.phone_e164(phone)
    if number is None:
        raise invalid("person.phone_invalid")
    return number


def _locked(person: UUID) -> Person:
    row = Person.objects.select_for_update().filter(id=person).first()
    if row is None:
        raise not_found("person.unknown")
    return row


def _create(
    *,
    iin: str,
    surname: str,
    given_name: str,
    patronymic: str,
    lang: Language,
    actor: str,
    birth_date: str = "",
    phone: str = "",
    region_kato: str = "",
    ref: UUID | None = None,
) -> UUID:
    """Write a new person; of two at once with one IIN the second finds the first."""
    person = Person(id=ref or uuid4(), lang=lang, region_kato=region_kato, created_at=clock.now())
    _seal_names(person, surname, given_name, patronymic)
    person.iin = seal(person.id, "person.iin", iin)
    person.iin_blind = blind("iin", iin) if iin else None
    person.birth_date = seal(person.id, "person.birth_date", birth_date)
    person.phone = seal(person.id, "person.phone", phone)
    person.phone_blind = blind("phone", phone) if phone else None
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:
        return Person.objects.get(iin_blind=blind("iin", iin)).id
    renew_blocking_keys(person)
    if person.surname or person.given_name:
        seek_duplicates.defer(person=str(person.id))
    record(actor=actor, action="person.created", subject=f"person:{person.id}", has_iin=bool(iin))
    return person.id


def _names(person: Person) -> tuple[str, str, str]:
    surname, given, father = (unseal(person.id, f"person.{name}", getattr(person, name)) for name in NAMES)
    return surname, given, father


def _keep_other_spelling(person: Person, before: tuple[str, str, str]) -> None:
    """Names that were replaced stay findable when they were written in another script."""
    script = script_of("".join(before))
    if not script or script == script_of("".join(_names(person))):
        return
    alias = Alias.objects.filter(person=person, script=script).first() or Alias(person=person, script=script)
    for name, text in zip(NAMES, before, strict=True):
        setattr(alias, name, seal(alias.id, f"alias.{name}", text))
    alias.noted_at = clock.now()
    alias.save()


def _seal_names(person: Person, surname: str, given_name: str, patronymic: str) -> bool:
    """Set the names; whether anything differs from what was there. Nothing known is overwritten with nothing."""
    changed = False
    for name, text in zip(NAMES, (surname, given_name, patronymic), strict=True):
        tidy = rules.tidy_name(text)
        if tidy and unseal(person.id, f"person.{name}", getattr(person, name)) != tidy:
            setattr(person, name, seal(person.id, f"person.{name}", tidy))
            changed = True
    return changed


def _set_phone(row: Person, number: str) -> None:
    present = unseal(row.id, "person.phone", row.phone)
    if not number or present == number:
        row.phone_pending = b""
    elif not present:
        row.phone = seal(row.id, "person.phone", number)
        row.phone_blind = blind("phone", number)
    else:
        row.phone_pending = seal(row.id, "person.phone_pending", number)
