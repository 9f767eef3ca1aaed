"""Proving who somebody is: sign-in with ЭЦП and signatures on documents."""

from datetime import datetime
from uuid import UUID

from pydantic import Field

from demeu.contracts.words import Language
from demeu.kernel.operations import Message, Operation


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

    `certificate_status`: good, or unknown when no fresh list could say; work in office needs good, and a passkey of
    whoever has one.
    """

    person: UUID
    organization_bin: str | None = None
    certificate_roles: tuple[str, ...] = ()
    certificate_status: str = "unknown"
    has_passkey: bool = False


IDENTITY_BEGIN = Operation("identity.begin", IdentityBegin, IdentityBegun, keyed=False)
IDENTITY_COMPLETE = Operation("identity.complete", IdentityComplete, SignedInPerson, keyed=False)


class ProvidersQuestion(Message):
    """Which providers of OpenID Connect are offered?"""


class OfferedProvider(Message):
    """One provider: the word in addresses and the name that people know."""

    name: str
    label: str


class OfferedProviders(Message):
    """All of them; none when the operator has configured none."""

    providers: tuple[OfferedProvider, ...] = ()


class OidcBegin(Message):
    """A browser asks to sign in by a provider and is to come back to `redirect_uri`."""

    provider: str = Field(max_length=30)
    session: str = Field(min_length=16, max_length=128)
    redirect_uri: str = Field(max_length=300)
    lang: Language = "ru"


class OidcBegun(Message):
    """Where to send the browser, and until when it may come back."""

    address: str
    expires_at: datetime


class OidcComplete(Message):
    """What the browser brought back in the query of `redirect_uri`: nothing of it is believed by itself."""

    provider: str = Field(max_length=30)
    session: str = Field(min_length=16, max_length=128)
    state: str = Field(max_length=200)
    code: str = Field(default="", max_length=4000)
    issuer: str = Field(default="", max_length=300)
    error: str = Field(default="", max_length=200)


IDENTITY_PROVIDERS = Operation("identity.providers", ProvidersQuestion, OfferedProviders)
OIDC_BEGIN = Operation("identity.begin_oidc", OidcBegin, OidcBegun, keyed=False)
OIDC_COMPLETE = Operation("identity.complete_oidc", OidcComplete, SignedInPerson, keyed=False)


class QrOpen(Message):
    """A browser wants to have its open attempt signed in eGov Mobile."""

    attempt: UUID
    session: str = Field(min_length=16, max_length=128)


class QrOpened(Message):
    """The word of the address that the phone is sent to."""

    token: str
    expires_at: datetime


class QrShow(Message):
    """A phone asks what is to be signed; `bearer` is needed where the document itself is asked for."""

    token: str = Field(max_length=100)
    bearer: str | None = Field(default=None, max_length=100)


class QrShown(Message):
    """The document in the words of three languages and its exact bytes."""

    attempt: UUID
    bearer: str
    names: dict[str, str]
    to_sign_b64: str
    expires_at: datetime


class QrPut(Message):
    """A phone brings the signature: CMS, PEM or base64."""

    token: str = Field(max_length=100)
    bearer: str = Field(max_length=100)
    cms: str = Field(max_length=200_000)


class QrTaken(Message):
    """The signature holds and waits for the browser."""


class QrCollected(Message):
    """The signature that has come; empty while there is none."""

    cms: str = ""


QR_OPEN = Operation("qr.open", QrOpen, QrOpened, keyed=False)
QR_SHOW = Operation("qr.show", QrShow, QrShown)
QR_PUT = Operation("qr.put", QrPut, QrTaken, keyed=False)
QR_COLLECT = Operation("qr.collect", QrOpen, QrCollected)


class PasskeyBegin(Message):
    """A signed-in person makes (`use` false) or shows a passkey at the site `origin`."""

    person: UUID
    session: str = Field(min_length=16, max_length=128)
    origin: str = Field(max_length=200)
    use: bool = False


class PasskeyBegun(Message):
    """Options for the browser as JSON of WebAuthn."""

    attempt: UUID
    options: str
    expires_at: datetime


class PasskeyComplete(Message):
    """The browser's answer as JSON of WebAuthn; `label` names a new passkey."""

    attempt: UUID
    person: UUID
    session: str = Field(min_length=16, max_length=128)
    answer: str = Field(max_length=20_000)
    label: str = Field(default="", max_length=60)
    use: bool = False


class PasskeyDone(Message):
    """The passkey is registered, or was shown rightly."""


class PasskeysQuestion(Message):
    """Which passkeys has the person?"""

    person: UUID


class PasskeyCard(Message):
    """One passkey as its owner named it."""

    passkey: UUID
    label: str
    made_at: datetime
    used_at: datetime | None = None


class Passkeys(Message):
    """All of a person's passkeys, oldest first."""

    passkeys: tuple[PasskeyCard, ...] = ()


class PasskeyRemove(Message):
    """Forget one of the person's passkeys."""

    person: UUID
    passkey: UUID


PASSKEY_BEGIN = Operation("passkeys.begin", PasskeyBegin, PasskeyBegun, keyed=False)
PASSKEY_COMPLETE = Operation("passkeys.complete", PasskeyComplete, PasskeyDone, keyed=False)
PASSKEY_LIST = Operation("passkeys.list", PasskeysQuestion, Passkeys)
PASSKEY_REMOVE = Operation("passkeys.remove", PasskeyRemove, PasskeyDone, keyed=False)


class SignatureBegin(Message):
    """A person is about to sign a document: application, consent, visit_act, payout, delivery_act, decision.

    `documents`: files in vault that belong to it, of any size; a manifest of their SHA-256 sums is signed for them.
    """

    person: UUID
    session: str = Field(min_length=16, max_length=128)
    origin: str = Field(max_length=200)
    kind: str = Field(max_length=40)
    subject: str = Field(max_length=120)
    text: str = Field(max_length=20_000)
    documents: tuple[UUID, ...] = Field(default=(), max_length=100)
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


class SignatureQuestion(Message):
    """One kept signature."""

    signature: UUID


class SignatureFacts(Message):
    """Who signed what kind of paper about what, without a name and without the text."""

    person: UUID
    kind: str
    subject: str
    signed_sha256: str
    at: datetime


SIGNATURE_BEGIN = Operation("signatures.begin", SignatureBegin, IdentityBegun, keyed=False)
SIGNATURE_COMPLETE = Operation("signatures.complete", SignatureComplete, SignatureKept, keyed=False)
SIGNATURE_SHOW = Operation("signatures.show", SignatureQuestion, SignatureFacts, repeatable=True)
