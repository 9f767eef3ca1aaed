"""Payees and raw bank statements; names, numbers and accounts sealed."""

from django.db import models

from demeu.kernel.appendonly import AppendOnly


class Payee(AppendOnly):
    """One payee as registered. Another account is another payee: what was paid to stays on record."""

    id = models.UUIDField(primary_key=True)
    name = models.BinaryField()
    bin = models.BinaryField()
    iban = models.BinaryField()
    bin_blind = models.BinaryField(db_index=True)
    iban_blind = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints = [models.UniqueConstraint(fields=["bin_blind", "iban_blind"], name="payee_account_once")]


class RawStatement(AppendOnly):
    """A statement as the bank gave it, once per content."""

    id = models.UUIDField(primary_key=True)
    sha256 = models.CharField(max_length=64, unique=True)
    xml = models.BinaryField()
    at = models.DateTimeField()
