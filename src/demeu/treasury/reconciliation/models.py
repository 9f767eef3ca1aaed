"""Tables of reconciliation: lines and what they were matched with only grow; the cursor moves."""

from django.db import models

from demeu.kernel.appendonly import AppendOnly
from demeu.treasury.reconciliation.rules import Kind


class BankCursor(models.Model):
    """How far an account's statements were read, and what the bank said it holds."""

    iban = models.CharField(max_length=34, primary_key=True)
    cursor = models.BigIntegerField(default=0)
    closing_tiyn = models.BigIntegerField(null=True)
    read_at = models.DateTimeField(null=True)


class BankDay(AppendOnly):
    """What the bank said it holds and what the books say, once a day, published as it is."""

    day = models.DateField(primary_key=True)
    at = models.DateTimeField()
    in_bank_tiyn = models.BigIntegerField(null=True)
    in_ledger_tiyn = models.BigIntegerField()
    waiting_tiyn = models.BigIntegerField()
    suspense_tiyn = models.BigIntegerField()
    suspense_lines = models.IntegerField()


class StatementLine(AppendOnly):
    """One booked entry, by the bank's own reference; a repeated entry is stored once."""

    id = models.UUIDField(primary_key=True)
    entry_ref = models.CharField(max_length=80, unique=True)
    amount_tiyn = models.BigIntegerField()
    fee_tiyn = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    booked_at = models.DateTimeField()
    end_to_end_id = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=140, blank=True)
    reason = models.CharField(max_length=20, blank=True)
    stored_at = models.DateTimeField()


class LineMatch(AppendOnly):
    """What a line turned out to be; an unmatched one has an owner who must look."""

    line = models.OneToOneField(StatementLine, primary_key=True, on_delete=models.PROTECT, related_name="match")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in Kind])
    thing = models.UUIDField(null=True)
    owner = models.CharField(max_length=60, blank=True)
    at = models.DateTimeField()
