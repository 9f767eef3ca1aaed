"""Tables of needs and gifts."""

from django.db import models
from django.db.models import F, Q

from demeu.contracts.words import NeedGroup, Urgency
from demeu.treasury.donations.rules import CURRENCY, GiftState


class Need(models.Model):
    """A published case that may receive money. Known by references only."""

    case = models.UUIDField(primary_key=True)
    group = models.CharField(max_length=40, choices=[(group.value, group.value) for group in NeedGroup])
    region_kato = models.CharField(max_length=9)
    urgency = models.CharField(max_length=12, choices=[(urgency.value, urgency.value) for urgency in Urgency])
    opened_at = models.DateTimeField()
    curator = models.UUIDField()
    closed_reason = models.CharField(max_length=20, blank=True)
    declared_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["opened_at"], name="donations_need_open", condition=Q(closed_reason=""))]


class NeedItem(models.Model):
    """One priced item; `funded_tiyn` is what has been allocated to it, never above its amount."""

    item = models.UUIDField(primary_key=True)
    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField()
    amount_tiyn = models.BigIntegerField()
    funded_tiyn = models.BigIntegerField(default=0)
    dropped = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_tiyn__gt=0), name="donations_item_positive"),
            models.CheckConstraint(
                condition=Q(funded_tiyn__gte=0) & Q(funded_tiyn__lte=F("amount_tiyn")), name="donations_item_not_above"
            ),
        ]


class Gift(models.Model):
    """One payment of a donor. Its id is made by the asker and is the idempotency key for ever."""

    id = models.UUIDField(primary_key=True)
    state = models.CharField(max_length=12, choices=[(state.value, state.value) for state in GiftState])
    amount_tiyn = models.BigIntegerField()
    addition_tiyn = models.BigIntegerField(default=0, help_text="what of it the donor adds for running the platform")
    kept_tiyn = models.BigIntegerField(default=0, help_text="what of it is not shared out among needs, for now or ever")
    currency = models.CharField(max_length=3, default=CURRENCY)
    target_kind = models.CharField(max_length=16)
    target_id = models.UUIDField(null=True)
    target_code = models.CharField(max_length=40, blank=True)
    fallback = models.CharField(max_length=12)
    answer = models.CharField(max_length=12, blank=True, help_text="what the donor said when asked about a surplus")
    anonymous = models.BooleanField(default=True)
    donor = models.UUIDField(null=True)
    offer_version = models.CharField(max_length=40)
    lang = models.CharField(max_length=2)
    gateway = models.CharField(max_length=12)
    started_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField(null=True)
    held_at = models.DateTimeField(null=True)
    decline_reason = models.CharField(max_length=80, blank=True)
    returned_tiyn = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_tiyn__gt=0), name="donations_gift_positive"),
            models.CheckConstraint(
                condition=Q(addition_tiyn__gte=0)
                & Q(addition_tiyn__lte=F("kept_tiyn"))
                & Q(kept_tiyn__lte=F("amount_tiyn")),
                name="donations_kept_within",
            ),
            models.CheckConstraint(
                condition=Q(returned_tiyn__gte=0) & Q(returned_tiyn__lte=F("amount_tiyn")),
                name="donations_returned_within",
            ),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True) | ~Q(state__in=["started", "pending", "declined", "expired"]),
                name="donations_received_stays",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"],
                name="donations_gift_undecided",
                condition=Q(state__in=["started", "pending", "unknown"]),
            ),
            models.Index(fields=["donor"], name="donations_gift_donor", condition=Q(donor__isnull=False)),
        ]
