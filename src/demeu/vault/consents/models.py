"""Consents and their history."""

from django.db import models

from demeu.kernel.appendonly import AppendOnly


class ConsentRow(models.Model):
    """One consent as it stands."""

    id = models.UUIDField(primary_key=True)
    person = models.UUIDField(db_index=True)
    subject = models.CharField(max_length=120, db_index=True)
    purpose = models.CharField(max_length=30)
    registries = models.JSONField()
    term_days = models.PositiveSmallIntegerField()
    text_version = models.CharField(max_length=40)
    lang = models.CharField(max_length=2)
    state = models.CharField(max_length=10)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    granted_by = models.CharField(max_length=60, null=True)

    class Meta:
        indexes = [models.Index(fields=["state", "expires_at"], name="consent_due")]
        constraints = [
            models.CheckConstraint(
                name="consent_granted_by_something",
                condition=models.Q(granted_by__isnull=False) | ~models.Q(state__in=["granted", "withdrawn"]),
            )
        ]


class ConsentMove(AppendOnly):
    """One change of a consent's state: when and by what (signature, code, person, term)."""

    consent = models.ForeignKey(ConsentRow, on_delete=models.PROTECT, related_name="moves")
    state = models.CharField(max_length=10)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()
