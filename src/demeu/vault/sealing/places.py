"""Where each sealed field stands: table and column. What rotation and erasure walk over; a test finds what is gone."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from demeu.kernel.appendonly import AppendOnly
from demeu.vault.sealing.fields import SEALED_FIELDS

# The first word of a field's name → the model that keeps it.
MODELS = {
    "person": "vault_people.Person",
    "alias": "vault_people.Alias",
    "contact": "vault_people.Contact",
    "paper": "vault_people.Paper",
    "member": "vault_households.Member",
    "raw_answer": "vault_households.RawAnswer",
    "document": "vault_documents.DocumentRow",
    "message": "vault_messages.OutgoingMessage",
    "code": "vault_messages.OneTimeCode",
    "delivery": "vault_messages.Delivery",
    "push": "vault_messages.PushDevice",
    "payee": "vault_payees.Payee",
    "statement": "vault_payees.RawStatement",
    "attempt": "vault_identity.SigningAttempt",
    "signature": "vault_identity.Signature",
}
# Columns that are not called as the second word of the field's name.
COLUMNS = {"signature.content": "signed"}
# Blind columns of append-only tables that an erasure fills with chance.
BLINDS_EMPTIED = {"vault_households.Member": ["iin_blind"]}


@dataclass(frozen=True)
class Place:
    """One sealed column. The record id that a value is bound to is the row's primary key."""

    field: str
    model: type[models.Model]
    column: str

    @property
    def rows(self) -> "models.QuerySet[Any]":
        """All rows of the table."""
        return self.model._default_manager.all()

    @property
    def trigger(self) -> str | None:
        """The trigger that keeps the table append-only, as pgtrigger names it; None where rows may change."""
        return f"{self.model._meta.label}:append_only" if issubclass(self.model, AppendOnly) else None


def place_of(field: str) -> Place:
    """Where a sealed field stands. KeyError for a field that has no place."""
    thing, _, column = field.partition(".")
    return Place(field, apps.get_model(MODELS[thing]), COLUMNS.get(field, column))


def places() -> list[Place]:
    """Every sealed column."""
    return [place_of(field) for field in SEALED_FIELDS]


def resealed_columns() -> dict[str, list[str]]:
    """Columns of append-only tables that the runtime user may rewrite, to reseal or empty them; no other column."""
    found: dict[str, list[str]] = {}
    for place in places():
        if place.trigger:
            found.setdefault(place.model._meta.db_table, []).append(place.column)
    for model, columns in BLINDS_EMPTIED.items():
        found[apps.get_model(model)._meta.db_table] += columns
    return found
