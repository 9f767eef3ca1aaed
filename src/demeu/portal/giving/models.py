"""Gifts as the portal began them: what for and how much. Who gave is a reference; treasury knows where the money is."""

from django.db import models
from django.db.models import F, Q

from demeu.portal.giving.rules import AMOUNT_TIYN_MIN, DEDICATIONS, FALLBACKS, GATEWAYS, TARGET_KINDS, IntentState


class GiftIntent(models.Model):
    """One gift under the id that its form carried. The row is written before any money is asked for."""

    gift = models.UUIDField(primary_key=True)
    target_kind = models.CharField(max_length=16, choices=[(kind, kind) for kind in TARGET_KINDS])
    target_id = models.UUIDField(null=True)
    target_code = models.CharField(max_length=40, blank=True)
    case = models.UUIDField(null=True, db_index=True, help_text="the case, when the gift is for a case or its item")
    amount_tiyn = models.BigIntegerField()
    addition_tiyn = models.BigIntegerField(default=0, help_text="what of the amount is added for running the platform")
    fallback = models.CharField(max_length=12, choices=[(way, way) for way in FALLBACKS])
    anonymous = models.BooleanField(default=True)
    gateway = models.CharField(max_length=12, choices=[(name, name) for name in GATEWAYS], default=GATEWAYS[0])
    dedication = models.CharField(max_length=10, choices=[(code, code) for code in DEDICATIONS], blank=True)
    monthly = models.BooleanField(default=False, help_text="the first of monthly gifts: it is their plan's id, too")
    donor = models.UUIDField(null=True)
    origin = models.JSONField(default=dict)
    offer_version = models.CharField(max_length=40)
    lang = models.CharField(max_length=2)
    state = models.CharField(
        max_length=12, choices=[(str(s), str(s)) for s in IntentState], default=IntentState.STARTED
    )
    created_at = models.DateTimeField()
    received_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["donor", "-created_at"], name="gifts_of_donor")]
        constraints = [
            models.CheckConstraint(condition=Q(amount_tiyn__gte=AMOUNT_TIYN_MIN), name="gift_not_too_small"),
            models.CheckConstraint(
                condition=Q(addition_tiyn__gte=0) & Q(addition_tiyn__lt=F("amount_tiyn")), name="gift_addition_within"
            ),
            models.CheckConstraint(
                condition=Q(state=IntentState.RECEIVED, received_at__isnull=False) | ~Q(state=IntentState.RECEIVED),
                name="gift_received_when",
            ),
        ]


class Basket(models.Model):
    """Gifts that were begun by one form; each is a gift of its own."""

    id = models.UUIDField(primary_key=True)
    gifts = models.JSONField(help_text="ids of the gifts, in the order of the form")
    created_at = models.DateTimeField()
