"""People as vault knows them: cards, entering by an institution, contacts, one-time codes."""

from datetime import date, datetime
from uuid import UUID

from pydantic import Field

from demeu.contracts.words import Language
from demeu.kernel.operations import Empty, Message, Operation


class PersonQuestion(Message):
    """About one person, for a purpose named in the call."""

    person: UUID


class PersonCard(Message):
    """What a page may show about a person within one request."""

    person: UUID
    display_name: str
    masked_iin: str
    masked_phone: str
    lang: Language
    region_kato: str


class PersonEnter(Message):
    """An institution enters a person whom the registries may not know (no IIN, home or phone)."""

    surname: str = Field(max_length=120)
    given_name: str = Field(max_length=120)
    patronymic: str = Field(default="", max_length=120)
    iin: str | None = None
    birth_date: date | None = None
    phone: str | None = None
    lang: Language = "ru"
    region_kato: str = Field(default="", pattern=r"^([0-9]{2}|[0-9]{9})?$")


class PersonByNumber(Message):
    """A person whom an institution knows by number only. `sealed`: JSON `iin`, `phone`, `lang` as a JWE to vault.

    The phone and the language are used for a person who is new; what is known of a person stays as it is.
    """

    sealed: str = Field(max_length=4000)


class PersonEntered(Message):
    """The reference of the person, new or found by IIN."""

    person: UUID
    known_before: bool


class ContactSave(Message):
    """A person's phone, e-mail and language; a changed phone is confirmed by code before anything is sent to it."""

    person: UUID
    phone: str | None = None
    email: str | None = None
    lang: Language | None = None


class CodeSend(Message):
    """Send a one-time code by SMS to the person's phone for an act that someone else enters."""

    person: UUID
    reason: str = Field(max_length=60)


class CodeSent(Message):
    """Where to (masked) and until when."""

    code: UUID
    masked_phone: str
    expires_at: datetime


class CodeCheck(Message):
    """The code as the person read it out."""

    code: UUID
    digits: str = Field(max_length=12)


PERSON_CARD = Operation("people.card", PersonQuestion, PersonCard, repeatable=True)
PERSON_ENTER = Operation("people.enter", PersonEnter, PersonEntered, intake=True)
PERSON_BY_NUMBER = Operation("people.by_number", PersonByNumber, PersonEntered)
CONTACT_SAVE = Operation("people.contact", ContactSave, Empty)
CODE_SEND = Operation("codes.send", CodeSend, CodeSent)
CODE_CHECK = Operation("codes.check", CodeCheck, Empty, keyed=False)
