"""Openings of what portal has committed to."""

from django.db import models
from django.db.models import Q


class Record(models.Model):
    """One commitment: facts with their salt, and its place in the log once treasury has given one."""

    id = models.UUIDField(primary_key=True)
    subject = models.CharField(max_length=60, db_index=True)
    kind = models.CharField(max_length=40)
    facts = models.JSONField()
    salt = models.BinaryField(null=True)
    commitment = models.CharField(max_length=64)
    at = models.DateTimeField()
    index = models.BigIntegerField(null=True)

    class Meta:
        indexes = [models.Index(fields=["at"], name="records_waiting", condition=Q(index__isnull=True))]
