"""Consents: asked, granted, refused, withdrawn, with their receipts."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from demeu.contracts.vault.people import PersonQuestion
from demeu.contracts.words import Language, Purpose, Registry
from demeu.kernel.operations import Event, Message, Operation

# What each registry of a household may answer, by fact codes, in the order in which people read them.
CREDIT = ("has_credit", "debt_balance_tiyn", "overdue_days", "overdue_tiyn")
REGISTRY_FIELDS: dict[Registry, tuple[str, ...]] = {
    Registry.GBD_FL: ("known_to_gbd_fl", "birth_date", "sex", "alive", "kato"),
    Registry.CKS: (
        *("known_to_cks", "relation", "birth_date", "kato", "settlement_class", "hardship", "emergency"),
        *("emergency_date", "tenure", "housing_units", "housing_area_m2", "commercial_property_units", "land_plots"),
        *("smallholding_value_tiyn", "passenger_cars", "commercial_vehicles", "machinery_kinds", "able_bodied"),
        *("working", "sole_proprietor", "founder", "clinic_attached", "insured", "chronic", "dispensary"),
    ),
    Registry.MTSZN: (
        *("official_category", "social_status", "disability_group", "disability_childhood"),
        *("benefit_asp_tiyn", "benefit_benefit_tiyn", "benefit_pension_tiyn"),
    ),
    Registry.ESOCIUM: ("support_received", "support_past"),
    Registry.SOCIAL_SERVICES: ("service_given",),
    Registry.MINFIN: (
        "income_monthly_tiyn",
        *(f"income_{source}_monthly_tiyn" for source in ("salary", "pension", "benefit", "business", "alimony")),
    ),
    Registry.GKB: (*CREDIT, "home_arrears_tiyn"),
    Registry.PKB: CREDIT,
    Registry.NOBD: ("education_level", "preschool_enrolled", "school_enrolled", "school_grade", "student"),
    Registry.IPR: ("ipr_item", "ipr_limitation", "ipr_valid_until"),
    Registry.MZ: ("clinic_attached", "dispensary", "severe_illness"),
}
# Who belongs to the family and where it is registered: with a registry consented to at all, these come along.
ESSENTIAL_FIELDS = frozenset({"known_to_gbd_fl", "known_to_cks", "relation", "birth_date", "kato"})


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


CONSENT_ASK = Operation("consents.ask", ConsentAsk, Consent, intake=True)
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
