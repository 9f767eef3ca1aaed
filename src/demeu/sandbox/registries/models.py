"""The population as stored, tokens of consent, numbers of messages already answered, and the queue of AsyncChannel."""

from django.db import models

from demeu.kernel.ids import new_id


class HouseholdRecord(models.Model):
    """One household; `record` is `household.to_json`."""

    id = models.UUIDField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=32)
    seed = models.BigIntegerField()
    record = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "seed"], name="one_household_per_seed")]


class ResidentRecord(models.Model):
    """Which household a person belongs to."""

    iin = models.CharField(max_length=12, primary_key=True)
    household = models.ForeignKey(HouseholdRecord, on_delete=models.CASCADE, related_name="residents")


class AccessToken(models.Model):
    """Consent that КДП handed out: one citizen, one service, until a moment."""

    code = models.CharField(max_length=64, primary_key=True)
    public_key = models.CharField(max_length=200)
    citizen_iin = models.CharField(max_length=12)
    service = models.CharField(max_length=64)
    expires_at = models.DateTimeField()
    handed_out_at = models.DateTimeField(null=True)


class SeenMessage(models.Model):
    """A messageId that came once; it may not come again."""

    message_id = models.CharField(max_length=64, primary_key=True)
    service = models.CharField(max_length=64)
    answered_id = models.CharField(max_length=64)
    received_at = models.DateTimeField()


class OrganizationRecord(models.Model):
    """One organization made on demand."""

    bin = models.CharField(max_length=12, primary_key=True)
    name_ru = models.CharField(max_length=200)
    name_kk = models.CharField(max_length=200)
    kind = models.CharField(max_length=12)
    since = models.CharField(max_length=10)
    active = models.BooleanField(default=True)


class LateQuestion(models.Model):
    """A question put over AsyncChannel; the same messageId is the same question."""

    message_id = models.CharField(max_length=64, primary_key=True)
    service = models.CharField(max_length=64)
    state = models.CharField(max_length=20)
    received_at = models.DateTimeField()


class QueuedMessage(models.Model):
    """A message for vault: it is given again until vault says that it was taken."""

    id = models.UUIDField(primary_key=True, default=new_id)
    message_id = models.CharField(max_length=64, db_index=True)
    correlation_id = models.CharField(max_length=64, blank=True)
    service = models.CharField(max_length=64)
    kind = models.CharField(max_length=12)
    data = models.TextField()
    visible_at = models.DateTimeField()
    given_times = models.PositiveIntegerField(default=0)
    taken_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
