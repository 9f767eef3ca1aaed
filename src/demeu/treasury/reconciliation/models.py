"""Tables of reconciliation: lines, matches and explanations only grow; the cursor moves.

That one person explains a line in suspense and another one agrees, the database itself demands.
"""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from demeu.kernel.appendonly import AppendOnly
from demeu.kernel.triggers import Binding
from demeu.treasury.reconciliation.rules import Kind

BY_ITS_OWNER = """
IF NEW.person IS DISTINCT FROM (
    SELECT t.person FROM treasury_reconciliation_linetaking t
    WHERE t.line_id = NEW.line_id ORDER BY t.place DESC LIMIT 1
) THEN
    RAISE EXCEPTION 'line % is explained by another person than its owner', NEW.line_id
        USING ERRCODE = 'check_violation';
END IF;
IF NOT EXISTS (SELECT FROM treasury_reconciliation_linematch WHERE line_id = NEW.line_id AND kind = 'unmatched') THEN
    RAISE EXCEPTION 'line % is not in suspense', NEW.line_id USING ERRCODE = 'check_violation';
END IF;
IF NEW.place <> (SELECT count(*) + 1 FROM treasury_reconciliation_explanation WHERE line_id = NEW.line_id)
    OR EXISTS (SELECT FROM treasury_reconciliation_explanation e
        LEFT JOIN treasury_reconciliation_explanationanswer a ON a.explanation_id = e.id
        WHERE e.line_id = NEW.line_id AND a.agree IS DISTINCT FROM false) THEN
    RAISE EXCEPTION 'an explanation of line % waits or was agreed to', NEW.line_id USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""
BY_ANOTHER = """
IF EXISTS (SELECT FROM treasury_reconciliation_explanation WHERE id = NEW.explanation_id AND person = NEW.person) THEN
    RAISE EXCEPTION 'explanation % is answered by who gave it', NEW.explanation_id USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""
AGREED_TO = """
IF NOT EXISTS (
    SELECT FROM treasury_reconciliation_explanation e
    JOIN treasury_reconciliation_explanationanswer a ON a.explanation_id = e.id AND a.agree
    WHERE e.id = NEW.explanation_id AND NEW.line_id IN (e.line_id, e.other_id)
) THEN
    RAISE EXCEPTION 'nobody agreed to explanation % of line %', NEW.explanation_id, NEW.line_id
        USING ERRCODE = 'check_violation';
END IF;
IF NOT EXISTS (SELECT FROM treasury_reconciliation_linematch WHERE line_id = NEW.line_id AND kind = 'unmatched') THEN
    RAISE EXCEPTION 'line % is not in suspense', NEW.line_id USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


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


class LineTaking(AppendOnly):
    """Somebody took a line in suspense; the last one who did is its owner."""

    line = models.ForeignKey(StatementLine, on_delete=models.PROTECT, related_name="takings")
    place = models.PositiveSmallIntegerField()
    person = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints = [
            models.UniqueConstraint(fields=["line", "place"], name="reconciliation_taken_in_order"),
            models.CheckConstraint(condition=~Q(person=""), name="reconciliation_taken_by_somebody"),
        ]


class Explanation(AppendOnly):
    """What the owner says a line in suspense is: exactly one of a gift's order, a payout, a line that cancels it."""

    id = models.UUIDField(primary_key=True)
    line = models.ForeignKey(StatementLine, on_delete=models.PROTECT, related_name="explanations")
    place = models.PositiveSmallIntegerField()
    order_number = models.BigIntegerField(null=True)
    payout = models.UUIDField(null=True)
    other = models.ForeignKey(StatementLine, null=True, on_delete=models.PROTECT, related_name="+")
    person = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints = [
            models.UniqueConstraint(fields=["line", "place"], name="reconciliation_explained_in_order"),
            models.CheckConstraint(
                condition=Q(order_number__isnull=False, payout=None, other=None)
                | Q(order_number=None, payout__isnull=False, other=None)
                | (Q(order_number=None, payout=None, other__isnull=False) & ~Q(other=F("line"))),
                name="reconciliation_one_explanation",
            ),
        ]
        triggers = [
            *AppendOnly.Meta.triggers,
            Binding(name="by_its_owner", when=pgtrigger.Before, operation=pgtrigger.Insert, func=BY_ITS_OWNER),
        ]


class ExplanationAnswer(AppendOnly):
    """Another person's word: the explanation holds, or the line goes back to its owner."""

    explanation = models.OneToOneField(Explanation, primary_key=True, on_delete=models.PROTECT, related_name="answer")
    agree = models.BooleanField()
    person = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        triggers = [
            *AppendOnly.Meta.triggers,
            Binding(name="by_another", when=pgtrigger.Before, operation=pgtrigger.Insert, func=BY_ANOTHER),
        ]


class ExplainedLine(AppendOnly):
    """What a line in suspense turned out to be, once, by an explanation that was agreed to."""

    line = models.OneToOneField(StatementLine, primary_key=True, on_delete=models.PROTECT, related_name="explained")
    explanation = models.ForeignKey(Explanation, on_delete=models.PROTECT, related_name="explained")
    kind = models.CharField(max_length=12, choices=[(kind.value, kind.value) for kind in Kind])
    thing = models.UUIDField()
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "thing"],
                name="reconciliation_thing_once",
                condition=Q(kind__in=["settlement", "payment"]),
            ),
        ]
        triggers = [
            *AppendOnly.Meta.triggers,
            Binding(name="agreed_to", when=pgtrigger.Before, operation=pgtrigger.Insert, func=AGREED_TO),
        ]
