"""Tables of payouts and deliveries. That three different people act is a constraint of the database, too."""

from django.db import models
from django.db.models import F, Q

from demeu.kernel.appendonly import AppendOnly
from demeu.treasury.payouts.rules import PayoutState


class Payout(models.Model):
    """One payment to one payee for items of one case."""

    id = models.UUIDField(primary_key=True)
    case = models.UUIDField(db_index=True)
    payee = models.UUIDField()
    amount_tiyn = models.BigIntegerField()
    invoice_number = models.CharField(max_length=40)
    invoice_key = models.CharField(max_length=80)
    invoice_document = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in PayoutState])
    preparer = models.UUIDField()
    curator = models.UUIDField()
    approver = models.UUIDField(null=True)
    signature = models.UUIDField(null=True)
    warnings = models.JSONField(default=list)
    reason = models.CharField(max_length=200, blank=True)
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
        ]


class PayoutItem(AppendOnly):
    """An item that a payout pays for."""

    payout = models.ForeignKey(Payout, on_delete=models.PROTECT, related_name="items")
    item = models.UUIDField()
    position = models.PositiveSmallIntegerField()

    class Meta(AppendOnly.Meta):
        constraints = [models.UniqueConstraint(fields=["payout", "item"], name="payouts_item_once")]


class Delivery(models.Model):
    """The act of delivery of a paid item, and the family's confirmation."""

    item = models.UUIDField(primary_key=True)
    case = models.UUIDField(db_index=True)
    act_document = models.UUIDField()
    act_sha256 = models.CharField(max_length=64)
    recorded_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=12, blank=True)
