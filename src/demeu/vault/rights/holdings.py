"""Every table of the vault that holds something about a person, and what becomes of it. Data; the others walk over it.

A test finds a table with a person in it that does not stand here.
"""

from dataclasses import dataclass, field
from enum import StrEnum

YEAR_DAYS = 365


class OnErasure(StrEnum):
    """What erasure does with the rows: empty sealed columns, remove rows, empty after a term, or leave them."""

    EMPTY = "empty"
    REMOVE = "remove"
    AFTER_TERM = "after_term"
    LEAVE = "leave"


@dataclass(frozen=True)
class Holding:
    """`by` leads from a row to the person; `at` is its time; `shown` and `opened` go into an export.

    `opened` names sealed columns with their field; `emptied` sealed columns that are not exported. `blinds` are blind
    columns that erasure fills with chance. `term_days`: after so long every row is emptied, whoever asks or not.
    """

    name: str
    exported: bool
    model: str
    by: str
    at: str
    on_erasure: OnErasure
    shown: tuple[str, ...] = ()
    opened: dict[str, str] = field(default_factory=dict)
    emptied: tuple[str, ...] = ()
    blinds: tuple[str, ...] = ()
    term_days: int | None = None


NAMES = ("surname", "given_name", "patronymic")
FAMILY = "gathering__household__person"
HOLDINGS = (
    Holding("person", True, "vault_people.Person", "id", "created_at", OnErasure.EMPTY,
            ("lang", "region_kato", "created_at"),
            {name: f"person.{name}" for name in (*NAMES, "iin", "birth_date", "phone", "email")},
            ("phone_pending",)),
    Holding("aliases", True, "vault_people.Alias", "person_id", "noted_at",
            OnErasure.REMOVE, ("script",), {name: f"alias.{name}" for name in NAMES}),
    Holding("contacts", True, "vault_people.Contact", "person_id", "noted_at",
            OnErasure.REMOVE, ("kind", "protected", "noted_at"), {"value": "contact.value"}),
    Holding("papers", True, "vault_people.Paper", "person_id", "noted_at",
            OnErasure.REMOVE, ("kind", "issued_on", "expires_on"), {"number": "paper.number"}),
    Holding("ties", True, "vault_people.Tie", "person_id", "since",
            OnErasure.REMOVE, ("role", "since", "until", "one_household")),
    Holding("tied_to", True, "vault_people.Tie", "other_id",
            "since", OnErasure.REMOVE, ("role", "since", "until")),
    Holding("blocking", False, "vault_people.BlockingKey", "person_id", "id", OnErasure.REMOVE),
    Holding("consents", True, "vault_consents.ConsentRow", "person", "asked_at", OnErasure.LEAVE,
            ("purpose", "registries", "fields", "state", "asked_at", "expires_at", "text_version")),
    Holding("documents", True, "vault_documents.DocumentRow", "person", "at", OnErasure.EMPTY,
            ("kind", "media_type", "size_bytes", "at", "sha256"), {"content": "document.content"},
            term_days=5 * YEAR_DAYS),
    Holding("facts", True, "vault_households.FactRow", FAMILY, "as_of",
            OnErasure.LEAVE, ("code", "value", "source", "as_of")),
    Holding("answers", False, "vault_households.RawAnswer", FAMILY, "at", OnErasure.EMPTY, emptied=("xml",),
            term_days=YEAR_DAYS),
    Holding("members", False, "vault_households.Member", FAMILY, "id", OnErasure.EMPTY, emptied=("iin",),
            blinds=("iin_blind",)),
    Holding("categories", True, "vault_households.AssessmentRow", "household__person", "made_at",
            OnErasure.LEAVE, ("category", "rule_set", "made_at")),
    Holding("disputes", True, "vault_households.Contest", "household__person", "opened_at",
            OnErasure.LEAVE, ("code", "opened_at", "settled_at")),
    Holding("emergencies", True, "vault_households.EmergencyMark", "household__person", "marked_at",
            OnErasure.LEAVE, ("source", "number", "marked_at")),
    Holding("messages", True, "vault_messages.OutgoingMessage", "person", "created_at",
            OnErasure.EMPTY, ("template", "lang", "created_at"), {"text": "message.text"}, term_days=YEAR_DAYS),
    Holding("deliveries", False, "vault_messages.Delivery", "message__person", "due_at", OnErasure.EMPTY,
            emptied=("address",), term_days=YEAR_DAYS),
    Holding("codes", False, "vault_messages.OneTimeCode", "person", "created_at", OnErasure.EMPTY, emptied=("phone",),
            term_days=30),
    Holding("devices", True, "vault_messages.PushDevice", "person", "created_at",
            OnErasure.REMOVE, ("created_at",)),
    Holding("mail", False, "vault_messages.ConfirmedMail", "person", "at", OnErasure.REMOVE),
    Holding("switches", True, "vault_messages.SwitchedOff", "person", "id",
            OnErasure.REMOVE, ("kind", "channels")),
    Holding("habits", True, "vault_messages.Habits", "person", "person", OnErasure.REMOVE,
            ("quiet_from", "quiet_until", "digest_hour")),
    Holding("signatures", True, "vault_identity.Signature", "person", "at",
            OnErasure.AFTER_TERM, ("kind", "at", "algorithm", "certificate_serial", "signed_sha256"),
            {"signed": "signature.content"}, ("cms",), term_days=5 * YEAR_DAYS),
    Holding("passkeys", True, "vault_identity.Passkey", "person", "made_at", OnErasure.REMOVE,
            ("label", "made_at", "used_at")),
    Holding("attempts", False, "vault_identity.SigningAttempt", "person", "created_at", OnErasure.EMPTY,
            emptied=("to_sign",)),
    Holding("looks", True, "vault_access.AccessRecord", "subject", "at", OnErasure.LEAVE,
            ("at", "actor", "office", "organization", "about", "operation", "purpose", "fields")),
)  # fmt: skip
# Tables that name a person and are no holding: what they say is about the platform's own acts.
NOT_HOLDINGS = {
    "vault_people.Erasure": "That the data were erased, and how many rows",
    "vault_people.LikelySame": "A doubt about two records; removed when one is erased",
    "vault_households.Household": "A random reference that facts hang on",
}
