"""More of a person: other spellings, contacts, documents, family and representatives; records of one human being."""

from datetime import date
from typing import Literal
from uuid import UUID

from pydantic import Field

from demeu.contracts.vault.people import PersonQuestion
from demeu.kernel.operations import Empty, Message, Operation

# Every reason a comparison of two records may give; methods of later versions add theirs.
LIKELY_SAME_REASONS = (
    "iin.same",
    "iin.differs",
    "phone.same",
    "names.swapped",
    *(
        f"{field}.{found}"
        for field in ("surname", "given_name", "patronymic")
        for found in ("same", "other_spelling", "sounds_alike", "spelt_nearly", "differs")
    ),
    *(f"birth.{found}" for found in ("same", "day_and_month_swapped", "one_digit", "year_only", "differs")),
)
TieRoleName = Literal["parent", "child", "spouse", "sibling", "grandparent", "guardian", "trustee", "representative"]


class PaperShown(Message):
    """An identity document in the view of the purpose."""

    kind: str
    number: str
    expires_on: date | None


class ContactShown(Message):
    """A further contact in the view of the purpose; a protected one stands in the plain view alone."""

    kind: str
    value: str
    protected: bool = False


class TieShown(Message):
    """What another person is to this one: by initials in every view, and whether a document stands behind it."""

    tie: UUID
    other: UUID
    role: str
    initials: str
    since: date
    grounded: bool


class PersonShown(Message):
    """A person as the purpose of the call may see them: `view` is plain, masked or redacted."""

    person: UUID
    view: str
    name: str
    iin: str
    phone: str
    email: str
    birth_date: str
    aliases: tuple[str, ...]
    contacts: tuple[ContactShown, ...]
    papers: tuple[PaperShown, ...]
    ties: tuple[TieShown, ...]


class AliasNote(Message):
    """The same name in another script."""

    person: UUID
    surname: str = Field(default="", max_length=120)
    given_name: str = Field(default="", max_length=120)
    patronymic: str = Field(default="", max_length=120)


class ContactNote(Message):
    """A further phone, mail or address; a protected one is shown to nobody but the person."""

    person: UUID
    kind: Literal["phone", "email", "address"]
    value: str = Field(max_length=300)
    protected: bool = False


class PaperNote(Message):
    """An identity document."""

    person: UUID
    kind: Literal["id_card", "passport", "birth_certificate", "residence_permit", "refugee_certificate"]
    number: str = Field(max_length=40)
    issued_on: date | None = None
    expires_on: date | None = None


class TieNote(Message):
    """`other` is this to `person`. Who may act for the person needs a ground: a document of vault."""

    person: UUID
    other: UUID
    role: TieRoleName
    ground: UUID | None = None
    one_household: bool = True


class TieNoted(Message):
    """The tie, to end it by."""

    tie: UUID


class TieEnd(Message):
    """End a tie today."""

    tie: UUID


class LikelySameLine(Message):
    """A record that may be the same human being: points of 100, reasons as codes, and how it was found."""

    finding: UUID
    other: UUID
    name: str
    points: int
    reasons: tuple[str, ...]
    method: str
    method_version: int
    state: str


class LikelySameLines(Message):
    """Most alike first."""

    lines: tuple[LikelySameLine, ...]


class LikelySameDecide(Message):
    """What a person decided about two records. Nothing is joined or refused by it."""

    finding: UUID
    decision: Literal["same", "different"]


PERSON_SHOW = Operation("people.show", PersonQuestion, PersonShown, repeatable=True)
ALIAS_NOTE = Operation("people.alias", AliasNote, Empty)
CONTACT_NOTE = Operation("people.further_contact", ContactNote, Empty)
PAPER_NOTE = Operation("people.paper", PaperNote, Empty)
TIE_NOTE = Operation("people.tie", TieNote, TieNoted)
TIE_END = Operation("people.untie", TieEnd, Empty)
LIKELY_SAME = Operation("people.likely_same", PersonQuestion, LikelySameLines, repeatable=True)
LIKELY_SAME_DECIDE = Operation("people.decide_same", LikelySameDecide, Empty)
