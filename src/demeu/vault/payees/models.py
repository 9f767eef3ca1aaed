"""Payees and raw bank statements; names, numbers and accounts sealed."""

import pgtrigger
from django.db import models

from demeu.kernel.appendonly import AppendOnly
from demeu.kernel.triggers import Binding
from demeu.vault.payees.rules import WAYS_OF_CHECK

ANOTHER_CHECKS = """
IF EXISTS (SELECT FROM vault_payees_payee p WHERE p.id = NEW.payee_id AND p.registered_by = NEW."by") THEN
    RAISE EXCEPTION 'who registered an account does not check it' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


class Payee(AppendOnly):
    """One payee as registered. Another account is another payee: what was paid to stays on record."""

    id = models.UUIDField(primary_key=True)
    name = models.BinaryField()
    bin = models.BinaryField()
    iban = models.BinaryField()
    bin_blind = models.BinaryField(db_index=True)
    iban_blind = models.BinaryField(db_index=True)
    name_differs = models.BooleanField(
        default=False, help_text="from the name that the state database of legal entities gave"
    )
    registered_by = models.CharField(max_length=120, default="")
    created_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints = [models.UniqueConstraint(fields=["bin_blind", "iban_blind"], name="payee_account_once")]


class PayeeCheck(AppendOnly):
    """A second officer asked the payee itself whether a changed account is right. Once for each account."""

    payee = models.OneToOneField(Payee, primary_key=True, on_delete=models.PROTECT, related_name="check_made")
    how = models.CharField(max_length=20, choices=[(way, way) for way in WAYS_OF_CHECK])
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        triggers = [
            *AppendOnly.Meta.triggers,
            Binding(
                name="another_checks",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func=ANOTHER_CHECKS,
            ),
        ]


class ListRelease(AppendOnly):
    """A sanctions list as imported from one file. The newest release of a name counts; older ones stay on record."""

    name = models.CharField(max_length=40)
    sha256 = models.CharField(max_length=64)
    entries = models.PositiveIntegerField()
    by = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        indexes = [models.Index(fields=["name", "-id"], name="list_release_newest")]


class ListedEntry(AppendOnly):
    """One number or one spelling of one name on a list, as a keyed hash only."""

    release = models.ForeignKey(ListRelease, on_delete=models.PROTECT, related_name="listed")
    entry_blind = models.BinaryField(db_index=True)
    kind = models.CharField(max_length=6, choices=[("number", "number"), ("name", "name")])


class RawStatement(AppendOnly):
    """A statement as the bank gave it, once per content."""

    id = models.UUIDField(primary_key=True)
    sha256 = models.CharField(max_length=64, unique=True)
    xml = models.BinaryField()
    at = models.DateTimeField()
