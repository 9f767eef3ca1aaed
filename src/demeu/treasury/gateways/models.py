"""Tables of orders, callbacks, refunds and cards. Nothing here names a payer or a card."""

from django.db import models
from django.db.models import F, Q

from demeu.kernel.appendonly import AppendOnly
from demeu.treasury.gateways.refund_rules import RefundReason, RefundState


class GatewayOrder(AppendOnly):
    """The unique map between a gift and its number at a gateway."""

    number = models.BigIntegerField(primary_key=True)
    gift = models.UUIDField(unique=True)
    gateway = models.CharField(max_length=12)
    secret = models.CharField(max_length=64)
    made_at = models.DateTimeField()


class GatewayCallback(AppendOnly):
    """What a gateway sent, as it came less personal fields. `secret_ok` = it knew the order's secret."""

    id = models.UUIDField(primary_key=True)
    gateway = models.CharField(max_length=12)
    kind = models.CharField(max_length=12)
    order_number = models.BigIntegerField(null=True, db_index=True)
    secret_ok = models.BooleanField()
    body = models.JSONField()
    at = models.DateTimeField(db_index=True)


class KaspiPayment(AppendOnly):
    """A payment that Kaspi has made, by its own txn_id; its number here is what Kaspi gets as prv_txn_id."""

    id = models.BigAutoField(primary_key=True)
    txn = models.CharField(max_length=30, unique=True)
    order_number = models.BigIntegerField(unique=True)
    amount_tiyn = models.BigIntegerField()
    txn_date = models.CharField(max_length=14)
    at = models.DateTimeField()


class Refund(models.Model):
    """Money on its way back to its source. `amount_tiyn` left the funds when it was approved."""

    id = models.UUIDField(primary_key=True)
    gift = models.UUIDField(db_index=True)
    amount_tiyn = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=[(state.value, state.value) for state in RefundState])
    reason = models.CharField(max_length=20, choices=[(reason.value, reason.value) for reason in RefundReason])
    asked_by = models.CharField(max_length=60)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    decider = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=40, blank=True)
    by_hand = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True)
    paid_at = models.DateTimeField(null=True)
    entry = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_tiyn__gt=0), name="gateways_refund_positive"),
            models.UniqueConstraint(
                fields=["gift"], condition=Q(state__in=["asked", "approved", "sent"]), name="gateways_refund_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state="asked") | (Q(decided_at__isnull=False) & ~Q(decider=F("asked_by"))),
                name="gateways_refund_two_people",
            ),
        ]


class InstrumentUse(AppendOnly):
    """Which card paid a gift, as a keyed hash: two gifts of one card can be seen, the card cannot."""

    gift = models.UUIDField(primary_key=True)
    digest = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField()


class BlockedInstrument(AppendOnly):
    """A card whose payment was recalled through its bank; nothing is taken from it any more."""

    digest = models.CharField(primary_key=True, max_length=64)
    gift = models.UUIDField()
    at = models.DateTimeField()


class CardAttempt(models.Model):
    """One gift that reached a card gateway: from where (keyed hashes made by portal) and its end. Forgotten later."""

    gift = models.UUIDField(primary_key=True)
    address = models.CharField(max_length=64)
    subnet = models.CharField(max_length=64)
    device = models.CharField(max_length=64, blank=True)
    donor = models.UUIDField(null=True)
    stranger = models.BooleanField(default=False)
    outcome = models.CharField(max_length=8, blank=True, choices=[("paid", "paid"), ("declined", "declined")])
    card = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField(db_index=True)
    decided_at = models.DateTimeField(null=True, db_index=True)

    class Meta:
        indexes = [
            models.Index(fields=["address", "at"], name="gateways_attempt_address"),
            models.Index(fields=["subnet", "at"], name="gateways_attempt_subnet"),
            models.Index(fields=["device", "at"], name="gateways_attempt_device", condition=~Q(device="")),
            models.Index(fields=["donor"], name="gateways_attempt_donor", condition=Q(donor__isnull=False)),
        ]


class BreakerOpening(AppendOnly):
    """When declines came so thick that strangers' cards were held back."""

    id = models.BigAutoField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    declined = models.IntegerField()
    paid = models.IntegerField()
