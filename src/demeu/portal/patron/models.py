"""What a donor chose: cases to follow, and tastes for proposals. References and codes only, no behaviour."""

from django.db import models


class Follow(models.Model):
    """A donor wishes to hear how a case goes on."""

    person = models.UUIDField()
    case = models.UUIDField(db_index=True)
    since = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "case"], name="follow_once")]


class Taste(models.Model):
    """What a donor wishes to be proposed; `on` False: nothing is proposed."""

    person = models.UUIDField(primary_key=True)
    on = models.BooleanField(default=True)
    groups = models.JSONField(default=list, help_text="codes of the seven groups")
    regions = models.JSONField(default=list, help_text="two digits of KATO")
    budget_tiyn = models.BigIntegerField(null=True, help_text="a sum that closes a need; none: any")
    changed_at = models.DateTimeField()


class NewsMark(models.Model):
    """Up to which line of cases' histories followers have been told; one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    last = models.BigIntegerField()
