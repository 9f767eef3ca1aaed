"""What vault promises: identity, signatures, people, consents, facts, documents, messages, payees. And its events.

Answers that carry personal data may be shown within one request and are never stored or logged by the asker.
"""

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from demeu.contracts.scoring import Assessment
from demeu.contracts.words import Language, Purpose, Registry
from demeu.kernel.operations import Empty, Event, Message, Operation

# ---- identity: sign-in -------------------------------------------------------------------------------------------


class IdentityBegin(Message):
    """A browser asks to sign in with ЭЦП. `session` is a random word bound to the browser session (not its cookie)."""

    session: str = Field(min_length=16, max_length=128)
    origin: str = Field(max_length=200)
    lang: Language = "ru"


class IdentityBegun(Message):
    """The exact bytes to sign (base64 of UTF-8 text that names origin, purpose, nonce and time)."""

    attempt: UUID
    to_sign_b64: str
    expires_at: datetime


class IdentityComplete(Message):
    """The signature over those bytes: CMS, PEM or base64."""

    attempt: UUID
    session: str = Field(min_length=16, max_length=128)
    cms: str = Field(max_length=200_000)
    staff: bool = False


class SignedInPerson(Message):
    """Who signed in. `organization_bin` only when the certificate belongs to an organisation.

    `certificate_status`: good, or unknown when no fresh list could say; work in office needs good.
    """

    person: UUID
    organization_bin: str | None = None
    certificate_roles: tuple[str, ...] = ()
    certificate_status: str = "unknown"


IDENTITY_BEGIN = Operation("identity.begin", IdentityBegin, IdentityBegun, keyed=False)
IDENTITY_COMPLETE = Operation("identity.complete", IdentityComplete, SignedInPerson, keyed=False)

# ---- signatures on documents -------------------------------------------------------------------------------------


class SignatureBegin(Message):
    """A person is about to sign a document: application, consent, visit_act, payout, delivery_act, decision."""

    person: UUID
    session: str = Field(min_length=16, max_length=128)
    origin: str = Field(max_length=200)
    kind: str = Field(max_length=40)
    subject: str = Field(max_length=120)
    text: str = Field(max_length=20_000)
    lang: Language = "ru"


class SignatureComplete(Message):
    """The CMS over the bytes that `signatures.begin` gave; the signer must be the same person."""

    attempt: UUID
    person: UUID
    session: str = Field(min_length=16, max_length=128)
    cms: str = Field(max_length=200_000)


class SignatureKept(Message):
    """The exact signed bytes are kept under this id."""

    signature: UUID
    signed_sha256: str


SIGNATURE_BEGIN = Operation("signatures.begin", SignatureBegin, IdentityBegun, keyed=False)
SIGNATURE_COMPLETE = Operation("signatures.complete", SignatureComplete, SignatureKept, keyed=False)

# ---- people ------------------------------------------------------------------------------------------------------


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
PERSON_ENTER = Operation("people.enter", PersonEnter, PersonEntered)
CONTACT_SAVE = Operation("people.contact", ContactSave, Empty)
CODE_SEND = Operation("codes.send", CodeSend, CodeSent)
CODE_CHECK = Operation("codes.check", CodeCheck, Empty, keyed=False)

# ---- consents ----------------------------------------------------------------------------------------------------


class ConsentAsk(Message):
    """Ask a person to let named registries be read for one purpose, until a term."""

    person: UUID
    subject: str = Field(max_length=120)
    purpose: Purpose
    registries: tuple[Registry, ...]
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

# ---- households, facts, assessment -------------------------------------------------------------------------------


class GatherFacts(Message):
    """Ask every consented registry about the person's household; answers arrive in time, news by `facts.gathered`."""

    person: UUID
    subject: str = Field(max_length=120)
    consent: UUID
    purpose: Purpose


class Gathering(Message):
    """A gathering under way or done; `silent` registries have not answered."""

    gathering: UUID
    household: UUID
    state: str
    answered: tuple[Registry, ...] = ()
    silent: tuple[Registry, ...] = ()


class GatheringQuestion(Message):
    """One gathering."""

    gathering: UUID


class HouseholdQuestion(Message):
    """About one household under one consent."""

    household: UUID
    consent: UUID


class Fact(Message):
    """One frozen fact: where from, when, under which message. `member` is a label such as «child 1», never a name."""

    code: str
    member: str
    value: str
    source: Registry
    as_of: datetime
    message_id: str
    contradicts: bool = False


class Facts(Message):
    """Everything known about the household, for the person or the curator to see."""

    facts: tuple[Fact, ...]


class NeedFact(Message):
    """A fact that a wish may grow from, free of names: `code` from the need catalogue, how many, size or sum."""

    code: str
    count: int = 1
    amount_tiyn: int | None = None
    detail: str = ""
    source: Registry


class NeedFacts(Message):
    """Needs that the facts show, and attributes that the case card and the list of state services use."""

    needs: tuple[NeedFact, ...]
    groups: tuple[str, ...]
    subgroups: tuple[str, ...]
    attributes: tuple[str, ...]
    members: int
    children_ages: tuple[int, ...]
    region_kato: str
    district_kato: str
    income_per_member_tiyn: int | None


class Assessed(Message):
    """The verdict that vault stored with the facts it was made from."""

    assessment: UUID
    household: UUID
    made_at: datetime
    verdict: Assessment


class AssessmentQuestion(Message):
    """A stored verdict; reasons come in the reader's language when the rule set has it."""

    assessment: UUID
    lang: Language = "ru"


FACTS_GATHER = Operation("facts.gather", GatherFacts, Gathering)
FACTS_STATUS = Operation("facts.status", GatheringQuestion, Gathering, repeatable=True)
FACTS_SHOW = Operation("facts.show", HouseholdQuestion, Facts, repeatable=True)
FACTS_NEEDS = Operation("facts.needs", HouseholdQuestion, NeedFacts, repeatable=True)
ASSESS = Operation("households.assess", HouseholdQuestion, Assessed)
ASSESSMENT_SHOW = Operation("assessments.show", AssessmentQuestion, Assessed, repeatable=True)

# ---- documents (application answers, acts, photos) ---------------------------------------------------------------


class DocumentPut(Message):
    """Keep a text document (JSON answers of an application, a visit act, a delivery act) about a subject.

    `sealed`: the text is a JWE sealed to vault (`demeu.kernel.sealing`), to be unsealed before it is kept.
    """

    subject: str = Field(max_length=120)
    kind: str = Field(max_length=40)
    person: UUID | None = None
    text: str = Field(max_length=100_000)
    sealed: bool = False


class FilePut(Message):
    """Keep an uploaded file: content is checked, images are decoded and re-encoded without metadata."""

    subject: str = Field(max_length=120)
    kind: str = Field(max_length=40)
    person: UUID | None = None
    file_name: str = Field(max_length=200)
    content_b64: str = Field(max_length=14_000_000)


class DocumentKept(Message):
    """Kept; `sha256` is of the stored bytes. `state`: clean or quarantined."""

    document: UUID
    sha256: str
    state: str


class DocumentQuestion(Message):
    """One document."""

    document: UUID


class Document(Message):
    """A document with its content (base64)."""

    document: UUID
    subject: str
    kind: str
    media_type: str
    content_b64: str
    sha256: str
    at: datetime


DOCUMENT_PUT = Operation("documents.put", DocumentPut, DocumentKept)
FILE_PUT = Operation("documents.upload", FilePut, DocumentKept)
DOCUMENT_GET = Operation("documents.get", DocumentQuestion, Document, repeatable=True)

# ---- messages ----------------------------------------------------------------------------------------------------


class MessageDeliver(Message):
    """Tell a person something by template, in the person's language, on the person's channel; `once` = dedupe key."""

    person: UUID
    template: str = Field(max_length=60)
    facts: dict[str, str] = {}
    once: str = Field(max_length=120)
    awaits_reply: str | None = None


class MessageDelivered(Message):
    """Accepted for delivery."""

    message: UUID


MESSAGE_DELIVER = Operation("messages.deliver", MessageDeliver, MessageDelivered)

# ---- access trail ------------------------------------------------------------------------------------------------


class AccessLine(Message):
    """One reading of a person's data, as the person sees it."""

    at: datetime
    actor: str
    operation: str
    purpose: str
    fields: tuple[str, ...]


class AccessTrail(Message):
    """Who looked, newest first."""

    lines: tuple[AccessLine, ...]


ACCESS_TRAIL = Operation("access.trail", PersonQuestion, AccessTrail, repeatable=True)

# ---- payees and bank files ---------------------------------------------------------------------------------------


class PayeeRegister(Message):
    """A supplier, clinic, landlord or creditor to be paid."""

    payee: UUID
    name: str = Field(max_length=140)
    bin: str = Field(min_length=12, max_length=12)
    iban: str = Field(max_length=34)


class PayeeQuestion(Message):
    """One payee."""

    payee: UUID


class PayeeScreened(Message):
    """Codes of what was found against the payee; empty = nothing. Never who it is."""

    codes: tuple[str, ...]


class PayeeCard(Message):
    """What a finance officer sees of a payee."""

    payee: UUID
    name: str
    bin: str
    masked_iban: str


class Payees(Message):
    """All payees."""

    payees: tuple[PayeeCard, ...]


class InstructionFill(Message):
    """A pain.001 document whose creditor lines hold only the payee reference; comes back filled, to be sent at once."""

    payout: UUID
    payee: UUID
    xml: str = Field(max_length=200_000)


class InstructionFilled(Message):
    """The filled document: pass it on, do not keep it."""

    xml: str


class StatementExtract(Message):
    """A raw camt.053 from the bank: vault keeps it and gives back what reconciliation needs."""

    xml: str = Field(max_length=5_000_000)


class StatementLine(Message):
    """One booked entry without names. `amount_tiyn` > 0 = credit to us, < 0 = debit.

    `entry_ref` is the bank's AcctSvcrRef: an entry that the bank repeats under another number keeps it.
    `fee_tiyn` is what was taken before booking (Chrgs/TtlChrgsAndTaxAmt); `code` is BkTxCd/Prtry/Cd;
    `reference` is RmtInf/Ustrd only where it has the form EPAY/<invoice>/<reference>, else empty (may be personal).
    """

    entry_ref: str
    amount_tiyn: int
    currency: str
    booked_at: datetime
    end_to_end_id: str = ""
    reference: str = ""
    fee_tiyn: int = 0
    code: str = ""
    reason: str = ""


class StatementLines(Message):
    """The lines of one statement and its cursor for the next question."""

    lines: tuple[StatementLine, ...]
    account_ok: bool
    closing_balance_tiyn: int


PAYEE_REGISTER = Operation("payees.register", PayeeRegister, PayeeCard)
PAYEE_LIST = Operation("payees.list", Empty, Payees, repeatable=True)
PAYEE_SCREEN = Operation("payees.screen", PayeeQuestion, PayeeScreened, repeatable=True)
INSTRUCTION_FILL = Operation("payees.fill_instruction", InstructionFill, InstructionFilled, repeatable=True)
STATEMENT_EXTRACT = Operation("statements.extract", StatementExtract, StatementLines, keyed=False)

# ---- events ------------------------------------------------------------------------------------------------------


class FactsGathered(Event):
    """Registries have been asked; some may be silent."""

    name: ClassVar[str] = "facts.gathered"
    gathering: UUID
    subject: str
    household: UUID
    consent: UUID
    answered: tuple[Registry, ...]
    silent: tuple[Registry, ...]


class ConsentChanged(Event):
    """A consent was granted, refused, withdrawn or expired."""

    name: ClassVar[str] = "consent.changed"
    consent: UUID
    subject: str
    state: str


class MessageReplied(Event):
    """A person answered a message that awaited a reply; `answer` is yes, no or unclear."""

    name: ClassVar[str] = "message.replied"
    message: UUID
    awaits: str
    answer: str


class AccessHeadClosed(Event):
    """The access trail up to now is chained; its head goes into the transparency log."""

    name: ClassVar[str] = "access.head_closed"
    head_sha256: str
    size: int
