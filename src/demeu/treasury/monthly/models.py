"""Tables of monthly gifts. Known by references only; nothing here can charge a card."""

from django.db import models
from django.db.models import F, Q

from demeu.kernel.appendonly import AppendOnly
from demeu.treasury.monthly.rules import ChargeState, PlanState


class Plan(models.Model):
    """A donor's monthly gift. Its first gift is the mandate: by its order the gateway finds the card again.

    `next_month` is the first day of the month that is charged next, `due_at` the moment of its next attempt.
    """

    id = models.UUIDField(primary_key=True)
    donor = models.UUIDField(db_index=True)
    state = models.CharField(max_length=8, choices=[(state.value, state.value) for state in PlanState])
    amount_tiyn = models.BigIntegerField()
    day = models.PositiveSmallIntegerField()
    target_kind = models.CharField(max_length=16)
    target_code = models.CharField(max_length=40, blank=True)
    fallback = models.CharField(max_length=12)
    anonymous = models.BooleanField()
    gateway = models.CharField(max_length=12)
    lang = models.CharField(max_length=2)
    offer_version = models.CharField(max_length=40)
    next_month = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    noticed_for = models.DateField(null=True)
    ended_by = models.CharField(max_length=10, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(amount_tiyn__gt=0), name="monthly_plan_positive"),
            models.CheckConstraint(condition=Q(day__gte=1, day__lte=31), name="monthly_plan_day"),
            models.CheckConstraint(
                condition=~Q(state="active") | (Q(next_month__isnull=False) & Q(due_at__isnull=False)),
                name="monthly_plan_knows_when",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="monthly_plan_due", condition=Q(state="active"))]


class Charge(models.Model):
    """One month of a plan: there is one row for it, whoever asks how often."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="charges")
    month = models.DateField()
    state = models.CharField(max_length=8, choices=[(state.value, state.value) for state in ChargeState])
    amount_tiyn = models.BigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "month"], name="monthly_one_a_month")]


class Attempt(models.Model):
    """One gift begun for a month. At most one of a month is under way or has come."""

    gift = models.UUIDField(primary_key=True)
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    failed = models.BooleanField(default=False)
    returned = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["charge", "number"], name="monthly_attempt_number"),
            models.UniqueConstraint(fields=["charge"], condition=Q(failed=False), name="monthly_one_live_attempt"),
        ]


class PlanChange(AppendOnly):
    """What a donor changed, with what was before: so that it can be taken back, once."""

    id = models.UUIDField(primary_key=True)
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="changes")
    what = models.CharField(max_length=8)
    before = models.JSONField()
    undoes = models.UUIDField(null=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints = [
            models.UniqueConstraint(fields=["undoes"], name="monthly_undone_once"),
            models.CheckConstraint(condition=~Q(undoes=F("id")), name="monthly_undoes_another"),
        ]
