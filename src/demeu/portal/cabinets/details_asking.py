"""What a person tells vault of themselves: spellings, contacts, documents, family. Nothing of it is kept here."""

import base64
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel

from demeu.contracts import vault
from demeu.contracts.words import Language, Purpose
from demeu.kernel.calling import ask
from demeu.kernel.errors import Kind, not_found, suppressed
from demeu.kernel.operations import Operation
from demeu.portal.accounts.rules import Actor

UPLOAD_S_MAX = 20
Told = TypeVar("Told", bound=BaseModel)
Answered = TypeVar("Answered", bound=BaseModel)


def shown(actor: Actor) -> vault.PersonShown | None:
    """Everything that vault knows of this person; None while it is away."""
    with suppressed(Kind.UNAVAILABLE):
        return _tell(actor, vault.PERSON_SHOW, vault.PersonQuestion(person=_own(actor)))
    return None


def add_spelling(actor: Actor, *, surname: str, given_name: str, patronymic: str) -> None:
    """The name in another script. Refuses `person.no_name`."""
    body = vault.AliasNote(person=_own(actor), surname=surname, given_name=given_name, patronymic=patronymic)
    _tell(actor, vault.ALIAS_NOTE, body)


def add_contact(actor: Actor, *, kind: str, value: str, protected: bool) -> None:
    """A further contact; told again, only its mark changes.

    Refuses `person.phone_invalid`, `person.email_invalid`, `person.address_invalid`.
    """
    told = {"person": _own(actor), "kind": kind, "value": value, "protected": protected}
    _tell(actor, vault.CONTACT_NOTE, vault.ContactNote.model_validate(told))


def add_paper(actor: Actor, **told: object) -> None:
    """An identity document: `kind`, `number`, `issued_on`, `expires_on`.

    Refuses `paper.number_invalid`, `paper.dates`, `paper.of_another`.
    """
    _tell(actor, vault.PAPER_NOTE, vault.PaperNote.model_validate({"person": _own(actor), **told}))


def add_relative(actor: Actor, *, relative: vault.PersonEnter, key: UUID) -> UUID:
    """The reference of somebody of the family, new or known by IIN; `key` makes a second press the same.

    Refuses `person.iin_invalid`, `person.no_name`.
    """
    entered = ask(
        "vault", vault.PERSON_ENTER, relative, actor=actor.name, purpose=Purpose.OWN_DATA,
        idempotency_key=f"relative-{key}",
    )  # fmt: skip
    return entered.person


def tie(
    actor: Actor, *, other: UUID, role: str, ground: tuple[str, bytes] | None, one_household: bool, key: UUID
) -> None:
    """`other` is this to the person; `ground` is the document behind it, kept by vault.

    Refuses `tie.of_two`, `tie.no_ground`, `tie.known`.
    """
    kept = _keep(actor, *ground, key) if ground else None
    told = {"person": _own(actor), "other": other, "role": role, "ground": kept, "one_household": one_household}
    _tell(actor, vault.TIE_NOTE, vault.TieNote.model_validate(told))


def untie(actor: Actor, tie: UUID) -> None:
    """End one of the person's own ties. Refuses `tie.unknown`."""
    known = shown(actor)
    if known is not None and tie not in {one.tie for one in known.ties}:
        raise not_found("tie.unknown")
    _tell(actor, vault.TIE_END, vault.TieEnd(tie=tie))


def relative_of(*, surname: str, given_name: str, patronymic: str, iin: str, lang: Language) -> vault.PersonEnter:
    """Somebody of the family as the person wrote them."""
    return vault.PersonEnter(surname=surname, given_name=given_name, patronymic=patronymic, iin=iin, lang=lang)


def _keep(actor: Actor, file_name: str, content: bytes, key: UUID) -> UUID:
    body = vault.FilePut(
        subject=f"person:{_own(actor)}", kind="tie.ground", person=_own(actor), file_name=file_name[-200:] or "ground",
        content_b64=base64.b64encode(content).decode(),
    )  # fmt: skip
    kept = ask(
        "vault", vault.FILE_PUT, body, actor=actor.name, purpose=Purpose.OWN_DATA, deadline_s=UPLOAD_S_MAX,
        idempotency_key=f"ground-{key}",
    )  # fmt: skip
    return kept.document


def _tell(actor: Actor, operation: Operation[Told, Answered], body: Told) -> Answered:
    return ask("vault", operation, body, actor=actor.name, purpose=Purpose.OWN_DATA)


def _own(actor: Actor) -> UUID:
    assert actor.person is not None
    return actor.person
