"""Keys of partners' teams, the gifts made with them, and the count of requests in a window."""

from django.db import models

from demeu.portal.partners.rules import LABEL_LENGTH_MAX, KeyKind


class ApiKey(models.Model):
    """One key: whose, what for, what it opens. The word itself is not here."""

    id = models.UUIDField(primary_key=True)
    team = models.UUIDField(db_index=True)
    organization = models.CharField(max_length=140)
    kind = models.CharField(max_length=4, choices=[(str(kind), str(kind)) for kind in KeyKind])
    scopes = models.JSONField(default=list)
    label = models.CharField(max_length=LABEL_LENGTH_MAX)
    digest = models.CharField(max_length=64, unique=True)
    tail = models.CharField(max_length=4)
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.UUIDField(null=True)


class KeyGift(models.Model):
    """A gift that a program of a team has begun; the gift itself is giving's and treasury's."""

    gift = models.UUIDField(unique=True)
    key = models.ForeignKey(ApiKey, on_delete=models.PROTECT, related_name="gifts")
    team = models.UUIDField()
    kind = models.CharField(max_length=4)
    reference = models.CharField(
        max_length=60, blank=True, help_text="the partner's own number; shown to the team only"
    )
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["team", "-id"], name="partner_gifts")]


class RequestWindow(models.Model):
    """How often somebody has asked since a window began. Unlogged: lost with a crash, and nobody minds."""

    subject = models.CharField(max_length=80)
    began = models.BigIntegerField(db_index=True)
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "began"], name="one_window_each")]
