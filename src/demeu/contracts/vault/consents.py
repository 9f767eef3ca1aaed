"""Consents: asked, granted, refused, withdrawn, with their receipts."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from demeu.contracts.vault.people import PersonQuestion
from demeu.contracts.words import Language, Purpose, Registry
from demeu.kernel.operations import Event, Message, Operation


class ConsentAsk(Message):
    """Ask a person to let named registries be read for one purpose, until a term.

    `fields` narrows a registry to fact codes; a registry that is not in it is asked about as a whole.
    """

    person: UUID
    subject: str = Field(max_length=120)
    purpose: Purpose
    registries: tuple[Registry, ...]
    fields: dict[Registry, tuple[str, ...]] = Field(default_factory=dict)
    term_days: int = Field(ge=1, le=366)
    text_version: str = Field(max_length=40)
    lang: Language = "ru"


class ConsentAnswer(Message):
    """Granted by a kept signature of the person, or by a checked code; or refused, or withdrawn."""

    consent: UUID
    person: UUID
    signature: UUID | None = None
    code: UUID | None = None


class Consent(Message):
    """One consent as it stands: asked, granted, refused, expired or withdrawn."""

    consent: UUID
    person: UUID
    subject: str
    state: str
    purpose: Purpose
    registries: tuple[Registry, ...]
    fields: dict[Registry, tuple[str, ...]] = Field(default_factory=dict)
    text_version: str
    asked_at: datetime
    expires_at: datetime | None
    granted_by: str | None


class Consents(Message):
    """All consents of a person, newest first."""

    consents: tuple[Consent, ...]


class ConsentQuestion(Message):
    """One consent."""

    consent: UUID


class ConsentReceipt(Message):
    """The receipt in the form of ISO/IEC TS 27560, JSON-LD text."""

    json_ld: str


CONSENT_ASK = Operation("consents.ask", ConsentAsk, Consent)
CONSENT_GRANT = Operation("consents.grant", ConsentAnswer, Consent)
CONSENT_REFUSE = Operation("consents.refuse", ConsentAnswer, Consent)
CONSENT_WITHDRAW = Operation("consents.withdraw", ConsentAnswer, Consent)
CONSENT_LIST = Operation("consents.list", PersonQuestion, Consents, repeatable=True)
CONSENT_RECEIPT = Operation("consents.receipt", ConsentQuestion, ConsentReceipt, repeatable=True)


class ConsentChanged(Event):
    """A consent was granted, refused, withdrawn or expired."""

    name: ClassVar[str] = "consent.changed"
    consent: UUID
    subject: str
    state: str
