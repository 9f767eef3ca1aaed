"""Tables of payouts and deliveries. That different people act, and enough of them, the database itself demands."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from demeu.kernel.appendonly import AppendOnly
from demeu.kernel.triggers import Binding
from demeu.treasury.payouts.rules import PayoutState

ENOUGH = """
IF NEW.required IS DISTINCT FROM OLD.required THEN
    RAISE EXCEPTION 'the approvals that a payout needs do not change' USING ERRCODE = 'check_violation';
END IF;
IF NEW.state IN ('approved', 'sent', 'settled') AND OLD.state IN ('prepared', 'held') AND EXISTS (
    SELECT FROM jsonb_each_text(NEW.required) AS need(role, wanted) WHERE need.wanted::int > (
        SELECT count(*) FROM treasury_payouts_approval a WHERE a.payout_id = NEW.id AND a.role = need.role)
) THEN
    RAISE EXCEPTION 'payout % lacks approvals', NEW.id USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""
ANOTHER_PERSON = """
SELECT * INTO paid FROM treasury_payouts_payout WHERE id = NEW.payout_id FOR UPDATE;
IF NEW.approver IN (paid.preparer, paid.curator) THEN
    RAISE EXCEPTION 'the approver of payout % prepared it or leads its case', NEW.payout_id
        USING ERRCODE = 'check_violation';
END IF;
IF paid.held_until IS NOT NULL AND NEW.at < paid.held_until THEN
    RAISE EXCEPTION 'payout % is held after a changed account', NEW.payout_id USING ERRCODE = 'check_violation';
END IF;
IF paid.state <> 'prepared' THEN
    RAISE EXCEPTION 'payout % does not wait for approval', NEW.payout_id USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


class Payout(models.Model):
    """One payment to one payee for items of one case."""

    id = models.UUIDField(primary_key=True)
    case = models.UUIDField(db_index=True)
    payee = models.UUIDField()
    payee_kind = models.CharField(max_length=12, default="supplier", help_text="as what the payee is paid")
    amount_tiyn = models.BigIntegerField()
    invoice_number = models.CharField(max_length=40)
    invoice_key = models.CharField(max_length=80)
    invoice_document = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in PayoutState])
    preparer = models.UUIDField()
    curator = models.UUIDField()
    approver = models.UUIDField(null=True)
    signature = models.UUIDField(null=True)
    required = models.JSONField(help_text="role → how many of it must approve, by the rule of the day of preparation")
    warnings = models.JSONField(default=list)
    reasons = models.JSONField(default=list, help_text="why to look closely: [{code, facts}]")
    held_until = models.DateTimeField(null=True, help_text="end of the hold after a changed account")
    stopped = models.BooleanField(default=False, help_text="by financial monitoring, until two people decide")
    reason = models.CharField(max_length=200, blank=True)
    way = models.CharField(max_length=10, blank=True, help_text="how it was first handed over: it keeps to that")
    prepared_at = models.DateTimeField(db_index=True)
    approved_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_tiyn__gt=0), name="payouts_positive"),
            models.CheckConstraint(
                condition=~Q(preparer=F("curator"))
                & (Q(approver__isnull=True) | (~Q(approver=F("preparer")) & ~Q(approver=F("curator")))),
                name="payouts_three_people",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["prepared", "held", "rejected"])
                | Q(approver__isnull=False, signature__isnull=False),
                name="payouts_approved_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["payee", "invoice_key"],
                name="payouts_invoice_once",
                condition=~Q(state__in=["rejected", "returned"]),
            ),
            models.CheckConstraint(
                condition=Q(stopped=False) | Q(state__in=["held", "rejected"]), name="payouts_stopped_waits"
            ),
            models.CheckConstraint(condition=~Q(required={}), name="payouts_needs_somebody"),
        ]
        triggers = [Binding(name="enough_approvals", when=pgtrigger.Before, operation=pgtrigger.Update, func=ENOUGH)]


class Approval(AppendOnly):
    """One officer's signed yes. `signature` is kept in vault, over the text of this payout, one for each approval."""

    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, related_name="approvals")
    approver = models.UUIDField()
    role = models.CharField(max_length=24)
    signature = models.UUIDField(unique=True)
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints = [models.UniqueConstraint(fields=["payout", "approver"], name="payouts_approves_once")]
        triggers = [
            *AppendOnly.Meta.triggers,
            Binding(
                name="another_person",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[("paid", "record")],
                func=ANOTHER_PERSON,
            ),
        ]


class PayoutItem(AppendOnly):
    """An item that a payout pays for."""

    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, related_name="items")
    item = models.UUIDField()
    position = models.PositiveSmallIntegerField()

    class Meta(AppendOnly.Meta):
        constraints = [models.UniqueConstraint(fields=["payout", "item"], name="payouts_item_once")]


class Quote(AppendOnly):
    """What one supplier asked for one item, with the file in vault; one of an item's quotes is chosen."""

    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, related_name="quotes")
    item = models.UUIDField()
    position = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=40, db_index=True, help_text="what it is, by the price list")
    quantity = models.PositiveIntegerField()
    price_tiyn = models.BigIntegerField()
    document = models.UUIDField(null=True)
    chosen = models.BooleanField()

    class Meta(AppendOnly.Meta):
        constraints = [
            models.UniqueConstraint(fields=["payout", "item", "position"], name="payouts_quote_place"),
            models.UniqueConstraint(
                fields=["payout", "item"], name="payouts_one_quote_chosen", condition=Q(chosen=True)
            ),
            models.CheckConstraint(
                condition=Q(price_tiyn__gt=0, quantity__gt=0, position__lt=3), name="payouts_quote_possible"
            ),
        ]


class Delivery(models.Model):
    """The act of delivery of a paid item, and the family's confirmation."""

    item = models.UUIDField(primary_key=True)
    case = models.UUIDField(db_index=True)
    act_document = models.UUIDField()
    act_sha256 = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=12, blank=True)
